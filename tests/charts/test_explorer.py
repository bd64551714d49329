from __future__ import annotations

import json
from typing import Any

import pytest

from course import charts, exploring
from course.charts.template import MIME
from course.language import LANGUAGES, Language
from tests.samples import COMPLETE, SPECS, explorer

NAMES = sorted(name for name in SPECS if name.startswith("explorer_"))


def drawn(name: str, language: Language = "en", **answer: Any) -> dict[str, Any]:
    kind = explorer(name)
    bundle = charts.chart(kind, kind.read_answer(answer), language)
    assert bundle is not None
    chart: dict[str, Any] = bundle[MIME]
    return chart


def plain(text: str) -> str:
    return text.replace("<br>", "").replace(" ", "")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("complete", [False, True])
def test_every_chart_has_its_titles_and_the_numbers_of_the_table(name: str, language: Language, complete: bool) -> None:
    kind, answer = explorer(name), COMPLETE[name] if complete else {}
    finding = exploring.find(kind, kind.read_answer(answer), language)
    chart = drawn(name, language, **answer)
    assert plain(chart["layout"]["title"]["text"]) == plain(finding.caption)
    assert chart["layout"]["xaxis"]["title"]["text"]
    assert chart["layout"]["yaxis"]["title"]["text"]
    assert finding.drawing is not None
    cells = {text for row in finding.texts for text in row}
    for part, trace in zip(finding.drawing.series, chart["data"], strict=True):
        assert trace["customdata"] == list(part.texts)
        assert finding.drawing.form == "curve" or set(part.texts) <= cells


@pytest.mark.parametrize("name", NAMES)
def test_charts_are_plain_json_and_the_same_every_time(name: str) -> None:
    def draw() -> str:
        exploring._find.cache_clear()
        kind = explorer(name)
        return json.dumps(charts.chart(kind, kind.read_answer(COMPLETE[name]), "zh"), allow_nan=False)

    first = draw()
    assert first == draw()
    assert "bdata" not in first  # arrays as base64 may differ between machines


def test_bars_lie_and_begin_at_their_base() -> None:
    [bars] = drawn("explorer_grouped")["data"]
    assert (bars["orientation"], bars["base"], bars["x"][0]) == ("h", 0, 118)
    [bars] = drawn("explorer_seasonality")["data"]
    assert (bars["base"], bars["x"][0]) == (100, pytest.approx(65.102))
    assert bars["text"][0] == "165.1"


def test_series_differ_by_more_than_their_colour() -> None:
    four = drawn("explorer_grouped", chosen={"by": "outlet", "split": "channel"})
    shapes = [trace["marker"]["pattern"]["shape"] for trace in four["data"]]
    assert len(set(shapes)) == len(shapes) == 4
    lines = drawn("explorer_grouped", chosen={"by": "received", "split": "outlet"})
    assert len({(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in lines["data"]}) == 3
    assert four["layout"]["legend"]["entrywidth"] == 1


def test_a_pareto_chart_has_a_second_axis_in_percent_and_a_line_at_80() -> None:
    chart = drawn("explorer_pareto")
    bars, line = chart["data"]
    assert (bars["type"], line["type"], line["xaxis"], line["x"][-1]) == ("bar", "scatter", "x2", 1)
    assert (chart["layout"]["xaxis2"]["tickformat"], chart["layout"]["xaxis2"]["side"]) == (".0%", "top")
    assert [(shape["xref"], shape["x0"], shape["x1"]) for shape in chart["layout"]["shapes"]] == [("x2", 0.8, 0.8)]


def test_many_groups_make_a_curve_from_nothing_to_all() -> None:
    chart = drawn("explorer_pareto", chosen={"by": "customer", "measure": "amount"})
    [curve] = chart["data"]
    assert (curve["x"][0], curve["x"][-1], curve["y"][0], curve["y"][-1]) == (0, 1, 0, 1)
    assert curve["y"] == sorted(curve["y"])
    assert chart["layout"]["shapes"][0]["y0"] == 0.8


def test_gaps_have_their_intervals_as_whiskers() -> None:
    [bars] = drawn("explorer_gaps")["data"]
    assert bars["y"][0] == "Responsiveness"
    assert (bars["error_x"]["array"][0], bars["error_x"]["arrayminus"][0]) == (pytest.approx(0.14, abs=0.01), pytest.approx(0.14, abs=0.01))
    assert "text" not in bars


def test_the_strongest_lag_is_marked_by_colour_pattern_and_sign() -> None:
    [bars] = drawn("explorer_lags")["data"]
    assert [place for place, shape in enumerate(bars["marker"]["pattern"]["shape"]) if shape] == [3]
    assert len(set(bars["marker"]["color"])) == 2
    assert [text for text in bars["text"] if "◀" in text] == ["0.85 ◀"]


def test_kappas_stand_beside_the_kappa_of_all() -> None:
    chart = drawn("explorer_agreement")
    assert chart["layout"]["shapes"][0]["x0"] == pytest.approx(0.59, abs=0.005)
    assert chart["layout"]["annotations"][0]["text"] == "All together"


def test_at_most_fifteen_bars_are_drawn() -> None:
    [bars] = drawn("explorer_basket")["data"]
    assert len(set(bars["y"])) == len(bars["x"]) == 15


def test_long_labels_get_room() -> None:
    one, three = (drawn("explorer_gaps", chosen={"dimension": by})["layout"]["height"] for by in ("dimension", "item"))
    assert three > one + 42 * (15 - 5) * 1.5


@pytest.mark.parametrize("name", ["explorer_basket"])
def test_nothing_found_is_no_chart(name: str) -> None:
    kind = explorer(name)
    assert charts.chart(kind, kind.read_answer({"chosen": {"support": "1"}}), "zh") is None


def test_an_axis_has_a_length_even_where_no_bar_has_any() -> None:
    chart = drawn("explorer_churn", chosen={"factor": "100", "count": "district"})
    assert set(chart["data"][0]["x"]) == {0}
    low, high = chart["layout"]["xaxis"]["range"]
    assert low < high
