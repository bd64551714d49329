"""What the view of a scorecard adds: headings, choices, remarks, and an answer that two pages may change."""

from __future__ import annotations

from typing import Any

import pytest

from course.activities import Scorecard
from course.context import Context
from course.drawer import drawer_for
from course.language import LANGUAGES, Language, say
from course.widgets.scorecard import ScorecardView
from tests.samples import both, scorecard


def opened(context: Context, name: str = "scorecard", language: Language = "en", **changes: Any) -> ScorecardView:
    activity: Scorecard = scorecard(name, **changes)
    return ScorecardView(activity, drawer_for(activity, Context(context.here)), language)


def answer(view: ScorecardView, rows: dict[str, Any], *order: str, **more: Any) -> dict[str, Any]:
    view._receive(None, {"do": "answer", "answer": {"rows": rows, "order": list(order), **more}, "view": "v", "seq": 1}, [])
    return dict(view.state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_short_ranges_and_choices_are_chosen_from_and_long_ranges_typed(lesson: Context, language: Language) -> None:
    choices = opened(lesson, language=language).content["choices"]
    assert choices.keys() == {"channel", "score"}
    assert choices["channel"] == [["machine", both("option machine")[language]], ["face", both("option face")[language]]]
    assert choices["score"] == [["3", "+3"], ["2", "+2"], ["1", "+1"], ["0", "0"], ["-1", "−1"], ["-2", "−2"], ["-3", "−3"]]


@pytest.mark.parametrize(("highest", "listed"), [(11, True), (12, False)])
def test_eleven_numbers_are_listed_and_twelve_are_typed(lesson: Context, highest: int, listed: bool) -> None:
    column = {"id": "n", "title": both("n"), "type": "number", "lowest": 1, "highest": highest}
    view = opened(lesson, "ideas", columns=[column])
    assert ("n" in view.content["choices"]) is listed
    assert view.content["remarks"]["n"] == say("en", "scorecard.not_a_number", range=f"1 to {highest}")


def test_every_choice_that_the_page_offers_is_read(lesson: Context) -> None:
    view = opened(lesson)
    for value, _ in view.content["choices"]["score"]:
        assert answer(view, {"s1": {"score": value}})["feedback"]["rows"][0]["counts"] is True


def test_seeds_come_in_the_learners_language_and_are_not_in_the_answer(lesson: Context) -> None:
    for language in LANGUAGES:
        view = opened(lesson, language=language)
        assert view.content["seeds"][0] == {"id": "s1", "cells": {"moment": both("seed s1")[language], "channel": "machine"}}
        assert view.state["answer"] == {"rows": {}, "order": [], "asked": False}


def test_a_number_that_cannot_be_read_is_saved_as_typed_and_named(lesson: Context) -> None:
    state = answer(opened(lesson), {"r1": {"wait": "for ever"}})
    assert state["status"]["kind"] == "saved"
    assert state["answer"]["rows"] == {"r1": {"wait": "for ever"}}
    assert state["feedback"]["rows"][0]["unreadable"] == ["wait"]


def test_the_curve_comes_in_words_with_the_second_score(lesson: Context) -> None:
    view = opened(lesson)
    assert answer(view, {"s1": {"score": "-1"}})["feedback"]["curve"] is None
    curve = answer(view, {"s1": {"score": "-1"}, "s2": {"score": "2"}})["feedback"]["curve"]
    assert (curve["peak"]["label"], curve["end"]["value"], [moment["id"] for moment in curve["low"]]) == ("seed s2-en", 2, ["s1"])


def test_a_save_that_only_this_page_made_does_not_draw_the_page_anew(lesson: Context) -> None:
    view = opened(lesson)
    for rows, order in (({"r1": {"moment": "a"}}, ["s1", "s2", "r1"]), ({"r1": {"moment": "b"}, "s1": None}, ["r1", "s2"]), ({}, [])):
        assert answer(view, rows, *order)["rebuild"] is False


def test_rows_that_two_pages_add_are_both_kept_and_both_shown(lesson: Context) -> None:
    first = opened(lesson)
    answer(first, {"r1": {"moment": "a"}}, "s1", "s2", "r1")
    second = opened(lesson)
    answer(first, {"r1": {"moment": "a"}, "r2": {"moment": "b"}}, "s1", "s2", "r1", "r2")
    state = answer(second, {"r1": {"moment": "a"}, "r3": {"moment": "c"}}, "r3", "s1", "s2", "r1")
    assert state["rebuild"] is True
    activity = second.activity
    assert activity.row_ids(activity.read_answer(state["answer"])) == ["r3", "s1", "s2", "r1", "r2"]


def test_a_table_of_forty_full_rows_fits_into_an_answers_file(lesson: Context) -> None:
    columns = [{"id": f"c{n}", "title": both("x"), "type": "text"} for n in range(8)]
    view = opened(lesson, "ideas", columns=columns)
    rows = {f"r{n}": {f"c{m}": "字" * 2000 for m in range(8)} for n in range(40)}
    assert answer(view, rows)["status"]["kind"] == "saved"


def test_an_exercise_offers_no_example_and_a_lesson_does(lesson: Context, exercise: Context) -> None:
    assert opened(lesson).content["has_example"] is True
    view = opened(exercise, "graded_scorecard")
    assert view.content["has_example"] is False
    assert answer(view, {"s1": {"score": "1"}}, asked=True)["feedback"]["sample"] is None
