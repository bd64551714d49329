from __future__ import annotations

import json
from typing import Any

import pytest

from course import catalog
from course.activities import Rubric
from course.context import Context
from course.drawer import drawer_for
from course.language import LANGUAGES, Language, say
from course.widgets.rubric import RubricView

ACTIVITY = catalog.activity("gallery.rubric")
assert isinstance(ACTIVITY, Rubric)


def opened(context: Context, language: Language = "en") -> RubricView:
    return RubricView(ACTIVITY, drawer_for(ACTIVITY, Context(context.here)), language)


def sheet(rater: str, grade: int, **more: Any) -> dict[str, Any]:
    return {"rater": rater, "of": "", "by": "", "grades": dict.fromkeys(ACTIVITY.ids, grade), "remark": "", **more}


def answer(view: RubricView, **sheets: Any) -> dict[str, Any]:
    view._receive(None, {"do": "answer", "answer": {"sheets": sheets}, "view": "v", "seq": 1}, [])
    return dict(view.state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_two_sheets_reaches_the_page_in_words(lesson: Context, language: Language) -> None:
    view = opened(lesson, language)
    assert (view.state["agreement"], view.state["rows"], view.state["left_out"]) == (None, [], None)
    state = answer(view, s1=sheet("self", 5), s2=sheet("peer", 3))
    count = len(ACTIVITY.items)
    assert say(language, "rubric.agree_talk", n=count) in state["agreement"]
    assert [row["talk"] for row in state["rows"]] == [True] * count
    assert state["rows"][0]["verdict"] == say(language, "rubric.talk", n=2)
    assert [total["points"] for total in state["feedback"]["sheets"]] == [25, 15]
    assert state["feedback"]["note"] == ACTIVITY.note.of(language)  # type: ignore[union-attr]
    assert json.loads(json.dumps(state)) == state


def test_sheets_about_different_people_are_said_to_be_apart(lesson: Context) -> None:
    state = answer(opened(lesson), s1=sheet("peer", 5, of="LM"), s2=sheet("peer", 3, of="WF"))
    assert (state["agreement"], state["left_out"]) == (None, say("en", "rubric.left_out", n=2))


def test_sheets_of_two_pages_are_both_kept(lesson: Context) -> None:
    one, other = opened(lesson), opened(lesson)
    answer(one, s1=sheet("self", 5))
    state = answer(other, s2=sheet("peer", 3))
    assert set(state["answer"]["sheets"]) == {"s1", "s2"}
    assert state["rebuild"] is True
    assert state["agreement"]


def test_more_sheets_than_the_page_offers_are_kept_and_shown(lesson: Context) -> None:
    state = answer(opened(lesson), **{f"s{n}": sheet("self" if n < 2 else "peer", 3) for n in range(ACTIVITY.most_sheets + 3)})
    assert state["status"]["kind"] == "saved"
    assert len(state["feedback"]["sheets"]) == ACTIVITY.most_sheets + 3
