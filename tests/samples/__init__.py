"""Small valid specifications of every kind, in both languages, for tests to use or to spoil.

Texts say what they are (``because_a``, ``note_b``), so that a test can look for them in what a learner gets to read.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from course import catalog
from course.activities import (
    KINDS,
    Activity,
    Calculator,
    Dialogue,
    Explorer,
    Figure,
    Quiz,
    Ranking,
    Rubric,
    Scale,
    Scorecard,
    Sorting,
    Writing,
)
from course.answers import Page
from course.errors import ContentError
from course.language import Language
from tests.samples import (
    calculators,
    collections,
    dialogues,
    explorers,
    figures,
    quizzes,
    rankings,
    rubrics,
    scales,
    scorecards,
    sortings,
    writings,
)
from tests.samples.base import Makers, Spec
from tests.samples.base import both as both
from tests.samples.dialogues import DIALOGUE_KEY as DIALOGUE_KEY
from tests.samples.quizzes import QUIZ_KEY as QUIZ_KEY
from tests.samples.rankings import RANKING_KEY as RANKING_KEY
from tests.samples.sortings import SORTING_KEY as SORTING_KEY

# A slow computer is no reason for a test to fail.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

_KINDS = (scales, calculators, collections, scorecards, rankings, quizzes, writings, figures, dialogues, sortings, rubrics, explorers)

SPECS: Makers = {name: make for kind in _KINDS for name, make in kind.SPECS.items()}
"""Every sample by its name; ``activity(name)`` has the id ``m01.<name>``."""

COMPLETE: dict[str, Spec] = {name: answer for kind in _KINDS for name, answer in kind.COMPLETE.items()}
"""A complete answer to every sample; those to graded_ranking and graded_quiz are wholly right."""


def activity(name: str, **changes: Any) -> Activity:
    """A sample, with some fields changed."""
    spec = {"id": f"m01.{name}", **SPECS[name](), **changes}
    return KINDS[spec["kind"]].read(spec)


def _of(kind: type[Any]) -> Callable[..., Any]:
    def sample(name: str, **changes: Any) -> Any:
        made = activity(name, **changes)
        assert isinstance(made, kind)
        return made

    return sample


scale: Callable[..., Scale] = _of(Scale)
scorecard: Callable[..., Scorecard] = _of(Scorecard)
ranking: Callable[..., Ranking] = _of(Ranking)
quiz: Callable[..., Quiz] = _of(Quiz)
writing: Callable[..., Writing] = _of(Writing)
rubric: Callable[..., Rubric] = _of(Rubric)
figure: Callable[..., Figure] = _of(Figure)
calculator: Callable[..., Calculator] = _of(Calculator)
dialogue: Callable[..., Dialogue] = _of(Dialogue)
explorer: Callable[..., Explorer] = _of(Explorer)
sorting: Callable[..., Sorting] = _of(Sorting)


def changed(spec: Spec, path: str, value: Any) -> Spec:
    """A copy of a specification with one value put at a path such as ``questions.0.options.1.why``."""
    copied = copy.deepcopy(spec)
    *way, last = path.split(".")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return copied


def without(spec: Spec, path: str) -> Spec:
    """A copy of a specification that lacks the field at a path."""
    copied = copy.deepcopy(spec)
    *way, last = path.split(".")
    place: Any = copied
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    del place[last]
    return copied


def write(folder: Path, spec: Spec, name: str = "sample") -> Path:
    """Write a specification as an author would: ``m01/<name>.yaml`` in a content folder."""
    path = folder / "m01" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(yaml.safe_dump(spec, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def refusal(folder: Path, spec: Spec) -> str:
    """What an author reads who wrote this specification: the file is named, and this returns what follows."""
    path = write(folder, spec)
    with pytest.raises(ContentError) as caught:
        catalog.read_activity(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    return message.removeprefix(f"{path}: ")


def entry(answer: Spec) -> Spec:
    """An answer as an answers file keeps it."""
    return {"answer": answer, "saved": datetime(2025, 3, 1, 14, 2, tzinfo=UTC).isoformat(), "attempt": 1, "earlier": []}


def page(language: Language | None = "en", **entries: Any) -> Page:
    """What an answers file of m01 holds."""
    return Page("m01", language, entries)


def answers_file(folder: Path, module: str, entries: Spec, **changes: Any) -> Path:
    """Write an answers.json; ``changes`` go over its head (schema, module, language)."""
    path = folder / "answers.json"
    content = {"schema": 1, "module": module, "language": "en", "activities": entries, **changes}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
