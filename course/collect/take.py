"""Take files that were found good into submitted/: all at once by nbgrader's zip_collect, each learner's folder whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course import grade, places
from course.activities.base import printable
from course.collect.inspect import HandIn, Refused, inspect
from course.errors import SetupError
from course.handin.due import Due, due_date
from course.handin.parcel import STAMP


@dataclass(frozen=True)
class Outcome:
    """What became of one file: taken in, or set aside for a newer attempt, or refused with a reason."""

    file: Path
    handin: HandIn | None = None
    due: Due | None = None
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
        if self.due is None or self.handin is None:
            return "(no due date)"
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
    for handin in sorted(good, key=lambda one: one.slip.moment):
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
    slip = handin.slip
    if slip.module not in grade.assignments(folder):
        raise Refused(f"this course folder has no exercise {slip.module}")
    others = {path.name.casefold(): path.name for path in (folder / "submitted").glob("*") if path.is_dir()}
    if (other := others.get(slip.learner.casefold(), slip.learner)) != slip.learner:
        raise Refused(
            f"{slip.learner!r} differs from {other!r} in submitted/ only by capitals: have it handed in again with the right name"
        )
    return handin


def _superseded(old: HandIn, new: HandIn) -> Outcome:
    if old.digest == new.digest:
        return Outcome(old.file, old, earlier=f"is the same file as {printable(new.file.name)}")
    return Outcome(old.file, old, earlier=f"an earlier attempt of {old.slip.learner}; {printable(new.file.name)} counts")


def _against_submitted(folder: Path, handin: HandIn) -> Outcome | None:
    """The outcome for a file whose learner has a newer attempt, or this one, in submitted/ already."""
    stamp = folder / "submitted" / handin.slip.learner / handin.slip.module / "timestamp.txt"
    try:
        there = datetime.fromisoformat(stamp.read_text(encoding="utf-8").strip().removesuffix(" UTC")).replace(tzinfo=UTC)
    except (OSError, ValueError):
        return None
    if there < handin.slip.moment:
        return None
    what = "was collected before" if there == handin.slip.moment else f"an earlier attempt; submitted/ has one of {there:{STAMP}}"
    return Outcome(handin.file, handin, earlier=what)


def _due(folder: Path, module: str) -> Due | None:
    return due_date(folder, module) or _from_gradebook(folder, module)


def _from_gradebook(folder: Path, module: str) -> Due | None:
    """The due date that the formgrader wrote into the gradebook, if there is one. Only read: nbgrader's own opening writes."""
    path = folder / "gradebook.db"
    if not path.is_file():
        return None
    with suppress(sqlite3.Error, ValueError), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as book:
        found = book.execute("SELECT duedate FROM assignment WHERE name = ? AND duedate IS NOT NULL", (module,)).fetchone()
        return Due(datetime.fromisoformat(found[0]).replace(tzinfo=UTC), path.name) if found else None
    return None


def _take(folder: Path, module: str, handins: list[HandIn]) -> Iterator[Outcome]:
    """One run of zip_collect into a folder of its own, then each learner's work put in its place. Raises SetupError."""
    if not handins:
        return
    due = _due(folder, module)
    with tempfile.TemporaryDirectory(prefix=".collecting-", dir=folder) as name:
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
    """Move what was unpacked to its place. What was there before goes, once the new is there. Raises OSError."""
    new, old = scratch / "submitted" / target.parent.name / target.name, scratch / "replaced"
    if not all((new / name).is_file() for name in (places.EXERCISE, places.ANSWERS, "timestamp.txt")):
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
    if there:
        _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
