from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.errors import AnswerError, KeyError_
from tests.samples import COMPLETE, Spec, both, changed, refusal, writing
from tests.samples.writings import graded_writing_spec, writing_spec

PRACTICE = writing("writing")
GRADED = writing("graded_writing")
BLANKS = ["", " ", "\n\t", "\u3000"]


def test_a_field_of_white_space_is_open() -> None:
    for blank in BLANKS:
        assert PRACTICE.open_items(PRACTICE.read_answer({"texts": {"a": blank, "b": "x"}})) == ["a"]
    assert PRACTICE.open_items(PRACTICE.read_answer({})) == ["a", "b"]
    assert PRACTICE.open_items(PRACTICE.read_answer(COMPLETE["writing"])) == []


@pytest.mark.parametrize("blank", BLANKS)
def test_white_space_is_no_attempt(blank: str) -> None:
    assert not GRADED.attempted(GRADED.read_answer({"texts": {"a": blank, "b": blank}}))
    assert not GRADED.attempted(GRADED.read_answer({"compared": True}))
    assert GRADED.attempted(GRADED.read_answer({"texts": {"a": blank, "b": "。"}}))


@pytest.mark.parametrize("answer", [{}, {"compared": True}, {"texts": {"a": " "}, "compared": True}, {"texts": {"a": "x"}}])
def test_nothing_to_compare_with_before_something_is_written_and_it_is_asked_for(answer: Spec) -> None:
    assert PRACTICE.feedback(PRACTICE.read_answer(answer)) is None


def test_then_come_the_checklist_and_the_sample() -> None:
    result = PRACTICE.feedback(PRACTICE.read_answer({"texts": {"b": "x"}, "compared": True}))
    assert result is not None
    assert [text.en for text in result.checklist] == ["is it polite-en", "is it clear-en"]
    assert result.sample is not None
    assert result.sample.zh == "sample text·中"


def test_in_an_exercise_the_checklist_is_there_from_the_start_and_nothing_comes_after() -> None:
    assert len(GRADED.for_learner()["checklist"]) == 2
    assert PRACTICE.for_learner()["checklist"] == []
    assert GRADED.feedback(GRADED.read_answer({**COMPLETE["graded_writing"], "compared": True})) is None


def test_comparing_is_offered_only_in_practice_and_where_there_is_something_to_compare_with() -> None:
    offered = [activity.for_learner()["comparable"] for activity in (PRACTICE, GRADED, writing("writing", checklist=[], sample=None))]
    assert offered == [True, False, False]


def test_all_points_for_a_text_come_from_a_person() -> None:
    assert (GRADED.hand_points, GRADED.auto_points) == (6, 0)
    with pytest.raises(KeyError_, match="has no score"):
        GRADED.score(GRADED.read_answer(COMPLETE["graded_writing"]), None)


@given(st.text(max_size=500))
def test_a_text_is_kept_to_the_letter(text: str) -> None:
    assert PRACTICE.read_answer({"texts": {"a": text}}).texts == {"a": text}


@pytest.mark.parametrize(
    ("answer", "item", "sentence"),
    [
        ({"texts": {"nobody": "x"}}, "nobody", "unknown_item"),
        ({"texts": {"a": "x" * 20_001}}, "texts.a", "malformed_answer"),
        ({"texts": {"a": "half a pair \ud800"}}, "–", "malformed_answer"),
        ({"texts": {"a": None}}, "texts.a", "malformed_answer"),
        ({"compared": "yes"}, "compared", "malformed_answer"),
    ],
)
def test_what_does_not_fit_is_named(answer: Spec, item: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer(answer)
    assert caught.value.sentence == sentence
    assert caught.value.values == {"activity": "m01.writing", "item": item}


def test_twenty_thousand_characters_are_taken() -> None:
    assert len(PRACTICE.read_answer({"texts": {"a": "字" * 20_000}}).texts["a"]) == 20_000


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("fields", [], "fields"),
        ("fields", [{"id": f"f{n}", "prompt": both("x")} for n in range(9)], "fields"),
        ("fields.1.id", "a", "fields: ids used twice: a"),
        ("fields.0.rows", 0, "fields.0.rows"),
        ("fields.0.rows", 21, "fields.0.rows"),
        ("fields.0.aim", -1, "fields.0.aim"),
        ("fields.0.prompt", {"zh": "", "en": "empty Chinese"}, "fields.0.prompt.zh"),
        ("fields.0.words", 100, "fields.0.words"),
        ("checklist.1", {"zh": "只有中文"}, "checklist.1.en: the English text is missing"),
        ("sample", {"en": "English only"}, "sample.zh: the Chinese text is missing"),
    ],
)
def test_writing_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(writing_spec(), path, value)).startswith(field)


def test_a_graded_text_has_no_sample_here(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**graded_writing_spec(), "sample": both("the answer")}).startswith("sample: the model answer")
