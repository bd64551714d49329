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
from course.activities import KINDS, Activity, Figure, Quiz, Ranking, Scale, Writing
from course.answers import Page
from course.errors import ContentError
from course.language import Language

# A slow computer is no reason for a test to fail.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

Spec = dict[str, Any]


def both(name: str) -> dict[str, str]:
    """A text in both languages that can be told apart."""
    return {"zh": f"{name}·中", "en": f"{name}-en"}


def _spec(kind: str, **more: Any) -> Spec:
    return {"kind": kind, "title": both(f"{kind} title"), "intro": both(f"{kind} intro"), **more}


def poles_spec() -> Spec:
    """Ten pairs of poles from 10 down to 1, with bands from 80, from 50 and below; 2 points for completing it."""
    items = [{"id": f"i{n}", "left": both(f"left {n}"), "right": both(f"right {n}")} for n in range(10)]
    floors = {"high": 80, "middle": 50, "low": 10}
    bands = [{"id": name, "at_least": floor, "title": both(name), "advice": both(f"advice {name}")} for name, floor in floors.items()]
    return _spec("scale", points=2, values=list(range(10, 0, -1)), items=items, bands=bands)


def statements_spec() -> Spec:
    """Four statements from 1 to 5 in two groups, with a note; nothing to earn."""
    return _spec(
        "scale",
        values=[1, 2, 3, 4, 5],
        anchors={"first": both("never"), "last": both("always")},
        items=[{"id": c, "statement": both(f"statement {c}")} for c in "abcd"],
        groups=[
            {"id": "early", "title": both("early"), "items": ["a", "b"]},
            {"id": "late", "title": both("late"), "items": ["c", "d"]},
        ],
        chart=True,
        note=both("not a contest"),
    )


RANKING_KEY: Spec = {"order": [["a"], ["b", "c"], ["d"]], "can": ["a", "b"]}
"""Five pairs: b and c share a tier."""


def graded_ranking_spec() -> Spec:
    """Four items with tags; 7 points for the order and 3 for the tags."""
    return _spec(
        "ranking",
        points=10,
        tag_points=3,
        case=both("case"),
        first=both("matters most"),
        last=both("matters least"),
        tag=both("can we do it"),
        items=[{"id": c, "text": both(f"item {c}")} for c in "abcd"],
    )


def ranking_spec() -> Spec:
    """The same for practice, with its open key and reasons."""
    pairs = [{"higher": "a", "lower": "d", "why": both("because_a_over_d")}]
    reasons = {c: both(f"because_{c}.") for c in "abcd"}
    return {**graded_ranking_spec(), "points": 0, "tag_points": 0, "key": {**RANKING_KEY, "reasons": reasons, "pairs": pairs}}


def notes_spec() -> Spec:
    """A ranking where nothing is right or wrong: four items with notes."""
    items = [{"id": c, "text": both(f"item {c}"), "note": both(f"note_{c}")} for c in "abcd"]
    return _spec("ranking", first=both("hurts most"), last=both("hurts least"), items=items)


QUIZ_KEY: Spec = {
    "questions": {
        "one": {"right": ["b"]},
        "many": {"right": ["a", "b", "c"]},
        "fact": {"right": ["false"]},
        "number": {"value": 3.5, "tolerance": 0.5},
    }
}


def graded_quiz_spec() -> Spec:
    """One question of each form; 8 points."""
    options = {"one": ["a", "b"], "many": ["a", "b", "c", "d", "e"], "fact": ["true", "false"]}
    forms = {"one": "single", "many": "multiple", "fact": "true_false"}
    questions: list[Spec] = [
        {
            "id": name,
            "form": forms[name],
            "text": both(f"question {name}"),
            "options": [{"id": option, "text": both(f"{name} {option}")} for option in options[name]],
        }
        for name in options
    ]
    questions.append({"id": "number", "form": "numeric", "text": both("question number"), "unit": both("minutes")})
    return _spec("quiz", points=8, questions=questions)


def quiz_spec() -> Spec:
    """The same for practice: every option says whether it is right and why."""
    spec = {**graded_quiz_spec(), "points": 0}
    for question in spec["questions"]:
        key = QUIZ_KEY["questions"][question["id"]]
        for option in question.get("options", []):
            option.update(right=option["id"] in key["right"], why=both(f"because_{question['id']}_{option['id']}."))
        if question["form"] == "numeric":
            question.update(key, why=both("because_number"))
    return spec


def graded_writing_spec() -> Spec:
    """Two fields to write in and a checklist; 6 points given by hand."""
    fields = [{"id": c, "prompt": both(f"prompt {c}"), "hint": both(f"hint {c}")} for c in "ab"]
    return _spec("writing", points=6, case=both("case"), fields=fields, checklist=[both("is it polite"), both("is it clear")])


def writing_spec() -> Spec:
    """The same for practice, with a sample."""
    return {**graded_writing_spec(), "points": 0, "sample": both("sample text")}


def figure_spec() -> Spec:
    """Two rows of bars over three categories."""
    return _spec(
        "figure",
        categories=[both(f"category {c}") for c in "abc"],
        series=[
            {"id": "now", "name": both("now"), "values": [1, 2.5, 3]},
            {"id": "then", "name": both("then"), "values": [4, 5, 6]},
        ],
        category_axis=both("what happened"),
        value_axis=both("share (%)"),
        caption=both("caption"),
        source=both("survey of 1979"),
    )


SPECS: dict[str, Callable[[], Spec]] = {
    "poles": poles_spec,
    "statements": statements_spec,
    "ranking": ranking_spec,
    "graded_ranking": graded_ranking_spec,
    "notes": notes_spec,
    "quiz": quiz_spec,
    "graded_quiz": graded_quiz_spec,
    "writing": writing_spec,
    "graded_writing": graded_writing_spec,
    "figure": figure_spec,
}
"""Every sample by its name; ``activity(name)`` has the id ``m01.<name>``."""

COMPLETE: dict[str, Spec] = {
    "poles": {"ratings": {f"i{n}": 8 for n in range(10)}},
    "statements": {"ratings": {"a": 1, "b": 2, "c": 4, "d": 5}},
    "ranking": {"order": list("dabc"), "tags": {c: c in "ac" for c in "abcd"}, "compared": True},
    "graded_ranking": {"order": list("acbd"), "tags": {c: c in "ab" for c in "abcd"}},
    "notes": {"order": list("dabc")},
    "quiz": {
        "chosen": {"one": ["b"], "many": ["a", "d"], "fact": ["true"]},
        "typed": {"number": "3.2"},
        "shown": ["one", "many", "fact", "number"],
    },
    "graded_quiz": {"chosen": {"one": ["b"], "many": ["a", "b", "c"], "fact": ["false"]}, "typed": {"number": "3.5"}},
    "writing": {"texts": {"a": "Dear Ms Fang", "b": "Yours"}, "compared": True},
    "graded_writing": {"texts": {"a": "Dear Ms Fang", "b": "Yours"}},
    "figure": {},
}
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
ranking: Callable[..., Ranking] = _of(Ranking)
quiz: Callable[..., Quiz] = _of(Quiz)
writing: Callable[..., Writing] = _of(Writing)
figure: Callable[..., Figure] = _of(Figure)


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
