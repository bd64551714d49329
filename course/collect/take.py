"""Take files that were found good into submitted/: all at once by nbgrader's zip_collect, each learner's folder whole or not at all."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from course import grade, places
from course.activities.base import printable
from course.collect.inspect import HandIn, Refused, inspect
from course.errors import SetupError
from course.handin.due import Due, due_date
from course.handin.parcel import STAMP
from course.marking import grades, submission


@dataclass(frozen=True)
class Outcome:
    """What became of one file: taken in, or set aside for a newer attempt, or refused with a reason."""

    file: Path
    handin: HandIn | None = None
    due: Due | str = ""
    """The due date, or why there is none."""
    earlier: str = ""
    refused: str = ""

    def __str__(self) -> str:
        name = printable(self.file.name)
        if self.refused or self.handin is None:
            return f"refused  {name}: {self.refused}"
        slip = self.handin.slip
        if self.earlier:
            return f"earlier  {name}: {self.earlier}"
        return "\n".join(
            [
                f"taken    {slip.module}  {slip.learner}  {slip.moment.astimezone():%Y-%m-%d %H:%M:%S}  {self._punctual()}",
                f"         SHA-256 {self.handin.digest}",
            ]
        )

    def _punctual(self) -> str:
        if isinstance(self.due, str) or self.handin is None:
            return f"(no due date: {self.due})" if self.due else "(no due date)"
        late = self.handin.slip.moment - self.due.moment
        return f"late by {str(late).partition('.')[0]} (due by {self.due.source})" if late.total_seconds() > 0 else "on time"


def collect(folder: Path, given: Iterable[Path]) -> list[Outcome]:
    """Take handed-in files (or all in the folders given) into the course folder's submitted/; the newest attempt of a learner wins.

    Returns what became of every file, in order; a bad one costs nobody else. Raises SetupError where nothing can be taken in at all.
    """
    outcomes: list[Outcome] = []
    good: list[HandIn] = []
    for path in _files(given):
        try:
            good.append(_of_this_course(inspect(path), folder))
        except Refused as error:
            outcomes.append(Outcome(path, refused=str(error)))
    newest: dict[tuple[str, str], HandIn] = {}
    names = {path.name.casefold(): path.name for path in (folder / "submitted").glob("*") if path.is_dir()}
    for handin in sorted(good, key=lambda one: one.slip.moment):
        learner = handin.slip.learner
        if (other := names.setdefault(learner.casefold(), learner)) != learner:
            reason = f"{learner!r} differs from {other!r} in submitted/ only by capitals: have it handed in again with the right name"
            outcomes.append(Outcome(handin.file, refused=reason))
            continue
        key = (handin.slip.module, handin.slip.learner)
        if key in newest:
            outcomes.append(_superseded(newest[key], handin))
        newest[key] = handin
    for module in sorted({handin.slip.module for handin in newest.values()}):
        handins = [handin for handin in newest.values() if handin.slip.module == module]
        known = {handin.file: outcome for handin in handins if (outcome := _against_submitted(folder, handin))}
        outcomes += [*known.values(), *_take(folder, module, [handin for handin in handins if handin.file not in known])]
    return sorted(outcomes, key=lambda outcome: (outcome.file.name, str(outcome.file)))


def _files(given: Iterable[Path]) -> list[Path]:
    """The files, and the zip files in the folders, each once. Raises SetupError where there is none."""
    found: dict[Path, None] = {}
    for path in given:
        if path.is_dir():
            found |= dict.fromkeys(sorted(one for one in path.rglob("*") if one.suffix.lower() == ".zip"))
        else:
            found[path] = None
    if not found:
        raise SetupError(f"{', '.join(map(str, given))}: no zip files there. Give the files that learners sent, or folders of them")
    return list(found)


def _of_this_course(handin: HandIn, folder: Path) -> HandIn:
    if handin.slip.module not in grade.assignments(folder):
        raise Refused(f"this course folder has no exercise {handin.slip.module}")
    return handin


def _superseded(old: HandIn, new: HandIn) -> Outcome:
    if old.digest == new.digest:
        return Outcome(old.file, old, earlier=f"is the same file as {printable(new.file.name)}")
    return Outcome(old.file, old, earlier=f"an earlier attempt of {old.slip.learner}; {printable(new.file.name)} counts")


def _against_submitted(folder: Path, handin: HandIn) -> Outcome | None:
    """The outcome for a file whose learner has a newer attempt, or this one, in submitted/ already."""
    stamp = folder / "submitted" / handin.slip.learner / handin.slip.module / submission.TIMESTAMP
    try:
        found = submission.moment(submission.content(stamp, 4096))
    except (OSError, submission.Refused):
        return None
    if found is None or (there := found.replace(tzinfo=UTC)) < handin.slip.moment:
        return None
    what = "was collected before" if there == handin.slip.moment else f"an earlier attempt; submitted/ has one of {there:{STAMP}}"
    return Outcome(handin.file, handin, earlier=what)


def _due(folder: Path, module: str) -> Due | str:
    """The due date of due.toml, else of the gradebook, or why it is not known. Raises SetupError for a due.toml that cannot be read."""
    if given := due_date(folder, module):
        return given
    try:
        moment = grades.due(grades.address(folder), module)
    except SetupError as error:  # no reason not to take in what was handed in
        return str(error)
    return Due(moment, "the gradebook") if moment else ""


def _take(folder: Path, module: str, handins: list[HandIn]) -> Iterator[Outcome]:
    """One run of zip_collect into a folder of its own, then each learner's work put in its place. Raises SetupError."""
    if not handins:
        return
    due = _due(folder, module)
    # what was replaced goes with it; where it cannot, the new is in its place all the same
    with tempfile.TemporaryDirectory(prefix=".collecting-", dir=folder, ignore_cleanup_errors=True) as name:
        scratch = Path(name)
        archive = scratch / "downloaded" / module / "archive"
        archive.mkdir(parents=True)
        for handin in handins:
            _repack(handin, archive)
        grade.nbgrader(
            folder,
            "zip_collect",
            module,
            "--log-level=ERROR",
            f"--ZipCollectApp.downloaded_directory={scratch.name}/downloaded",
            f"--CourseDirectory.submitted_directory={scratch.name}/submitted",
        )
        for handin in handins:
            try:
                _put_in_place(scratch, folder / "submitted" / handin.slip.learner / module)
                yield Outcome(handin.file, handin, due)
            except OSError as error:
                yield Outcome(handin.file, refused=f"cannot be put into submitted/ ({error.strerror or error})")


def _repack(handin: HandIn, archive: Path) -> None:
    """A zip of the very bytes that were checked, under the name that they stand for: nothing else is unpacked."""
    with zipfile.ZipFile(archive / handin.slip.name, "w") as file:
        for name, data in handin.files.items():
            file.writestr(name, data)


def _put_in_place(scratch: Path, target: Path) -> None:
    """Move what was unpacked to its place. What was there before is left in ``scratch``. Raises OSError."""
    new = scratch / "submitted" / target.parent.name / target.name
    old = new.with_name("replaced")  # one a learner
    if not all((new / name).is_file() for name in (places.EXERCISE, places.ANSWERS, submission.TIMESTAMP)):
        raise OSError("nbgrader did not unpack it")
    target.parent.mkdir(parents=True, exist_ok=True)
    if there := os.path.lexists(target):
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if there:
            old.rename(target)
        raise
