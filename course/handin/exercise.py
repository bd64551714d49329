"""In what state an exercise is: what is open, whether it was handed in, whether it has changed since. Reads, and writes nothing."""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course import answers, places
from course.activities import Activity
from course.activities.base import UNREADABLE
from course.answers import Page
from course.context import Context
from course.drawer import Drawer, drawer_for
from course.errors import LearnerError, SetupError
from course.handin.due import Due, due_date
from course.handin.parcel import DAMAGE, FILE, SLIP, STAMP, Receipt, Slip, digest, fingerprint
from course.notebook import graded_in

LOG = "handed-in"
"""The folder in the learner's folder where every file that was handed in stays."""
MOST_SLIP = 100_000


@dataclass(frozen=True)
class Part:
    """One activity that earns points: how many items of it are still open, and whether anything was answered."""

    activity: Activity
    left: int
    attempted: bool


@dataclass(frozen=True)
class State:
    """An exercise in a learner's folder. ``receipt`` is the last hand-in; ``changed`` says that an answer is another one since."""

    module: str
    parts: tuple[Part, ...]
    answered: bool
    receipt: Receipt | None
    changed: bool
    due: Due | None

    @property
    def points(self) -> int:
        """All points of the exercise."""
        return sum(part.activity.points for part in self.parts)

    @property
    def open(self) -> tuple[Part, ...]:
        """The parts that are not finished."""
        return tuple(part for part in self.parts if part.left)

    def late(self, now: datetime | None = None) -> bool:
        """Whether handing in now (or at that moment) is after the due date."""
        return self.due is not None and (now or datetime.now(UTC)) > self.due.moment


def state(folder: Path, module: str) -> State:
    """The state of one exercise.

    Raises LearnerError where there is no such exercise, BookError where its answers file cannot be read.
    """
    drawers = drawers_of(folder, module)
    page = answers.read(folder / "exercises" / module / places.ANSWERS, module)
    parts = tuple(_part(drawer) for drawer in drawers)
    receipt, due = last_receipt(folder, module), None
    with suppress(SetupError):  # the instructor's mistake, and no reason to keep a learner from handing in
        due = due_date(folder, module)
    changed = receipt is not None and receipt.slip.answers != fingerprint(page)
    return State(module, parts, answered_at_all(page, parts), receipt, changed, due)


def answered_at_all(page: Page, parts: tuple[Part, ...]) -> bool:
    """Whether there is anything to hand in: an answer to an earlier edition of an activity, too."""
    return bool(page.activities) or any(part.attempted for part in parts)


def drawers_of(folder: Path, module: str) -> list[Drawer]:
    """Where the answers to an exercise's graded parts lie, in its order. Raises LearnerError."""
    here = folder / "exercises" / module
    if not re.fullmatch(r"m[0-9][0-9]", module) or not (here / places.EXERCISE).is_file():
        raise LearnerError("hand_in_no_exercise", folder=here)
    context = Context(here, folder)
    try:
        return [drawer_for(activity, context) for activity in graded_in(here / places.EXERCISE)]
    except LearnerError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError, RecursionError):
        raise LearnerError("hand_in_no_notebook", file=here / places.EXERCISE) from None


def _part(drawer: Drawer) -> Part:
    answer = drawer.peek()
    return Part(drawer.activity, len(drawer.activity.open_items(answer)), drawer.activity.attempted(answer))


def last_receipt(folder: Path, module: str = "m??") -> Receipt | None:
    """The newest hand-in of an exercise, or of all of them; files that are none are passed over."""
    files = [(match["moment"], path) for path in (folder / LOG).glob(f"{module}__*.zip") if (match := FILE.fullmatch(path.name))]
    for _, path in sorted(files, reverse=True):
        with suppress(*DAMAGE, *UNREADABLE):
            return _read(path)
    return None


def _read(path: Path) -> Receipt:
    with zipfile.ZipFile(path) as archive, archive.open(SLIP) as file:
        slip = Slip.model_validate_json(file.read(MOST_SLIP))
    if slip.name != path.name:
        raise ValueError(f"not the file that its slip names, of {slip.moment:{STAMP}}")
    return Receipt(path, digest(path.read_bytes()), slip)
