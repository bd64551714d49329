"""What is special about the view of a dialogue: it shows the talk so far and nothing of what lies ahead, and can always begin again."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import get_args

import pytest

from course import catalog
from course.activities import Dialogue
from course.activities.dialogue import Mood
from course.context import Context
from course.drawer import drawer_for
from course.language import LANGUAGES, Language
from course.widgets import VIEWS, View
from tests.samples import Spec, both, dialogue
from tests.widgets.test_view import answer, opened, saved_in, secrets, send, told

NAME = "gallery.dialogue"
GALLERY = catalog.activity(NAME)
assert isinstance(GALLERY, Dialogue)
WALK = list(GALLERY.best_path().lines)


def graded(context: Context) -> View:
    activity = dialogue("graded_dialogue")
    return VIEWS[Dialogue](activity, drawer_for(activity, Context(context.here)), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_answer_brings_what_the_customer_says_next_and_nothing_further(lesson: Context, language: Language) -> None:
    view = opened(NAME, lesson, language)
    assert isinstance(GALLERY, Dialogue)
    for n in range(len(WALK) + 1):
        state = answer(view, {"path": WALK[:n]}) if n else dict(view.state)
        here = GALLERY.talk(GALLERY.read_answer({"path": WALK[:n]}))
        assert state["talk"]["says"] == here.says.of(language)
        assert [choice["id"] for choice in state["talk"]["choices"]] == [choice.id for choice in here.choices]
        reached = {turn.says for turn in here.turns} | {here.says}
        ahead = [node.says.of(language) for node in GALLERY.nodes if node.says not in reached]
        assert told(view, *ahead) == []
        assert told(view, *secrets(GALLERY)) == []
    assert state["talk"]["ending"] is not None


def test_reasons_come_only_after_the_ending_and_when_asked_for(lesson: Context) -> None:
    view = opened(NAME, lesson)
    for given in ({"path": WALK}, {"path": WALK[:2], "reviewed": True}):
        assert answer(view, given)["feedback"] is None
        assert told(view, *secrets(GALLERY)) == []
    state = answer(view, {"path": WALK, "reviewed": True})
    assert (state["feedback"]["points"], state["feedback"]["best"]) == (10, 10)
    assert len(told(view, *secrets(GALLERY))) == len(WALK)


def test_the_replay_of_an_exercise_has_the_path_and_the_effects_alone(exercise: Context) -> None:
    view = graded(exercise)
    state = answer(view, {"path": ["rules", "own", "gift"], "reviewed": True})
    assert (state["status"]["kind"], state["feedback"], state["talk"]["replay"]) == ("saved", None, True)
    assert [turn["temper"] for turn in state["talk"]["turns"]] == [
        {"before": 6, "after": 9},
        {"before": 9, "after": 6},
        {"before": 6, "after": 6},
    ]
    page = json.dumps([{**view.content, "words": None}, view.state])
    assert [word for word in ('"why"', '"better"', '"best"', both("line offer")["en"]) if word in page] == []


def test_an_exercise_can_be_begun_again_and_the_last_talk_counts(exercise: Context) -> None:
    view = graded(exercise)
    assert view.content["again"] is True
    answer(view, {"path": ["rules", "shout"]})
    state = send(view, {"do": "restart", "view": "v", "seq": 2})
    assert (state["answer"], state["rebuild"], state["talk"]["turns"]) == ({"path": [], "reviewed": False}, True, [])
    answer(view, {"path": ["listen"]})
    assert saved_in(view) == {"path": ["listen"], "reviewed": False}
    entry = view.drawer.book.entry("graded_dialogue")
    assert entry is not None
    assert (entry.attempt, [old.answer["path"] for old in entry.earlier]) == (2, [["rules", "shout"]])


@pytest.mark.parametrize("bad", [{"path": ["own"]}, {"path": ["listen", "own"]}, {"path": ["rules", "shout", "shout"]}])
def test_a_line_that_cannot_be_said_is_an_error_and_the_talk_stands_as_it_was(exercise: Context, bad: Spec) -> None:
    view = graded(exercise)
    before = answer(view, {"path": ["rules"]})["talk"]
    state = answer(view, bad, seq=2)
    assert (state["status"]["kind"], state["talk"]) == ("error", before)
    assert saved_in(view)["path"] == ["rules"]


def test_every_mood_has_its_face() -> None:
    source = (files("course.widgets") / "dialogue.js").read_text(encoding="utf-8")
    faces = re.findall(r"^  (\w+): [`\"]", source.partition("const FACES")[2].partition("};")[0], re.MULTILINE)
    assert sorted(faces) == sorted(get_args(Mood))
