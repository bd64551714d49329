from __future__ import annotations

import json
from typing import Any

import pytest

from course import catalog, charts, words
from course.activities import Scorecard
from course.charts.template import MIME
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, both, scorecard

PRACTICE = scorecard("scorecard")


def drawn(language: Language = "en", activity: Scorecard = PRACTICE, **rows: Any) -> dict[str, Any]:
    bundle = charts.chart(activity, activity.read_answer({"rows": rows}), language)
    assert bundle is not None
    chart: dict[str, Any] = bundle[MIME]
    return chart


def scored(*scores: str) -> dict[str, Any]:
    """Rows r0, r1, … with these scores, after the seeds were taken out."""
    rows: dict[str, Any] = {f"r{n}": {"moment": f"moment {n}", "score": score} for n, score in enumerate(scores)}
    return {"s1": None, "s2": None, **rows}


def traces(chart: dict[str, Any]) -> dict[str, list[Any]]:
    """The scores of each trace by its name."""
    return {trace["name"]: trace["x"] for trace in chart["data"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_curve_runs_through_the_scores_in_the_order_of_the_rows(language: Language) -> None:
    bundle = charts.chart(PRACTICE, PRACTICE.read_answer(COMPLETE["scorecard"]), language)
    assert bundle is not None
    line = bundle[MIME]["data"][0]
    assert (line["mode"], line["x"]) == ("lines+markers", [1, 3, -2])
    assert [label.partition(".")[0] for label in line["y"]] == ["1", "2", "3"]
    assert line["y"][1].replace("<br>", "") == "2.\u00a0paying"


def test_peak_end_and_low_moments_have_a_shape_of_their_own_and_the_first_two_a_word() -> None:
    chart = drawn(**scored("1", "3", "-1", "-2", "2"))
    found = traces(chart)
    peak, end, low = (say("en", f"scorecard.chart_{name}", threshold="−1") for name in ("peak", "end", "low"))
    assert (found[peak], found[end], found[low]) == ([3], [2], [-1, -2])
    symbols = [trace["marker"].get("symbol", "circle") for trace in chart["data"]]
    assert len(set(symbols)) == len(symbols) == 4
    assert {trace["name"]: trace.get("text") for trace in chart["data"] if trace["name"] in (peak, end)} == {peak: [peak], end: [end]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_end_is_the_peak_one_mark_says_both(language: Language) -> None:
    found = traces(drawn(language, **scored("1", "0", "3")))
    assert found[say(language, "scorecard.chart_peak_end")] == [3]
    assert {say(language, "scorecard.chart_peak"), say(language, "scorecard.chart_end")} & found.keys() == set()


def test_where_all_is_0_no_peak_is_marked() -> None:
    found = traces(drawn(**scored("0", "0")))
    assert say("en", "scorecard.chart_peak") not in found
    assert found[say("en", "scorecard.chart_end")] == [0]


def test_there_are_a_line_at_0_and_a_dashed_one_at_the_threshold() -> None:
    layout = drawn(**scored("1", "2"))["layout"]
    assert {(shape["x0"], shape["line"].get("dash")) for shape in layout["shapes"]} == {(0, None), (-1, "dash")}
    assert [note["text"] for note in layout["annotations"]] == [say("en", "scorecard.chart_low", threshold="−1")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_axes_have_their_words_and_the_whole_range(language: Language) -> None:
    layout = drawn(language, **scored("1", "2"))["layout"]
    title = say(language, "scorecard.chart_title", title=both("scorecard title")[language])
    assert layout["title"]["text"].replace("<br>", "").replace(" ", "") == title.replace(" ", "")
    assert (layout["xaxis"]["title"]["text"], layout["yaxis"]["title"]["text"]) == (both("axis")[language], both("Moment")[language])
    assert layout["xaxis"]["ticktext"] == ["−3", "−2", "−1", "0", "+1", "+2", "+3"]
    low, high = layout["xaxis"]["range"]
    assert low < -3 < 3 < high


def test_the_first_row_stands_at_the_top() -> None:
    bottom, top = drawn(**scored("1", "2", "3"))["layout"]["yaxis"]["range"]
    assert bottom > 2 > 0 > top


def test_rows_that_say_the_same_or_nothing_stay_apart() -> None:
    rows = {f"r{n}": {"moment": moment, "score": "1"} for n, moment in enumerate(["wait", "wait", "", "x" * 500, "等" * 500])}
    labels = drawn(**rows)["data"][0]["y"]
    assert len(set(labels)) == len(labels) == 5
    assert all(label.count("<br>") <= 1 for label in labels)


def test_what_a_learner_types_is_no_markup() -> None:
    rows = {"r1": {"moment": "<b>a</b>&", "score": "1"}, "r2": {"moment": "y", "score": "2"}}
    assert drawn(**rows)["data"][0]["y"][0] == "3.\u00a0&lt;b&gt;a&lt;/b&gt;&amp;"
    rows["r1"]["moment"] = "a<br>b"
    assert drawn(**rows)["data"][0]["y"][0] == "3.\u00a0a&lt;br&gt;b"


@pytest.mark.parametrize("rows", [{}, scored("1"), scored("9", "1")])
def test_without_two_scores_nothing_is_drawn(rows: dict[str, Any]) -> None:
    assert charts.chart(PRACTICE, PRACTICE.read_answer({"rows": rows}), "zh") is None


def test_a_table_without_a_curve_draws_nothing() -> None:
    canvas = scorecard("canvas")
    assert charts.chart(canvas, canvas.read_answer(COMPLETE["canvas"]), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_is_plain_json_with_its_words_and_the_same_every_time(language: Language) -> None:
    answer = PRACTICE.read_answer(COMPLETE["scorecard"])
    first, second = (charts.chart(PRACTICE, answer, language) for _ in range(2))
    assert first is not None
    assert json.dumps(first, allow_nan=False) == json.dumps(second)
    assert first["text/plain"] == words.summary(PRACTICE, answer, language)


def test_a_wide_range_has_three_ticks() -> None:
    columns = PRACTICE.model_dump(mode="json")["columns"]
    columns[2].update(lowest=-50, highest=100)
    wide = scorecard("scorecard", columns=[{key: value for key, value in column.items() if value not in (None, [])} for column in columns])
    assert drawn(activity=wide, **scored("-20", "80"))["layout"]["xaxis"]["tickvals"] == [-50, 0, 100]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_curve_of_the_course_can_be_drawn(language: Language) -> None:
    for path in catalog.activity_files():
        activity = catalog.read_activity(path)
        if isinstance(activity, Scorecard) and activity.curve:
            rows = {
                f"r{n}": {activity.curve.value: "1", activity.curve.label: "x" * 90} for n in range(activity.most - len(activity.seeds))
            }
            assert len(drawn(language, activity, **rows)["data"][0]["x"]) == len(rows)
