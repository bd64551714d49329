"""What is special about the view of a sorting: explanations only when asked, and two pages that fill one bin."""

from __future__ import annotations

from typing import Any

import pytest

from course import catalog
from course.activities import Sorting
from course.context import Context
from course.drawer import drawer_for
from course.language import LANGUAGES, Language
from course.widgets import VIEWS, View
from tests.samples import COMPLETE, Spec, sorting
from tests.widgets.test_view import answer, opened, saved_in, secrets, send, told

NAME = "gallery.sorting"
GALLERY = catalog.activity(NAME)
assert isinstance(GALLERY, Sorting)
RIGHT = {card: places[0] for card, places in GALLERY.own_key.items()}


def view_of(name: str, context: Context) -> View:
    activity = sorting(name)
    return VIEWS[Sorting](activity, drawer_for(activity, Context(context.here)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_reasons_come_only_once_all_is_placed_and_they_were_asked_for(lesson: Context, language: Language) -> None:
    view = opened(NAME, lesson, language)
    some = dict(list(RIGHT.items())[1:])
    for given in ({"placed": RIGHT}, {"placed": some, "compared": True}):
        assert answer(view, given)["feedback"] is None
        assert told(view, *secrets(GALLERY)) == []
    state = answer(view, {"placed": RIGHT, "compared": True})
    assert (state["feedback"]["right"], state["feedback"]["of"]) == (10, 10)
    assert len(told(view, *secrets(GALLERY))) == len(RIGHT)


def test_an_exercise_explains_nothing_and_has_no_button_for_it(lesson: Context) -> None:
    view = view_of("graded_sorting", lesson)
    state = answer(view, {**COMPLETE["graded_sorting"], "compared": True})
    assert (state["status"]["kind"], state["feedback"], state["open"]) == ("saved", None, [])
    assert (view.content["explains"], view.content["compares"]) == (False, False)


@pytest.mark.parametrize(("name", "compares"), [("sorting", True), ("sorting_choice", False)])
def test_practice_explains_itself_with_a_key_or_without(lesson: Context, name: str, compares: bool) -> None:
    view = view_of(name, lesson)
    assert (view.content["explains"], view.content["compares"]) == (True, compares)
    assert answer(view, COMPLETE[name])["feedback"] is not None


def test_two_pages_that_fill_one_bin_lose_no_card(lesson: Context) -> None:
    first, second = view_of("sorting_choice", lesson), view_of("sorting_choice", lesson)
    answer(first, {"placed": {"a": "one", "b": "one"}})
    state = answer(second, {"placed": {"c": "one", "d": "one"}})
    everything = dict.fromkeys("abcd", "one")
    assert (state["status"]["kind"], state["rebuild"], state["answer"]["placed"]) == ("saved", True, everything)
    assert saved_in(second)["placed"] == everything
    assert state["open"] == ["c", "d"]
    again = view_of("sorting_choice", lesson)
    assert (again.content["notice"], again.state["answer"]["placed"]) == (None, everything)
    mended = answer(again, {"placed": {"a": "one", "d": "one"}, "compared": True})
    assert (mended["open"], saved_in(again)["placed"]) == ([], {"a": "one", "d": "one"})


def test_a_restart_takes_all_cards_back(lesson: Context) -> None:
    view = opened(NAME, lesson)
    answer(view, {"placed": RIGHT, "compared": True})
    state = send(view, {"do": "restart"})
    assert (state["answer"], len(state["open"])) == ({"placed": {}, "compared": False}, len(RIGHT))


@pytest.mark.parametrize("placed", [{"when": "next"}, {"when": "none", "rain": "facts"}])
def test_a_card_that_two_pages_moved_lies_where_the_later_put_it(lesson: Context, placed: Spec) -> None:
    first, second = opened(NAME, lesson), opened(NAME, lesson)
    answer(first, {"placed": {"when": "heard", "sit": "heard"}})
    state: dict[str, Any] = answer(second, {"placed": placed})
    assert state["answer"]["placed"] == {"when": "heard", "sit": "heard", **placed}
