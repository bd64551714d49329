from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import catalog, charts, words
from course.activities import Rubric
from course.charts.rubric import TOUCHING
from course.charts.template import MIME
from course.language import LANGUAGES, Language, say
from tests.samples import Spec, both, rubric
from tests.samples.rubrics import sheet

PRACTICE = rubric("rubric")
CONTENT = [activity for path in catalog.activity_files() if isinstance(activity := catalog.read_activity(path), Rubric)]


def drawn(*sheets: Spec, language: Language = "en") -> dict[str, Any]:
    answer = PRACTICE.read_answer({"sheets": {f"s{n}": one for n, one in enumerate(sheets, start=1)}})
    bundle = charts.chart(PRACTICE, answer, language)
    assert bundle is not None
    assert bundle["text/plain"] == words.summary(PRACTICE, answer, language)
    chart: dict[str, Any] = bundle[MIME]
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
    return chart


def one_line(text: str) -> str:
    return text.replace("<br>", "").replace(" ", "").replace("\u00a0", "")


def dots(chart: dict[str, Any]) -> list[dict[str, Any]]:
    return [trace for trace in chart["data"] if trace["mode"] == "markers"]


@pytest.mark.parametrize("sheets", [{}, {"s1": sheet("4444", "self")}, {"s1": sheet("4444", "self"), "s2": sheet("444-")}])
def test_nothing_is_drawn_before_there_is_something_to_compare(sheets: Spec) -> None:
    assert charts.chart(PRACTICE, PRACTICE.read_answer({"sheets": sheets}), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_rater_has_a_dot_on_every_line_and_the_largest_difference_stands_on_top(language: Language) -> None:
    chart = drawn(sheet("4431", "self"), sheet("4415", by="WF"), language=language)
    own, peer = dots(chart)
    assert (own["name"], peer["name"]) == (say(language, "rubric.voice_self"), f"{say(language, 'rubric.voice_peer')} WF")
    assert (own["x"], peer["x"]) == ([1, 3, 4, 4], [5, 1, 4, 4])
    assert [label.partition(".")[0] for label in chart["layout"]["yaxis"]["ticktext"]] == ["4", "3", "1", "2"]
    top, bottom = chart["layout"]["yaxis"]["range"][::-1]
    assert top < 0 < 3 < bottom


def test_a_bar_joins_the_lowest_and_the_highest_dot_of_each_line() -> None:
    bars = drawn(sheet("4431", "self"), sheet("4415"), sheet("4423", "trainer"))["data"][0]
    assert bars["mode"] == "lines"
    assert bars["x"] == [1, 5, None, 1, 3, None, 4, 4, None, 4, 4, None]
    assert bars["y"] == [0, 0, None, 1, 1, None, 2, 2, None, 3, 3, None]


def test_raters_differ_by_symbol_and_by_colour() -> None:
    marks = [
        (trace["marker"]["symbol"], trace["marker"]["color"]) for trace in dots(drawn(sheet("4431", "self"), sheet("4415"), sheet("1423")))
    ]
    assert len({symbol for symbol, _ in marks}) == len({colour for _, colour in marks}) == 3


grades = st.lists(st.integers(1, 5), min_size=4, max_size=4).map(lambda found: "".join(map(str, found)))


@given(st.lists(grades, min_size=2, max_size=5))
def test_no_dot_hides_another(rows: list[str]) -> None:
    chart = drawn(sheet(rows[0], "self"), *(sheet(row, by="WF", of="LM") for row in rows[1:]))
    for one, other in combinations(dots(chart), 2):
        for x, y, across, down in zip(one["x"], one["y"], other["x"], other["y"], strict=True):
            assert abs(x - across) >= TOUCHING or abs(y - down) >= 0.15


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_axis_with_words_and_room_for_the_names(language: Language) -> None:
    two, three = (
        drawn(*sheets, language=language)
        for sheets in ([sheet("4431", "self"), sheet("4415")], [sheet("4431"), sheet("4415"), sheet("1111", "self")])
    )
    layout = two["layout"]
    assert one_line(both("rubric title")[language]) in one_line(layout["title"]["text"])
    assert one_line(f"1={both('level 1')[language]}5={both('level 5')[language]}") in one_line(layout["xaxis"]["title"]["text"])
    assert layout["xaxis"]["tickvals"] == [1, 2, 3, 4, 5]
    assert layout["yaxis"]["title"]["text"] == say(language, "rubric.item_axis")
    assert three["layout"]["margin"]["t"] > layout["margin"]["t"]


def test_the_legend_stands_under_the_title_with_a_mark_and_a_colour_for_each_name() -> None:
    chart = drawn(sheet("4431", "self"), sheet("4415", by="<b>W&F"))
    lines = chart["layout"]["title"]["text"].split("<br>")[-2:]
    for line, mark, trace in zip(lines, "●◆", dots(chart), strict=True):
        assert f'color:{trace["marker"]["color"]}">{mark}</span> {trace["name"]}' in line
    assert "colleague &lt;b&gt;W&amp;F" in lines[1]
    assert chart["layout"]["showlegend"] is False


@pytest.mark.parametrize("activity", CONTENT, ids=lambda activity: activity.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rubric_of_the_course_can_be_drawn(activity: Rubric, language: Language) -> None:
    filled = {f"s{n}": {"rater": activity.raters[n % len(activity.raters)], "grades": dict.fromkeys(activity.ids, n + 1)} for n in range(2)}
    bundle = charts.chart(activity, activity.read_answer({"sheets": filled}), language)
    assert bundle is not None
    assert len(set(bundle[MIME]["layout"]["yaxis"]["ticktext"])) == len(activity.items)
