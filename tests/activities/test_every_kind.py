from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from course.activities import KINDS
from course.activities.base import points
from course.errors import AnswerError
from course.language import LANGUAGES, Language, explain, in_language
from tests.samples import COMPLETE, SPECS, Spec, activity, changed, refusal, without

NAMES = sorted(SPECS)
IDS = ["a", "b", "n", "x", "listen", "rules", "one", "many", "fact", "number", "i0", "i9", "r1", "moment", "nobody", "", "true"]
FIELDS = [
    "filters",
    "rows",
    "asked",
    "ratings",
    "inputs",
    "path",
    "reviewed",
    "order",
    "tags",
    "placed",
    "compared",
    "chosen",
    "typed",
    "shown",
    "texts",
    "sheets",
]

any_text = st.one_of(st.sampled_from(IDS), st.text(max_size=20), st.text(st.characters(), max_size=20))
json_leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), any_text)
any_json = st.recursive(json_leaf, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(any_text, inner, max_size=4)))
odd_leaf = st.one_of(
    json_leaf, st.binary(max_size=5), st.complex_numbers(), st.just(datetime(2025, 1, 1)), st.just(object()), st.just(Path()), st.just(int)
)
odd_key = st.one_of(any_text, st.none(), st.booleans(), st.integers(), st.floats(), st.tuples(st.integers()), st.binary(max_size=3))
any_object = st.recursive(
    odd_leaf,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.frozensets(st.one_of(any_text, st.integers()), max_size=3),
        st.dictionaries(odd_key, inner, max_size=4),
    ),
)
nearly_right = st.dictionaries(
    st.sampled_from(FIELDS),
    st.one_of(
        st.booleans(), st.lists(any_text, max_size=4), st.dictionaries(any_text, st.one_of(any_json, st.integers(0, 11)), max_size=4)
    ),
    max_size=4,
)


def nested(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def read_or_refused(name: str, data: object) -> None:
    """An answer is valid or refused, with a sentence that both languages have; nothing else happens."""
    kind = activity(name)
    try:
        answer = kind.read_answer(data)
    except AnswerError as error:
        assert error.values["activity"] == f"m01.{name}"
        assert all(explain(error, language) for language in LANGUAGES)
    else:
        assert isinstance(answer, kind.answer_type)
        assert kind.read_answer(json.loads(answer.model_dump_json())) == answer
        assert set(kind.open_items(answer)) <= set(kind.open_items(kind.answer_type()))
        json.dumps(in_language(kind.feedback(answer), "zh"))


def test_every_kind_has_a_sample() -> None:
    assert {SPECS[name]()["kind"] for name in NAMES} == set(KINDS)


# Whatever comes from a page or a file.


@pytest.mark.parametrize("name", NAMES)
@given(data=any_json)
def test_any_json_is_an_answer_or_refused(name: str, data: object) -> None:
    read_or_refused(name, data)


@pytest.mark.parametrize("name", NAMES)
@given(data=nearly_right)
def test_what_is_nearly_an_answer_is_an_answer_or_refused(name: str, data: object) -> None:
    read_or_refused(name, data)


@pytest.mark.parametrize("name", NAMES)
@given(data=any_object)
def test_any_python_object_is_an_answer_or_refused(name: str, data: object) -> None:
    read_or_refused(name, data)


def hopeless() -> Iterator[Any]:
    loop: list[Any] = []
    loop.append(loop)
    yield from (None, True, 0, 1.5, math.nan, math.inf, "", "{}", b"{}", [], [{}], object(), 10**5000, loop)
    yield from (nested(100), nested(5000), nested(100_000), {"ratings": nested(5000)}, {"texts": {"a": nested(5000)}})
    yield from ({"sheets": {"s1": nested(5000)}}, {"sheets": {"s1": {"rater": "peer", "remark": "\ud800"}}})
    yield from ({"filters": nested(5000)}, {"chosen": {"by": "\ud800"}}, {"filters": {"outlet": ["\ud800"]}})
    yield from ({"placed": nested(5000)}, {"placed": {"a": "\ud800"}}, {"placed": {"a": ["one"]}})
    yield from (
        {"rows": {"r1": nested(5000)}},
        {"rows": {"r1": {"moment": "\ud800"}}},
        {"rows": {"Row 1": {}}},
        {"rows": {"r1": {"moment": 1}}},
    )
    yield from ({1: 2}, {("a",): 1}, {None: None}, {"\ud800": 1}, {"no_such_field": {}})
    yield from ({"typed": {"number": "\udfff"}}, {"texts": {"a": "\ud800"}}, {"order": ["\ud800"]}, {"ratings": {"\ud800": 1}})
    yield from ({"path": nested(5000)}, {"path": ["\ud800"]}, {"path": ["nobody"]}, {"path": ["listen"] * 1000})


@pytest.mark.parametrize("name", NAMES)
def test_what_can_be_no_answer_is_refused(name: str) -> None:
    for data in hopeless():
        with pytest.raises(AnswerError) as caught:
            activity(name).read_answer(data)
        assert caught.value.values["activity"] == f"m01.{name}"


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("poles", {"ratings": {"nobody": 5}}),
        ("statements", {"ratings": {"a": 5, "nobody": 5}}),
        ("explorer_grouped", {"chosen": {"nobody": "cause"}}),
        ("explorer_grouped", {"filters": {"nobody": []}}),
        ("ranking", {"order": ["a", "nobody"]}),
        ("ranking", {"tags": {"nobody": True}}),
        ("notes", {"order": ["nobody"]}),
        ("quiz", {"chosen": {"nobody": []}}),
        ("quiz", {"chosen": {"one": ["nobody"]}}),
        ("quiz", {"typed": {"nobody": "1"}}),
        ("quiz", {"shown": ["nobody"]}),
        ("writing", {"texts": {"nobody": ""}}),
        ("calculator", {"inputs": {"nobody": 1}}),
        ("scorecard", {"rows": {"r1": {"nobody": ""}}}),
        ("scorecard", {"rows": {"r1": {"channel": "nobody"}}}),
        ("canvas", {"rows": {"nobody": {}}}),
        ("sorting", {"placed": {"nobody": "one"}}),
        ("sorting", {"placed": {"a": "nobody"}}),
        ("rubric", {"sheets": {"s1": {"rater": "peer", "grades": {"nobody": 3}}}}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_id_is_named_to_the_learner(name: str, answer: Spec, language: Language) -> None:
    with pytest.raises(AnswerError) as caught:
        activity(name).read_answer(answer)
    assert caught.value.sentence == "unknown_item"
    assert "nobody" in explain(caught.value, language)
    assert f"m01.{name}" in explain(caught.value, language)


@pytest.mark.parametrize(
    ("name", "answer", "item"),
    [
        ("ranking", {"order": ["a", "b", "b"]}, "b"),
        ("notes", {"order": ["c", "c"]}, "c"),
        ("scorecard", {"order": ["r1", "s1", "r1"]}, "r1"),
        ("quiz", {"chosen": {"many": ["e", "e"]}}, "e"),
        ("quiz", {"shown": ["fact", "fact"]}, "fact"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubled_id_is_named_to_the_learner(name: str, answer: Spec, item: str, language: Language) -> None:
    with pytest.raises(AnswerError) as caught:
        activity(name).read_answer(answer)
    assert caught.value.sentence == "doubled_item"
    assert f"“{item}”" in explain(caught.value, language)


# What all kinds have in common.


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_answer_is_valid_and_no_attempt(name: str) -> None:
    kind = activity(name)
    assert kind.read_answer({}) == kind.answer_type()
    assert not kind.attempted(kind.answer_type())
    assert kind.feedback(kind.answer_type()) in (None, ())


@pytest.mark.parametrize("name", NAMES)
def test_a_complete_answer_leaves_nothing_open(name: str) -> None:
    kind = activity(name)
    answer = kind.read_answer(COMPLETE[name])
    assert kind.open_items(answer) == []
    assert kind.attempted(answer) is (name not in ("figure", "collection"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_gets_plain_json_without_keys_reasons_and_explanations(name: str, language: Language) -> None:
    plain = json.dumps(in_language(activity(name).for_learner(), language), allow_nan=False)
    secrets = ("because", "note_", "sample text", "reasons", '"why"', '"can"', "tolerance", "advice", '"right": true', '"right": false')
    assert [word for word in secrets if word in plain] == []


def test_module_and_name_are_the_two_halves_of_the_id() -> None:
    assert (activity("poles").module, activity("poles").name) == ("m01", "poles")


@pytest.mark.parametrize("name", NAMES)
def test_points_make_an_activity_graded_and_are_given_by_hand_or_by_the_program(name: str) -> None:
    kind = activity(name)
    assert kind.graded is (kind.points > 0)
    assert kind.auto_points + kind.hand_points == kind.points
    assert min(kind.auto_points, kind.hand_points) >= 0


@given(st.floats(), st.integers(0, 100))
@example(math.nan, 10)
@example(np.float64(3.2), 10)
@example(np.float64(0.0), 10)
@example(True, 10)
def test_points_are_clamped_and_a_built_in_float_whatever_was_computed(value: float, out_of: int) -> None:
    assert type(points(value, out_of)) is float
    assert 0.0 <= points(value, out_of) <= out_of


# What an author may not write, whatever the kind.


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_field_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, {**SPECS[name](), "colour": "red"}) == (
        "colour: is not a field of this kind; check the spelling, take it out, or put a text with a comma in quotes"
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["title", "intro"])
@pytest.mark.parametrize(("language", "word"), [("zh", "Chinese"), ("en", "English")])
def test_a_missing_translation_is_named(tmp_path: Path, name: str, field: str, language: str, word: str) -> None:
    assert refusal(tmp_path, without(SPECS[name](), f"{field}.{language}")) == (f"{field}.{language}: the {word} text is missing; write it")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_translation_is_named(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, changed(SPECS[name](), "title.en", "  ")).startswith("title.en: ")


@pytest.mark.parametrize("name", NAMES)
def test_a_third_language_is_refused(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, changed(SPECS[name](), "title.fr", "titre")).startswith("title.fr: is not a field")


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_field_is_named(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, without(SPECS[name](), "intro")) == "intro: is missing; add it"
