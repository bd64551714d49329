"""What can go wrong, in words for the person who meets it.

Authors and instructors meet ``ContentError`` and ``SetupError`` in English: they name the file, the field and the next step.
Learners meet ``AnswerError`` and ``BookError``: these carry the name of a sentence in ``text/zh.toml`` and ``text/en.toml`` and the values
that go into it, so that each learner reads it in their own language.
"""

from __future__ import annotations

from pathlib import Path


class CourseError(Exception):
    """Whatever this course reports to a person. ``str()`` is a full sentence that says what to do next."""


class ContentError(CourseError):
    """Something an author wrote does not hold: names the file, the field, the problem and what to do."""

    def __init__(self, where: Path | str, field: str, problem: str) -> None:
        self.where, self.field, self.problem = str(where), field, problem
        super().__init__(f"{self.where}: {field}: {problem}" if field else f"{self.where}: {problem}")


class SetupError(CourseError):
    """Something about this computer or this folder keeps a command from doing its work."""


class LearnerError(CourseError):
    """An error that a learner meets: a sentence of the interface texts and the values that go into it."""

    def __init__(self, sentence: str, **values: object) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(f"{sentence}: {values}" if values else sentence)


class AnswerError(LearnerError):
    """An answer that does not fit its activity: names the activity and the item, and costs that activity alone."""


class BookError(LearnerError):
    """The answers file cannot be read or written: names the file and what to do; what was saved is left as it is."""


class KeyError_(ContentError):
    """An instructor's key that does not fit its activity."""
