from __future__ import annotations

import json
from typing import Any

import pytest

from course import catalog, charts, words
from course.activities import Answer, Figure, Scale, ScaleAnswer
from course.charts.template import MIME, PALETTE, template
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, both, figure, scale

STATEMENTS = scale("statements")
FIGURE = figure("figure")
ANSWER = STATEMENTS.read_answer(COMPLETE["statements"])
CONTENT = [catalog.read_activity(path) for path in catalog.activity_files()]
SCALES = [activity for activity in CONTENT if isinstance(activity, Scale)]
FIGURES = [activity for activity in CONTENT if isinstance(activity, Figure)]


def drawn(bundle: dict[str, Any] | None) -> dict[str, Any]:
    assert bundle is not None
    chart: dict[str, Any] = bundle[MIME]
    return chart


def one_line(text: str) -> str:
    """A text without its line breaks and spaces: charts break their titles to fit narrow screens."""
    return text.replace("<br>", "").replace(" ", "")


def titles(chart: dict[str, Any]) -> list[str]:
    """Title, title of the value axis and title of the other axis, each in one line. Bars lie, so values run along x."""
    layout = chart["layout"]
    return [one_line(part["title"]["text"]) for part in (layout, layout["xaxis"], layout["yaxis"])]


def without_groups() -> Scale:
    return scale("statements", groups=[])


def full(activity: Scale) -> ScaleAnswer:
    """Every line rated, one after the other with the values in turn."""
    ratings = {item.id: activity.values[n % len(activity.values)] for n, item in enumerate(activity.items)}
    answer: ScaleAnswer = activity.read_answer({"ratings": ratings})
    return answer


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_with_groups_has_a_bar_a_group_longest_first(language: Language) -> None:
    [bars] = drawn(charts.chart(STATEMENTS, ANSWER, language))["data"]
    assert bars["type"] == "bar"
    assert bars["orientation"] == "h"
    assert list(zip(bars["y"], bars["x"], strict=True)) == [(both("late")[language], 4.5), (both("early")[language], 1.5)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_without_groups_has_a_bar_a_line_longest_first(language: Language) -> None:
    [bars] = drawn(charts.chart(without_groups(), ANSWER, language))["data"]
    assert bars["x"] == [5, 4, 2, 1]
    assert [label.partition(".")[0] for label in bars["y"]] == ["4", "3", "2", "1"]


def test_the_first_bar_stands_at_the_top() -> None:
    assert drawn(charts.chart(STATEMENTS, ANSWER, "en"))["layout"]["yaxis"]["autorange"] == "reversed"


def test_lines_of_equal_length_keep_their_order() -> None:
    answer = STATEMENTS.read_answer({"ratings": dict.fromkeys("abcd", 3)})
    [bars] = drawn(charts.chart(without_groups(), answer, "en"))["data"]
    assert [label.partition(".")[0] for label in bars["y"]] == ["1", "2", "3", "4"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scale_chart_has_a_title_and_two_axis_titles(language: Language) -> None:
    axis = say(language, "scale.chart_axis", lowest=1, highest=5)
    title = both("scale title")[language]
    grouped = [say(language, "scale.group_title", title=title), axis, say(language, "scale.group_axis")]
    single = [say(language, "scale.item_title", title=title), axis, say(language, "scale.item_axis")]
    assert titles(drawn(charts.chart(STATEMENTS, ANSWER, language))) == [one_line(text) for text in grouped]
    assert titles(drawn(charts.chart(without_groups(), ANSWER, language))) == [one_line(text) for text in single]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_has_its_title_its_axis_titles_and_every_value(language: Language) -> None:
    chart = drawn(charts.chart(FIGURE, Answer(), language))
    assert titles(chart) == [one_line(both(name)[language]) for name in ("figure title", "share (%)", "what happened")]
    assert [(bars["name"], bars["x"]) for bars in chart["data"]] == [
        (both("now")[language], [1, 2.5, 3]),
        (both("then")[language], [4, 5, 6]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figures_bars_stand_in_the_order_of_its_categories(language: Language) -> None:
    chart = drawn(charts.chart(FIGURE, Answer(), language))
    wanted = [one_line(both(f"category {c}")[language]) for c in "abc"]
    assert [[one_line(label) for label in bars["y"]] for bars in chart["data"]] == [wanted, wanted]


def test_bars_begin_at_zero() -> None:
    assert drawn(charts.chart(FIGURE, Answer(), "en"))["layout"]["xaxis"]["rangemode"] == "tozero"
    assert drawn(charts.chart(STATEMENTS, ANSWER, "en"))["layout"]["xaxis"]["range"][0] == 0


def test_series_differ_by_more_than_their_colour() -> None:
    shapes = [bars["marker"]["pattern"]["shape"] for bars in drawn(charts.chart(FIGURE, Answer(), "en"))["data"]]
    assert len(set(shapes)) == len(shapes) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_comes_with_its_words(language: Language) -> None:
    assert charts.chart(STATEMENTS, ANSWER, language)["text/plain"] == words.summary(STATEMENTS, ANSWER, language)
    assert both("figure title")[language] in charts.chart(FIGURE, Answer(), language)["text/plain"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_are_plain_json_and_the_same_every_time(language: Language) -> None:
    def draw() -> list[dict[str, Any]]:
        return [charts.chart(STATEMENTS, ANSWER, language), charts.chart(FIGURE, Answer(), language)]

    for first, second in zip(draw(), draw(), strict=True):
        assert set(first) == {MIME, "text/plain"}
        assert json.loads(json.dumps(first, allow_nan=False)) == first
        assert json.dumps(first) == json.dumps(second)


def test_charts_wear_the_courses_template_and_no_tool_bar() -> None:
    chart = drawn(charts.chart(FIGURE, Answer(), "en"))
    assert chart["layout"]["template"] == template("en")
    assert chart["config"]["displayModeBar"] is False


def test_colours_are_told_apart() -> None:
    assert len(set(PALETTE)) == len(PALETTE)
    assert template("zh")["layout"]["colorway"] == list(PALETTE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bars_whose_labels_begin_alike_stay_apart(language: Language) -> None:
    start = {"zh": "在客户走进门口以前我已经准备好了的那些事情", "en": "What I have ready long before the customer walks in at the door"}
    ends = {"zh": ["：笑容", "：资料"], "en": [": a smile", ": the papers"]}
    groups = [
        {"id": name, "title": {lang: start[lang] + ends[lang][n] for lang in LANGUAGES}, "items": items}
        for n, (name, items) in enumerate({"smile": ["a", "b"], "papers": ["c", "d"]}.items())
    ]
    [bars] = drawn(charts.chart(scale("statements", groups=groups), ANSWER, language))["data"]
    assert len(set(bars["y"])) == 2


# The course's own content.


@pytest.mark.parametrize("activity", SCALES, ids=lambda activity: activity.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_scale_of_the_course_can_be_drawn_with_a_bar_for_each_label(activity: Scale, language: Language) -> None:
    [bars] = drawn(charts.chart(activity, full(activity), language))["data"]
    assert len(set(bars["y"])) == len(bars["x"]) == len(activity.groups or activity.items)
    assert bars["x"] == sorted(bars["x"], reverse=True)


@pytest.mark.parametrize("activity", FIGURES, ids=lambda activity: activity.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_course_can_be_drawn_with_a_place_for_each_category(activity: Figure, language: Language) -> None:
    chart = drawn(charts.chart(activity, Answer(), language))
    assert all(len(set(bars["y"])) == len(activity.categories) for bars in chart["data"])
    assert all(titles(chart))
