from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities import ExplorerAnswer
from course.errors import AnswerError
from tests.samples import SPECS, changed, explorer, refusal, without

NAMES = sorted(name for name in SPECS if name.startswith("explorer_"))


# What an author may not write.


@pytest.mark.parametrize(
    ("name", "path", "value", "field"),
    [
        ("explorer_grouped", "points", 5, "points: an explorer asks nothing"),
        ("explorer_grouped", "digits", 9, "digits: "),
        ("explorer_grouped", "dataset", "Complaints", "dataset: "),
        ("explorer_grouped", "filters", ["outlet", "outlet"], "filters: columns named twice: outlet"),
        ("explorer_grouped", "analysis.name", "groupt", "analysis: Input tag 'groupt'"),
        ("explorer_grouped", "analysis.by", [], "analysis.grouped.by: "),
        ("explorer_grouped", "analysis.by", ["cause", "cause"], "analysis.grouped: by: stands there twice: cause"),
        ("explorer_grouped", "analysis.aggregations", ["count"], "analysis.grouped: measures: needed for sum"),
        ("explorer_grouped", "analysis.measures", [], "analysis.grouped: measures: needed for sum"),
        ("explorer_grouped", "analysis.measures", ["rows"], "analysis.grouped: measures: rows are counted"),
        ("explorer_grouped", "analysis.aggregations", ["mode"], "analysis.grouped.aggregations.0: "),
        ("explorer_rfm", "analysis.references", ["soon"], "analysis.rfm.references.0: "),
        ("explorer_basket", "analysis.supports", [0], "analysis.basket.supports.0: "),
        ("explorer_churn", "analysis.visits", [1], "analysis.churn.visits.0: "),
        ("explorer_churn", "analysis.factors", [2, 2.0], "analysis.churn: factor: stands there twice: 2"),
        ("explorer_churn", "start", {"factor": 4}, "start.factor: 4 is none of its options: 2, 3, 100"),
        ("explorer_churn", "start", {"by": "district"}, "start: there is no choice by; there are: reference, factor, visits, count"),
        ("explorer_agreement", "analysis.by", ["date"], "analysis.agreement: by: date must stand in case, too"),
        ("explorer_lags", "analysis.most", [1], "analysis.lags.most.0: "),
    ],
)
def test_a_fault_is_named_by_field(tmp_path: Path, name: str, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(SPECS[name](), path, value)).startswith(field)


def test_an_analysis_needs_its_name(tmp_path: Path) -> None:
    assert refusal(tmp_path, without(SPECS["explorer_lags"](), "analysis.name")).startswith("analysis: ")


@pytest.mark.parametrize("role", ["customer", "day", "receipt", "amount", "references"])
def test_a_missing_role_is_named(tmp_path: Path, role: str) -> None:
    assert refusal(tmp_path, without(SPECS["explorer_rfm"](), f"analysis.{role}")) == f"analysis.rfm.{role}: is missing; add it"


# Choices.


def test_choices_begin_with_their_first_option_unless_start_says_otherwise() -> None:
    kind = explorer("explorer_churn")
    assert kind.choices["factor"] == ["2", "3", "100"]
    assert kind.chosen(ExplorerAnswer()) == {"reference": "2025-12-31", "factor": "3", "visits": "10", "count": "none"}
    assert kind.chosen(kind.read_answer({"chosen": {"factor": "2"}}))["factor"] == "2"


def test_counting_looks_at_no_measure() -> None:
    kind = explorer("explorer_grouped")
    assert kind.analysis.idle(kind.chosen(ExplorerAnswer())) == {"measure"}
    assert not kind.analysis.idle(kind.chosen(kind.read_answer({"chosen": {"aggregation": "mean"}})))


# Answers.


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"chosen": {"by": "colour"}}, "value_outside"),
        ({"chosen": {"measure": "rows"}}, "value_outside"),
        ({"chosen": {"nothing": "cause"}}, "unknown_item"),
        ({"filters": {"cause": ["damaged"]}}, "unknown_item"),
        ({"chosen": {"by": ["cause"]}}, "malformed_answer"),
        ({"chosen": {"by": "x" * 41}}, "malformed_answer"),
        ({"filters": {"outlet": "station"}}, "malformed_answer"),
        ({"filters": {"outlet": ["x" * 41]}}, "malformed_answer"),
        ({"filters": {"outlet": ["station"] * 61}}, "malformed_answer"),
        ({"filters": {"first_reply_hours": [1, 2]}}, "malformed_answer"),
    ],
)
def test_what_the_specification_does_not_offer_is_refused(answer: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        explorer("explorer_grouped").read_answer(answer)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_every_combination_of_options_is_an_answer_and_an_attempt(name: str, data: st.DataObject) -> None:
    kind = explorer(name)
    chosen = data.draw(st.fixed_dictionaries({}, optional={c: st.sampled_from(options) for c, options in kind.choices.items()}))
    answer = kind.read_answer({"chosen": chosen})
    assert kind.chosen(answer) == {**kind.chosen(ExplorerAnswer()), **chosen}
    assert kind.attempted(answer) is bool(chosen)
    assert (kind.open_items(answer), kind.feedback(answer)) == ([], None)


def test_explorers_that_differ_are_told_apart_though_their_ids_are_the_same() -> None:
    one, other = explorer("explorer_lags"), explorer("explorer_lags", digits=3)
    assert hash(one) == hash(other)
    assert one != other
    assert len({one: 1, other: 2, explorer("explorer_lags"): 3}) == 2
