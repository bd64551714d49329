from __future__ import annotations

import json
from typing import Any

import pytest

from course import catalog, charts
from course.activities import Calculator
from course.charts.template import MIME, PALETTE
from course.language import LANGUAGES, Language, say
from tests.samples import both, calculator

LINE = calculator("calculator")
BARS = calculator("calculator_bars")


def drawn(activity: Calculator, language: Language = "en", **inputs: float) -> dict[str, Any]:
    bundle = charts.chart(activity, activity.read_answer({"inputs": inputs}), language)
    assert bundle is not None
    assert json.loads(json.dumps(bundle, allow_nan=False)) == bundle
    chart: dict[str, Any] = bundle[MIME]
    return chart


def one_line(text: str) -> str:
    return text.replace("<br>", "").replace(" ", "")


def titles(chart: dict[str, Any]) -> list[str]:
    layout = chart["layout"]
    return [one_line(part["title"]["text"]) for part in (layout, layout["xaxis"], layout["yaxis"])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_runs_over_the_whole_range_with_its_names_and_units(language: Language) -> None:
    chart = drawn(LINE, language, n=20)
    axis = {"zh": "{}（{}）", "en": "{} ({})"}[language].format(both("contacts")[language], both("times")[language])
    assert titles(chart) == [one_line(text) for text in (both("calculator title")[language], axis, both("chance (%)")[language])]
    line = chart["data"][-1]
    assert (line["x"][0], line["x"][-1]) == (1, 101)
    assert 50 <= len(line["x"]) <= 52
    assert line["y"] == [pytest.approx(0.98**x) for x in line["x"]]
    assert one_line(line["name"]) == one_line(both("all well")[language])


def test_what_is_set_now_is_marked_on_the_line_and_by_a_line_that_goes_up() -> None:
    chart = drawn(LINE, n=38)
    line, sizes = chart["data"][-1], chart["data"][-1]["marker"]["size"]
    assert [x for x, size in zip(line["x"], sizes, strict=True) if size] == [38]
    [shape] = chart["layout"]["shapes"]
    assert (shape["x0"], shape["x1"]) == (38, 38)


def test_the_start_values_stay_as_a_thin_grey_line_to_compare_with() -> None:
    before, now = drawn(LINE, p=0.99)["data"]
    assert before["name"] == say("en", "calculator.at_start")
    assert before["y"] == [pytest.approx(0.98**x) for x in before["x"]]
    assert now["y"] == [pytest.approx(0.99**x) for x in now["x"]]
    assert before["line"]["width"] < now["line"]["width"]


def test_lines_differ_by_more_than_their_colour_and_each_has_its_name() -> None:
    results = [{"id": f"r{n}", "label": both(f"result {n}"), "formula": f"n * p + {n}"} for n in range(4)]
    sample = calculator(
        "calculator",
        results=results,
        chart={"form": "line", "over": "n", "show": [f"r{n}" for n in range(4)], "axis": both("a")},
        sentence=both("s"),
    )
    chart = drawn(sample)
    lines = [line for line in chart["data"] if line["mode"] == "lines+markers"]
    assert len({line["line"]["dash"] for line in lines}) == len({line["marker"]["symbol"] for line in lines}) == 4
    assert [line["line"]["color"] for line in lines] == list(PALETTE[:4])
    assert sum(line.get("showlegend", True) for line in chart["data"]) == 5
    assert chart["layout"]["height"] > drawn(LINE)["layout"]["height"]


def test_percentages_and_thousands_are_written_as_such_along_the_axes() -> None:
    layout = drawn(LINE)["layout"]
    assert layout["yaxis"]["tickformat"] == ",.1~%"
    assert layout["xaxis"]["separatethousands"] is True


def test_the_axis_of_values_begins_at_zero() -> None:
    assert drawn(LINE)["layout"]["yaxis"]["rangemode"] == "tozero"
    low, high = drawn(BARS, x=3)["layout"]["xaxis"]["range"]
    assert low < -3 < 4500 < high


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_stand_longest_first_with_their_numbers(language: Language) -> None:
    chart = drawn(BARS, language, x=3)
    assert titles(chart) == [one_line(both(name)[language]) for name in ("calculator title", "amount", "what")]
    [bars] = chart["data"]
    assert bars["y"] == [both(name)[language] for name in ("high", "odd", "low")]
    assert bars["x"] == [4500, -0.5, -3]
    assert bars["text"] == ["4,500", "0", "−3"]


def test_bars_may_stand_in_the_order_given() -> None:
    plain = calculator(
        "calculator_bars", chart={"form": "bars", "show": ["low", "odd", "high"], "axis": both("a"), "categories": both("b")}
    )
    [bars] = drawn(plain, x=3)["data"]
    assert bars["y"] == ["low-en", "odd-en", "high-en"]


def test_what_cannot_be_computed_has_no_bar_and_no_number() -> None:
    [bars] = drawn(BARS, x=5)["data"]
    assert dict(zip(bars["y"], zip(bars["x"], bars["text"], strict=True), strict=True))["odd-en"] == (None, "")


def test_a_calculator_without_a_chart_draws_nothing() -> None:
    bare = calculator("calculator", chart=None)
    assert charts.chart(bare, bare.read_answer({}), "en") is None


CONTENT = [activity for activity in map(catalog.read_activity, catalog.activity_files()) if isinstance(activity, Calculator)]


@pytest.mark.parametrize("activity", CONTENT, ids=lambda activity: activity.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_calculator_of_the_course_can_be_drawn_at_both_ends_of_every_input(activity: Calculator, language: Language) -> None:
    for item in activity.inputs:
        for end in (item.lowest, item.highest):
            assert not activity.draws or all(titles(drawn(activity, language, **{item.id: end})))
