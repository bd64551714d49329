"""Marks one submission: what each cell of the exercise says of its answers, and what they earn. Pure: no files, no database, no kernel.

This is all that a worker process, here or on another machine, is given to do.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from course import answers, places, words
from course.answers import Page
from course.errors import BookError, LearnerError
from course.language import Language, explain, known
from course.marking.assess import Assessment, assess_with, trouble
from course.marking.source import Source, Step


@dataclass(frozen=True)
class HandedIn:
    """What a worker gets of a submission: the bytes of its answers, None where there are none, and where they will lie.

    ``refused`` says that something lies there which is not read: a link, a device, a file of absurd size.
    """

    learner: str
    answers: bytes | None
    refused: bool
    path: Path


@dataclass(frozen=True)
class Marked:
    """What comes back: the autograded notebook, the points by grade cell, and what was odd, in words."""

    learner: str
    notebook: bytes
    points: dict[str, float]
    odd: tuple[str, ...]


def mark_each(source: bytes, submissions: Sequence[HandedIn]) -> list[Marked]:
    """Mark some submissions with a pickled ``Source``."""
    plan = _unpacked(source)
    return [mark_one(plan, submission) for submission in submissions]


@lru_cache(maxsize=1)
def _unpacked(source: bytes) -> Source:
    plan: Source = pickle.loads(source)  # noqa: S301  (made by this program a moment ago)
    return plan


def mark_one(source: Source, submission: HandedIn) -> Marked:
    """Mark one submission. Whatever it holds, it costs nobody else: what cannot be read earns nothing and is named."""
    desk = _Desk(source, submission)
    text = [source.pieces[0]]
    for number, (step, piece) in enumerate(zip(source.steps, source.pieces[1:], strict=True), start=1):
        text += [desk.output(step, number), piece]
    # half a surrogate pair, which a hand can write as an escape, has no bytes
    notebook = "".join(text).encode("utf-8", errors="replace")
    return Marked(submission.learner, notebook, desk.points, tuple(dict.fromkeys(desk.odd)))


class _Desk:
    """One submission while it is marked."""

    def __init__(self, source: Source, submission: HandedIn) -> None:
        self.submission = submission
        self.most_lines = source.most_lines
        self.points: dict[str, float] = {}
        self.odd: list[str] = []
        self._pages: dict[str, Page | BookError] = {}
        self.language: Language = known(places.language_in(submission.answers or b"")) or source.language

    def output(self, step: Step, number: int) -> str:
        """The outputs of one cell, as the notebook's JSON has them."""
        if step.activity is None:
            return "[]"
        if step.does == "show":
            return f"[\n{self._stream(self._shown(step))}\n  ]"
        result = self._assessed(step)
        self.points[step.grade_id] = result.score.points
        if result.trouble is not None:
            self.odd.append(explain(result.trouble, "en"))
        return f"[\n{self._stream(result.sentence)},\n{_value(result.score.points, number)}\n  ]"

    def _page(self, module: str) -> Page | BookError:
        if module not in self._pages:
            self._pages[module] = self._read(module)
        return self._pages[module]

    def _read(self, module: str) -> Page | BookError:
        if self.submission.refused:
            return answers.malformed(self.submission.path)
        if self.submission.answers is None:
            return Page(module, None, {})
        try:
            return answers.read_bytes(self.submission.answers, self.submission.path, module)
        except BookError as error:
            return error

    def _shown(self, step: Step) -> str:
        assert step.activity is not None  # noqa: S101  (a show step has one)
        page = self._page(step.activity.module)
        if isinstance(page, BookError):
            return explain(page, self.language)
        try:
            return words.handed_in(step.activity, page, self.language)
        except LearnerError as error:
            return explain(error, self.language)
        except Exception as error:  # a fault of ours must not cost the rest of the class its marks
            self.odd.append(f"{step.activity.id} cannot be shown: {type(error).__name__}")
            return f"{step.activity.id}: {type(error).__name__}"

    def _assessed(self, step: Step) -> Assessment:
        assert step.activity is not None  # noqa: S101  (a mark step has one)
        page = self._page(step.activity.module)
        if isinstance(page, BookError):
            return trouble(step.activity, page, "zh")
        try:
            return assess_with(step.activity, page, step.key, page.language or "zh")
        except Exception as error:  # as above; nothing is earned by what cannot be scored
            self.odd.append(f"{step.activity.id} cannot be scored: {type(error).__name__}")
            return trouble(step.activity, LearnerError("malformed_answer", activity=step.activity.id, item="–"), page.language or "zh")

    def _stream(self, printed: str) -> str:
        lines = (printed + "\n").split("\n")
        if -1 < self.most_lines < len(lines):
            lines = [*lines[: self.most_lines - 1], "... Output truncated ..."]
        listed = ",\n".join("     " + json.dumps(line, ensure_ascii=False) for line in "\n".join(lines).splitlines(keepends=True))
        return f'   {{\n    "name": "stdout",\n    "output_type": "stream",\n    "text": [\n{listed}\n    ]\n   }}'


def _value(points: float, number: int) -> str:
    return (
        f'   {{\n    "data": {{\n     "text/plain": [\n      "{points!r}"\n     ]\n    }},\n    "execution_count": {number},\n'
        '    "metadata": {},\n    "output_type": "execute_result"\n   }'
    )
