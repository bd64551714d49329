"""Drawer: the place where one activity's answer is kept, and what of it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course import answers
from course.activities import Activity, Scale
from course.answers import AnswerBook, Entry
from course.context import Context
from course.errors import AnswerError, BookError, LearnerError


@dataclass(frozen=True)
class Kept:
    """What a drawer holds: the validated answer (an empty one if there is none), its entry, and what the learner must be told."""

    answer: Any
    entry: Entry | None
    notice: LearnerError | None = None


class Drawer:
    """One activity in one book: a lesson's answer in the learner's own, an exercise's in the one that is handed in."""

    def __init__(self, activity: Activity, book: AnswerBook) -> None:
        self.activity = activity
        self.book = book
        self._on_disk: dict[str, Any] | None = None
        self._outgrown = False

    def load(self) -> Kept:
        """What was saved. Whatever is wrong with it becomes the notice; the learner then sees an empty activity, and the file is kept."""
        empty = self.activity.answer_type()
        try:
            entry = self.book.entry(self.activity.name)
        except LearnerError as error:
            return Kept(empty, None, error)
        try:
            answer = self.activity.read_answer(entry.answer) if entry else empty
        except AnswerError:  # changed by hand, or made for an earlier edition of the activity
            self._outgrown = True
            return Kept(empty, None, BookError("damaged_entry", activity=self.activity.id))
        self._on_disk = _plain(answer)
        return Kept(answer, entry, self.book.take_notice())

    def peek(self) -> Any:
        """The saved answer, without setting anything aside or telling anybody; an empty one where it cannot be read."""
        try:
            entry = answers.read(self.book.path, self.book.module).entry(self.activity.name)
            return self.activity.read_answer(entry.answer if entry else {})
        except LearnerError:
            return self.activity.answer_type()

    def progress(self) -> tuple[int, bool]:
        """How many items are still open, and whether anything was answered."""
        answer = self.peek()
        return len(self.activity.open_items(answer)), self.activity.attempted(answer)

    def save(self, answer: Any) -> Entry:
        """Put the answer on disk, together with what another page has changed in it meanwhile. Raises BookError."""
        entry = self.book.save(self.activity.name, _plain(answer), base=self._on_disk, keep=self._outgrown)
        self._on_disk, self._outgrown = entry.answer, False
        return entry

    def restart(self) -> Entry:
        """Begin a new attempt with an empty answer. Raises BookError."""
        entry = self.book.restart(self.activity.name, _plain(self.activity.answer_type()))
        self._on_disk = entry.answer
        return entry


def _plain(answer: Any) -> dict[str, Any]:
    plain: dict[str, Any] = answer.model_dump(mode="json")
    return plain


class SelfRatingDrawer(Drawer):
    """A self-rating shown in an exercise: the ratings go to the learner's own book, only their completion to the one handed in."""

    activity: Scale

    def __init__(self, activity: Scale, own: AnswerBook, handed_in: AnswerBook) -> None:
        super().__init__(activity, own)
        self.handed_in = handed_in

    def load(self) -> Kept:
        kept = super().load()
        try:
            if kept.entry is not None:
                self._tell(kept.answer, shared=self.shared())
        except LearnerError as error:
            return Kept(kept.answer, kept.entry, kept.notice or error)
        return Kept(kept.answer, kept.entry, kept.notice or self.handed_in.take_notice())

    def progress(self) -> tuple[int, bool]:
        """As it will be handed in: a scale completed in the lesson meanwhile is told to the exercise first."""
        answer = self.peek()
        left, attempted = len(self.activity.open_items(answer)), self.activity.attempted(answer)
        try:
            self._tell(answer, shared=self.shared())
            entry = self.handed_in.entry(self.activity.name)
            completed = entry is not None and self.activity.read_handed_in(entry.answer).completed
        except LearnerError:
            completed = False
        return (0 if completed else max(left, 1)), attempted

    def save(self, answer: Any) -> Entry:
        entry = super().save(answer)
        self._tell(self.activity.read_answer(entry.answer), shared=self.shared())
        return entry

    def shared(self) -> bool:
        """Whether the learner has ticked that the instructor may see the ratings."""
        try:
            entry = self.handed_in.entry(self.activity.name)
            return entry is not None and self.activity.read_handed_in(entry.answer).shared
        except LearnerError:
            return False

    def share(self, share: bool) -> None:
        """Hand the ratings in, too, or take them back without a trace in the backup. Raises LearnerError."""
        kept = super().load()
        if kept.notice is not None and kept.entry is None:
            raise kept.notice
        self._tell(kept.answer, shared=share, anyway=True)

    def _tell(self, answer: Any, *, shared: bool, anyway: bool = False) -> None:
        """Say in the book that is handed in how far the scale is; ``anyway`` even if it says so already, to clear its backup."""
        completed = not self.activity.open_items(answer)
        now = {"completed": completed, "ratings": dict(answer.ratings) if shared else None}
        before = self.handed_in.page().activities.get(self.activity.name)
        said = isinstance(before, dict) and before.get("answer") == now
        if not anyway and (said or (before is None and not completed)):
            return
        self.handed_in.save(self.activity.name, now, forget=not shared)


def drawer_for(activity: Activity, context: Context) -> Drawer:
    """The drawer that an activity has in this notebook."""
    own = context.own_book(activity.module)
    if not context.in_exercise:
        return Drawer(activity, own)
    handed_in = context.exercise_book(activity.module)
    if isinstance(activity, Scale):
        return SelfRatingDrawer(activity, own, handed_in)
    return Drawer(activity, handed_in)
