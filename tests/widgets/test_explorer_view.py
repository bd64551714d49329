"""The explorer's view: what is chosen is kept, the finding follows, what cannot be is told in words."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from course import catalog, notebook
from course.context import Context
from course.drawer import drawer_for
from course.language import LANGUAGES, Language, say
from course.widgets.explorer import MOST_ROWS, ExplorerView
from tests.samples import explorer
from tests.widgets.test_view import answer, assert_error, opened, saved_in, send

NAME = "gallery.explorer"


def of(name: str, context: Context, language: Language = "en", **changes: Any) -> ExplorerView:
    kind = explorer(name, **changes)
    return ExplorerView(kind, drawer_for(kind, Context(context.here)), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_shows_where_it_starts(lesson: Context, language: Language) -> None:
    view = opened(NAME, lesson, language)
    assert view.state["chosen"] == {"by": "outlet", "split": "none", "aggregation": "median", "measure": "first_reply_hours"}
    assert view.state["rows"][0][0] == {"zh": "车站店", "en": "Station"}[language]
    assert (view.state["idle"], view.state["status"]["kind"]) == ([], "empty")
    assert view.state["filtered"] == say(language, "explorer.filters_all")
    assert [choice["id"] for choice in view.content["choices"]] == ["by", "split", "aggregation", "measure"]


def test_a_choice_is_kept_and_changes_table_and_sentence(lesson: Context) -> None:
    view = opened(NAME, lesson, "en")
    before = view.state["sentence"]
    state = answer(view, {"chosen": {"by": "cause", "aggregation": "count"}, "filters": {"outlet": ["station"]}})
    assert state["status"]["kind"] == "saved"
    assert state["sentence"] != before
    assert state["idle"] == ["measure"]
    assert state["filtered"] == "Filter: Outlet: only Station"
    assert saved_in(view) == {"chosen": {"by": "cause", "aggregation": "count"}, "filters": {"outlet": ["station"]}}
    again = opened(NAME, lesson, "en")
    assert [again.state[field] for field in ("chosen", "rows", "caption")] == [state[field] for field in ("chosen", "rows", "caption")]


def test_going_back_is_an_empty_answer_and_needs_no_restart(lesson: Context) -> None:
    view = opened(NAME, lesson)
    first = dict(view.state)
    answer(view, {"chosen": {"by": "cause"}, "filters": {"outlet": ["station"]}})
    state = answer(view, {"chosen": {}, "filters": {}})
    assert [state[field] for field in ("chosen", "rows", "filtered")] == [first[field] for field in ("chosen", "rows", "filtered")]
    assert saved_in(view) == {"chosen": {}, "filters": {}}
    assert view.content["again"] is False
    assert_error(send(view, {"do": "restart"}), "zh")


def test_two_pages_choose_different_things_and_both_stay(lesson: Context) -> None:
    one, other = opened(NAME, lesson), opened(NAME, lesson)
    answer(one, {"chosen": {"by": "cause"}})
    state = answer(other, {"chosen": {"split": "repeat_contact"}, "filters": {"outlet": ["station"]}})
    assert (state["chosen"]["by"], state["chosen"]["split"], state["rebuild"]) == ("cause", "repeat_contact", True)


def test_nothing_left_keeps_what_is_chosen_and_says_so(lesson: Context) -> None:
    view = opened(NAME, lesson)
    state = answer(view, {"filters": {"received": ["2025-12-01", "2025-01-01"]}})
    assert (state["status"]["kind"], state["rows"], state["sentence"]) == ("saved", [], say("zh", "explorer.nothing"))
    assert state["answer"]["filters"] == {"received": ["2025-12-01", "2025-01-01"]}


def test_numbers_stand_to_the_right_and_names_do_not(lesson: Context) -> None:
    columns = of("explorer_pareto", lesson).state["columns"]
    assert [column["numeric"] for column in columns] == [True, False, True, True, True]


def test_a_table_too_long_to_read_is_cut_and_says_so(lesson: Context) -> None:
    analysis = {"name": "pareto", "by": ["receipt"]}
    state = of("explorer_pareto", lesson, analysis=analysis).state
    assert len(state["rows"]) == MOST_ROWS
    assert state["notes"][-1] == say("en", "explorer.cut", n=MOST_ROWS)


def test_content_explains_columns_and_says_that_the_data_are_made_up(lesson: Context) -> None:
    view = of("explorer_basket", lesson)
    assert ["Lift", say("en", "explorer.mean_lift")] in view.content["meanings"]
    assert view.content["about"][-1].startswith("A program made up these data")


def test_a_specification_that_does_not_fit_is_told_in_words(
    learner: Path, lesson: Context, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = explorer("explorer_lags", dataset="weather")
    monkeypatch.setattr(catalog, "activity", lambda _: wrong)
    monkeypatch.chdir(lesson.here)
    notebook.show("m01.explorer_lags")
    assert "there is no data set 'weather'" in capsys.readouterr().out


def test_showing_it_again_is_quick(lesson: Context) -> None:
    of("explorer_rfm", lesson)
    answers = [{"chosen": {"tier": tier}} for tier in ("core", "at_risk", "developing")]
    view = of("explorer_rfm", lesson, digits=2)
    took = []
    for given in answers:
        begin = time.perf_counter()
        answer(view, given)
        took.append(time.perf_counter() - begin)
    assert min(took) < 0.3
