"""Where this kernel works: in a lesson or in an exercise, in which language, with which answer books."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from course import places
from course.answers import AnswerBook
from course.language import Language, known, wished


@dataclass
class Context:
    """One notebook's surroundings: ``here`` is the folder that it runs in, ``given`` the learner's folder where somebody names it."""

    here: Path
    given: Path | None = None

    @cached_property
    def in_exercise(self) -> bool:
        """Whether the notebook is an exercise."""
        return places.in_exercise(self.here)

    @cached_property
    def folder(self) -> Path:
        """The learner's folder."""
        return self.given or places.learner_folder(self.here)

    @cached_property
    def _books(self) -> dict[tuple[Path, str], AnswerBook]:
        return {}

    def own_book(self, module: str) -> AnswerBook:
        """The learner's private book of a module: the lessons' answers, both languages together."""
        path = self.folder / "answers" / f"{module}.json"
        return self._books.setdefault((path, module), AnswerBook(path, module, within=self._laid))

    def exercise_book(self, module: str) -> AnswerBook:
        """The book beside the exercise, which is handed in; what is set aside of it goes to the learner's own folder.

        An instructor who tries an exercise in the course's own folder leaves nothing there: nbgrader would hand it to everyone.
        """
        beside = self.folder / "tried" / self.here.name if self.in_course_folder else self.here
        path = beside / places.ANSWERS
        aside = self.folder / "answers" / "set-aside"
        book = AnswerBook(path, module, language=self.language(), aside=aside, within=None if self.in_course_folder else self.here)
        return self._books.setdefault((path, module), book)

    @cached_property
    def _laid(self) -> Path | None:
        """The learner's folder where ``course learn`` laid it out: then it must still be there when an answer is saved."""
        return self.folder if (self.folder / places.MARKER).is_file() else None

    @cached_property
    def in_course_folder(self) -> bool:
        """Whether this is the instructor's own copy of an exercise."""
        return (self.here.parent.parent / "grader_config.py").is_file() and self.here.parent.name in ("solutions", "exercises")

    def language(self) -> Language:
        """The lesson's own language; else what the exercise remembers, the environment asks, the folder says; else Chinese."""
        if lesson := known(self.here.name):
            return lesson
        remembered = places.remembered_language(self.here / places.ANSWERS) if self.in_exercise else None
        return known(remembered) or wished() or known(places.remembered_language(self.folder / places.MARKER)) or "zh"


_contexts: dict[Path, Context] = {}


def here() -> Context:
    """The context of the folder that this kernel works in."""
    folder = Path.cwd()
    return _contexts.setdefault(folder, Context(folder))
