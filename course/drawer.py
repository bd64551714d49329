"""Drawer: the place where one activity's answer is kept, and what of it is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course import answers, catalog, places
from course.activities import Activity, Collection, Scale
from course.activities.collection import Piece
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
        self.beside: Drawer | None = None
        """Where an earlier rating lies that is to stand beside this one."""
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

    @property
    def place(self) -> str:
        """What no other drawer of this learner is called."""
        return f"{self.book.path}#{self.activity.id}"

    def save(self, answer: Any) -> Entry | None:
        """Put the answer on disk, together with what another page has changed in it meanwhile. Raises BookError.

        Returns what is there now; None from a drawer that keeps nothing.
        """
        entry = self.book.save(self.activity.name, _plain(answer), base=self._on_disk, keep=self._outgrown)
        self._on_disk, self._outgrown = entry.answer, False
        return entry

    def restart(self) -> Entry | None:
        """Begin a new attempt with an empty answer. Raises BookError."""
        entry = self.book.restart(self.activity.name, _plain(self.activity.answer_type()))
        self._on_disk = entry.answer
        return entry


def _plain(answer: Any) -> dict[str, Any]:
    plain: dict[str, Any] = answer.model_dump(mode="json")
    return plain


class NoDrawer(Drawer):
    """For an activity that is only played with: it begins from the start each time, and no file knows of it."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity  # and no book

    @property
    def place(self) -> str:
        return self.activity.id

    def load(self) -> Kept:
        return Kept(self.activity.answer_type(), None)

    def peek(self) -> Any:
        return self.activity.answer_type()

    def save(self, answer: Any) -> None:
        """Nothing."""

    def restart(self) -> None:
        """Nothing."""


def answer_of(activity: Activity, context: Context) -> Any:
    """What this learner has answered, in the lesson or (where it has points) in the exercise; read only, an empty answer if nothing."""
    if activity.graded and not activity.self_rating:
        book = AnswerBook(context.folder / "exercises" / activity.module / places.ANSWERS, activity.module)
    else:
        book = context.own_book(activity.module)
    return Drawer(activity, book).peek()


@dataclass(frozen=True)
class Found:
    """One piece of a collection: the activity that it names, and the learner's answer to it; None where it was not begun."""

    piece: Piece
    activity: Activity
    answer: Any | None


class CollectionDrawer(NoDrawer):
    """For a collection: it reads what lies in other drawers, and keeps nothing."""

    activity: Collection

    def __init__(self, activity: Collection, context: Context) -> None:
        super().__init__(activity)
        self._context = context

    def found(self) -> list[Found]:
        """Every piece, read anew. Raises CourseError for an activity that does not exist."""
        return [self._find(piece) for piece in self.activity.parts]

    def _find(self, piece: Piece) -> Found:
        activity = catalog.activity(piece.activity)
        answer = answer_of(activity, self._context)
        return Found(piece, activity, answer if activity.attempted(answer) else None)


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

    def save(self, answer: Any) -> Entry | None:
        entry = super().save(answer)
        self._tell(self.activity.read_answer(self._on_disk), shared=self.shared())
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
    if isinstance(activity, Collection):
        return CollectionDrawer(activity, context)
    if not activity.stored:
        return NoDrawer(activity)
    own = context.own_book(activity.module)
    handed_in = context.exercise_book(activity.module) if context.in_exercise else None
    if isinstance(activity, Scale):
        drawer = SelfRatingDrawer(activity, own, handed_in) if handed_in else Drawer(activity, own)
        if activity.beside is not None:
            first = catalog.activity(activity.beside)
            drawer.beside = Drawer(first, context.own_book(first.module))
        return drawer
    return Drawer(activity, handed_in or own)
