"""Marks a class: reads what was collected, lets workers mark it, and puts rows and folders in place, batch by batch."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from functools import partial
from pathlib import Path

from course import places
from course.errors import SetupError
from course.language import known, wished
from course.marking import batch, source, submission
from course.marking.gradebook import Entry, Gradebook, wait_for
from course.marking.report import Report, progress
from course.marking.run import HandedIn, Marked
from course.marking.school import School
from course.marking.shelf import Shelf
from course.marking.submission import Refused, Submission

REPORT = "marking-{assignment}.txt"
"""Beside the autograded folders; every run adds to it."""


def mark_class(
    folder: Path, assignment: str, learner: str | None = None, *, again: bool = False, scheduler: str | None = None, patience: float = 30
) -> Report:
    """Mark what was collected for one exercise; see ``course.grade.grade``. Raises SetupError, CourseError."""
    school = School(folder)
    shelf = Shelf(school.autograded, assignment, school.permissions, group_shared=school.group_shared)
    try:
        with shelf.open():
            wait_for(school.db_url, patience)
            registered = school.register(assignment)
            exercise = folder / "solutions" / assignment / places.EXERCISE
            language = wished() or known(places.remembered_language(places.learner_folder() / places.MARKER)) or "zh"
            plan = source.compiled(registered.sanitised, exercise, language, school.most_lines)
            released = frozenset({submission.fingerprint(text.encode()) for text in (registered.released, registered.sanitised)})
            with closing(Gradebook(school.db_url, assignment, Path(places.EXERCISE).stem, school.penalty, patience)) as book:
                job = _Job(school, assignment, shelf, book, released)
                job.run(job.to_mark(learner, again=again), pickle.dumps(plan), scheduler)
            return job.report
    except OSError as error:
        where = error.filename or school.autograded
        raise SetupError(f"{where}: {error.strerror or error}. Mend that, and run the same command again: it goes on from here") from None
    except KeyboardInterrupt:
        raise SetupError("stopped. What is marked stays marked; run the same command again, and it goes on from here") from None


class _Job:
    """One run of ``course grade``."""

    def __init__(self, school: School, assignment: str, shelf: Shelf, book: Gradebook, released: frozenset[str]) -> None:
        self.report = Report(assignment)
        self._school, self._assignment, self._shelf, self._book, self._released = school, assignment, shelf, book, released
        self._waiting: dict[str, Submission] = {}

    def to_mark(self, only: str | None, *, again: bool) -> list[str]:
        """The learners whose submission is not marked yet, or was replaced by a newer one, as nbgrader decides it."""
        chosen = []
        for name, refusal in submission.learners(self._school.submitted):
            if (only is not None and name != only) or name in self._school.left_out or not os.path.lexists(self._handed_in(name)):
                continue
            if refusal:
                self.report.refuse(submission.printable(name), refusal)
            elif again or not self._shelf.folder(name).exists() or self._is_newer(name):
                chosen.append(name)
            else:
                self.report.already += 1
        return chosen

    def _handed_in(self, learner: str) -> Path:
        return self._school.submitted / learner / self._assignment

    def _is_newer(self, learner: str) -> bool:
        new, old = (_moment(place / submission.TIMESTAMP) for place in (self._handed_in(learner), self._shelf.folder(learner)))
        return new is not None and old is not None and new > old

    def run(self, learners: Sequence[str], plan: bytes, scheduler: str | None) -> None:
        """Mark these learners' submissions. Whatever stops it, what is done is whole and stays."""
        tasks = -(-len(learners) // batch.AT_ONCE)
        pool = partial(batch.cluster, scheduler) if scheduler else partial(batch.processes, tasks)
        ahead = 100 if scheduler else 2 * batch.processors()
        marked = batch.marked(plan, self._read(learners), pool, ahead)
        try:
            with progress(self._assignment, len(learners)) as advance, closing(marked) as batches:
                for results in batches:
                    self._keep(results)
                    advance(len(results))
        finally:
            with suppress(OSError):  # a full disk is named elsewhere
                self._write_report()

    def _read(self, learners: Sequence[str]) -> Iterator[HandedIn]:
        for name in learners:
            try:
                read = submission.read(self._handed_in(name), name, self._released)
            except Refused as refusal:
                self.report.refuse(name, str(refusal))
                continue
            except OSError as error:
                self.report.refuse(name, f"its folder cannot be read ({error.strerror})")
                continue
            self._waiting[name] = read
            # the path that a kernel would have stood in: what is said of a broken file names it
            yield HandedIn(name, read.answers, read.refused, self._shelf.folder(name) / places.ANSWERS)

    def _keep(self, results: Sequence[Marked]) -> None:
        """Rows and folders of one batch. Between the two a submission counts as not marked, so that no accident leaves half of it."""
        whole = []
        for result in results:
            read = self._waiting.pop(result.learner)
            self.report.note(result.learner, *read.odd)
            if not result.notebook:
                self.report.refuse(result.learner, result.odd[0])
                continue
            self.report.note(result.learner, *result.odd)
            answers = {} if read.answers is None else {places.ANSWERS: read.answers}
            self._shelf.make(result.learner, {places.EXERCISE: result.notebook, **answers, **read.kept})
            whole.append(Entry(result.learner, read.timestamp, result.points))
        learners = [entry.learner for entry in whole]
        try:
            with self._book.transaction() as rows:
                self._book.write(rows, whole)
                self._shelf.take_away(learners)
        except BaseException:
            self._shelf.put_back()
            raise
        self._shelf.show(learners)
        self.report.marked += len(whole)

    def _write_report(self) -> None:
        if self.report.marked or self.report.refused:
            path = self._school.autograded / REPORT.format(assignment=self._assignment)
            with path.open("a", encoding="utf-8") as file:
                file.write("\n".join([f"{datetime.now().astimezone():%Y-%m-%d %H:%M}", *self.report.lines(), ""]))


def _moment(path: Path) -> datetime | None:
    try:
        return submission.moment(submission.content(path, 4096))
    except (Refused, OSError):
        return None
