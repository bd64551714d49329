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
    """One notebook's surroundings; ``here`` is the folder that the notebook runs in."""

    here: Path

    @cached_property
    def in_exercise(self) -> bool:
        """Whether the notebook is an exercise."""
        return places.in_exercise(self.here)

    @cached_property
    def folder(self) -> Path:
        """The learner's folder."""
        return places.learner_folder(self.here)

    @cached_property
    def _books(self) -> dict[tuple[Path, str], AnswerBook]:
        return {}

    def _book(self, path: Path, module: str) -> AnswerBook:
        return self._books.setdefault((path, module), AnswerBook(path, module))

    def own_book(self, module: str) -> AnswerBook:
        """The learner's private book of a module: the lessons' answers, both languages together."""
        return self._book(self.folder / "answers" / f"{module}.json", module)

    def exercise_book(self, module: str) -> AnswerBook:
        """The book beside the exercise, which is handed in."""
        return self._book(self.here / places.ANSWERS, module)

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
