from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import catalog, places
from course.activities import Calculator, CalculatorAnswer
from course.activities.quantity import Input, Quantity
from course.errors import AnswerError
from course.language import LANGUAGES, Language
from tests.samples import both, calculator, changed, refusal, without
from tests.samples.calculators import bars_spec, calculator_spec

LINE = calculator("calculator")
BARS = calculator("calculator_bars")
SKELETON = places.PACKAGE / "authoring" / "skeletons" / "calculator.yaml"


def given_inputs(activity: Calculator, **inputs: float) -> CalculatorAnswer:
    answer: CalculatorAnswer = activity.read_answer({"inputs": inputs})
    return answer


def quantity(**more: Any) -> Quantity:
    return Quantity.read({"id": "x", "label": both("x"), **more})


def an_input(**more: Any) -> Input:
    return Input.read({"id": "x", "label": both("x"), "lowest": 0, "highest": 10, "step": 1, "start": 0, **more})


# How numbers read.


@pytest.mark.parametrize(
    ("value", "more", "text"),
    [
        (1234567.891, {"digits": 2}, "1,234,567.89"),
        (-3, {}, "−3"),
        (-0.2, {}, "0"),
        (0.985, {"format": "percent", "digits": 1}, "98.5%"),
        (12, {"format": "percent"}, "1,200%"),
        (0, {"digits": 3}, "0.000"),
    ],
)
def test_numbers_have_their_digits_and_thousands_apart(value: float, more: dict[str, Any], text: str) -> None:
    shown = quantity(**more).shown(value)
    assert shown.zh == shown.en == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_stands_behind_the_number(language: Language) -> None:
    assert quantity(unit=both("yuan")).shown(1250).of(language) == f"1,250 {both('yuan')[language]}"


# The grid of an input.


steps = st.sampled_from([0.001, 0.005, 0.01, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 1000.0])


@st.composite
def inputs(draw: st.DrawFn) -> Input:
    step, count, first = draw(steps), draw(st.integers(1, 3000)), draw(st.integers(-100, 100))
    lowest, highest = round(first * step, 6), round((first + count) * step, 6)
    return an_input(lowest=lowest, highest=highest, step=step, start=lowest, digits=3)


@given(inputs(), st.data())
def test_every_value_that_a_page_can_give_is_found_and_nothing_else(item: Input, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, item.steps))
    as_a_page_adds = round((item.lowest + n * item.step) * item.scale, item.digits) / item.scale
    assert item.nearest(as_a_page_adds) == item.at(n)
    assert item.nearest(item.at(n) + 0.4 * item.step) is None
    assert item.nearest(item.highest + item.step) is None
    assert item.nearest(item.lowest - item.step) is None
    assert (item.at(0), item.at(item.steps)) == pytest.approx((item.lowest, item.highest))


@given(inputs())
def test_the_points_of_a_chart_and_its_table_lie_on_the_grid_from_end_to_end(item: Input) -> None:
    for found, most in ((item.spread(), 51), (item.landmarks(), 11)):
        assert found == sorted(set(found))
        assert (found[0], found[-1]) == (item.at(0), item.at(item.steps))
        assert 2 <= len(found) <= most
        assert all(item.nearest(value) == value for value in found)
    assert len(item.landmarks()) >= min(item.steps + 1, 4)


def test_a_table_stands_at_round_numbers() -> None:
    assert an_input(lowest=1, highest=101, start=1).landmarks() == [1, 20, 40, 60, 80, 100, 101]
    assert an_input(lowest=0.9, highest=1, step=0.005, start=0.9, digits=3).landmarks() == [0.9, 0.92, 0.94, 0.96, 0.98, 1.0]


# Answers.


@pytest.mark.parametrize("value", [0, 102, 10.5, -1e300, 1e300])
def test_a_value_off_the_grid_or_outside_is_refused(value: float) -> None:
    with pytest.raises(AnswerError) as caught:
        given_inputs(LINE, n=value)
    assert (caught.value.sentence, caught.value.values) == ("value_outside", {"activity": "m01.calculator", "item": "n"})


@pytest.mark.parametrize("value", ["10", True, None, [10], math.nan, math.inf])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(AnswerError):
        LINE.read_answer({"inputs": {"n": value}})


def test_what_is_not_said_stands_where_it_starts() -> None:
    assert LINE.values(CalculatorAnswer()) == {"n": 10, "p": 0.98}
    assert LINE.values(given_inputs(LINE, n=20)) == {"n": 20, "p": 0.98}


def test_the_dust_of_binary_fractions_is_wiped_off() -> None:
    assert LINE.values(given_inputs(LINE, p=0.9 + 0.005 + 0.005 + 0.005)) == {"n": 10, "p": 0.915}


def test_nothing_is_stored_asked_or_earned() -> None:
    assert (LINE.stored, LINE.graded, LINE.keyed) == (False, False, False)
    answer = given_inputs(LINE, n=20)
    assert LINE.open_items(answer) == []
    assert LINE.feedback(answer) is None


# What follows.


def test_results_follow_from_inputs_and_from_results_further_up() -> None:
    found = LINE.work_out({"n": 20, "p": 0.99})
    assert found == {"clean": pytest.approx(0.99**20), "cost": pytest.approx(250 * 20 * (1 - 0.99**20))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_has_every_number_with_its_digits_and_unit(language: Language) -> None:
    found = LINE.calculate(given_inputs(LINE, n=20, p=0.99)).sentence
    assert found is not None
    times, yuan = both("times")[language], both("yuan")[language]
    end = both("")[language]
    assert found.of(language) == f"of 20 {times} all go well with 81.8% costing 910 {yuan}{end}"


def test_the_table_of_a_line_has_a_row_a_place_and_bars_have_none() -> None:
    rows = LINE.calculate(CalculatorAnswer()).rows
    assert [row[0].en for row in rows if row[0]] == [f"{n} times-en" for n in (1, 20, 40, 60, 80, 100, 101)]
    assert [row[1].en for row in rows if row[1]][:2] == ["98.0%", "66.8%"]
    assert BARS.calculate(CalculatorAnswer()).rows == ()


def test_what_cannot_be_computed_is_left_open_and_costs_nothing_else() -> None:
    found = BARS.calculate(given_inputs(BARS, x=5))
    assert found.results["odd"] is None
    assert found.results["high"] is not None
    assert found.sentence is not None
    spoilt = calculator("calculator_bars", sentence=both("odd {odd}"))
    assert spoilt.calculate(given_inputs(spoilt, x=5)).sentence is None
    assert spoilt.calculate(given_inputs(spoilt, x=4.5)).sentence is not None


def test_what_follows_from_what_cannot_be_computed_cannot_be_computed_either() -> None:
    results = [*bars_spec()["results"], {"id": "more", "label": both("more"), "formula": "odd + 1"}]
    assert calculator("calculator_bars", results=results).work_out({"x": 5})["more"] is None


# What an author may not write.


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("points", 2, "points: nothing is kept"),
        ("inputs", [], "inputs"),
        ("inputs", calculator_spec()["inputs"] * 5, "inputs"),
        ("results", [], "results"),
        ("results", calculator_spec()["results"] * 5, "results"),
        ("inputs.1.id", "n", "inputs and results: ids used twice: n"),
        ("results.0.id", "n", "inputs and results: ids used twice: n"),
        ("inputs.0.id", "if", "inputs and results: if means something in formulas"),
        ("inputs.0.id", "sqrt", "inputs and results: sqrt means something"),
        ("inputs.0.highest", 1, "inputs.0: highest: must be above lowest"),
        ("inputs.0.step", 0, "inputs.0.step"),
        ("inputs.0.step", 3, "inputs.0: step: must go into the range"),
        ("inputs.0.step", 0.0001, "inputs.0: step: must go into the range"),
        ("inputs.0.highest", 1e13, "inputs.0.highest"),
        ("inputs.0.start", 102, "inputs.0: start: "),
        ("inputs.0.start", 1.5, "inputs.0: start: "),
        ("inputs.1.digits", 0, "inputs.1: digits: 0 are too few to show step, 0.5"),
        ("inputs.0.digits", 7, "inputs.0.digits"),
        ("inputs.0.format", "money", "inputs.0.format"),
        ("inputs.1.unit", both("%"), "inputs.1: unit: a percentage has its sign"),
        ("inputs.0.unit", "yuan", "inputs.0.unit"),
        ("results.0.formula", "p **", "results.0.formula: is no formula"),
        ("results.0.formula", "open(n)", "results.0.formula: “open” is no function"),
        ("results.0.formula", "p ** m", "results.clean: formula: “m” is no input and no result further up"),
        ("results.0.formula", "n + p + cost", "results.clean: formula: “cost” is no input and no result further up"),
        ("results.0.formula", "n + p + clean", "results.clean: formula: “clean” is no input"),
        ("results.0.formula", "n / (p - 0.98)", "results.clean: formula: divides by zero (at n = 10, p = 0.98)"),
        ("results.0.formula", "n / (1 - p)", "results.clean: formula: divides by zero (at n = 1, p = 1)"),
        ("results.0.formula", "p / (n - 74)", "results.clean: formula: divides by zero (at n = 74, p = 0.98)"),
        ("results.0.formula", "p / (n - 51)", "results.clean: formula: divides by zero (at n = 51, p = 0.98)"),
        ("results.0.formula", "n * 2e14 * p", "results.clean: formula: gives 1.96e+15, which nobody can read (at n = 10, p = 0.98)"),
        ("results.0.formula", "10 ** (n * 40) * p", "results.clean: formula: grows too large (at n = 10, p = 0.98)"),
        ("results.0.formula", "n * 0.1", "inputs.p: no formula uses it"),
        ("sentence.en", "{n} of {m}", "sentence.en: {m} is no input and no result"),
        ("sentence.zh", "{n!r}", "sentence.zh: braces hold the id"),
        ("sentence.zh", "{n:.2f}", "sentence.zh: braces hold the id"),
        ("sentence.zh", "{n.real}", "sentence.zh: braces hold the id"),
        ("sentence.zh", "{}", "sentence.zh: braces hold the id"),
        ("sentence.zh", "{{n}}", "sentence.zh: braces hold the id"),
        ("chart.form", "pie", "chart.form"),
        ("chart.over", "clean", "chart.over: clean is no input"),
        ("chart.show", [], "chart.show"),
        ("chart.show", ["n"], "chart.show: n is no result"),
        ("chart.show", ["clean", "clean"], "chart: show: ids used twice: clean"),
        ("chart.show", ["clean", "cost"], "chart.show: results on one axis must have the same unit and format"),
        ("chart.categories", both("x"), "chart: a line needs over"),
        ("chart.sort", True, "chart: show: a line chart has at most 4 lines, and nothing to sort"),
        ("presets.0.inputs", {}, "presets.0.inputs"),
        ("presets.0.inputs", {"m": 1}, "presets.many: m is no input"),
        ("presets.0.inputs", {"n": 102}, "presets.many: n is no input, or 102 is no value that it can have"),
        ("presets", calculator_spec()["presets"] * 2, "presets: ids used twice: many"),
    ],
)
def test_a_calculator_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, says: str) -> None:
    spec = {**calculator_spec(), "points": 0}
    spec["chart"] |= {"categories": None, "sort": False}
    assert refusal(tmp_path, changed(spec, path, value)).startswith(says)


@pytest.mark.parametrize("field", ["inputs", "results", "sentence", "chart.axis", "inputs.0.start", "results.0.formula", "presets.0.label"])
def test_a_missing_field_is_named(tmp_path: Path, field: str) -> None:
    assert refusal(tmp_path, without(calculator_spec(), field)) == f"{field}: is missing; add it"


def test_a_line_needs_an_input_to_run_over_and_bars_a_name_for_what_they_are(tmp_path: Path) -> None:
    assert refusal(tmp_path, without(calculator_spec(), "chart.over")).startswith("chart: a line needs over")
    assert refusal(tmp_path, without(bars_spec(), "chart.categories")).startswith("chart: a line needs over")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_chart_shows_has_labels_that_differ(tmp_path: Path, language: Language) -> None:
    spec = changed(bars_spec(), f"results.2.label.{language}", both("low")[language])  # plotly would draw one bar over the other
    assert refusal(tmp_path, spec).startswith(f"chart.show: several results are called “{both('low')[language]}”")


def test_what_may_be_left_out_may() -> None:
    spec = calculator_spec()
    for field in ("case", "presets", "chart", "caveat", "source"):
        del spec[field]
    assert not Calculator.read({"id": "m01.bare", **spec}).draws


def test_the_skeleton_is_a_calculator_that_uses_a_chart(tmp_path: Path) -> None:
    path = tmp_path / "m03" / "clean_day.yaml"
    path.parent.mkdir()
    path.write_bytes(SKELETON.read_bytes())
    assert catalog.read_activity(path).draws
