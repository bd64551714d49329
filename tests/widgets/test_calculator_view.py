"""The view of a calculator: what follows goes back with every message, and no file knows of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import catalog
from course.activities import Calculator
from course.charts.template import MIME
from course.context import Context
from course.drawer import NoDrawer, drawer_for
from course.language import LANGUAGES, Language, say
from course.notebook import Board, show
from course.widgets.calculator import CalculatorView

NAME = "gallery.calculator"


def opened(context: Context, language: Language = "en", **more: Any) -> CalculatorView:
    activity = catalog.activity(NAME)
    assert isinstance(activity, Calculator)
    return CalculatorView(activity, drawer_for(activity, context), language, **more)


def send(view: CalculatorView, inputs: Any, seq: int = 1) -> dict[str, Any]:
    view._receive(None, {"do": "answer", "answer": {"inputs": inputs}, "view": "v", "seq": seq}, [])
    return dict(view.state)


def everything_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("place", ["lesson", "exercise"])
def test_nothing_is_written_anywhere(request: pytest.FixtureRequest, learner: Path, place: str) -> None:
    context = request.getfixturevalue(place)
    before = everything_below(learner)
    view = opened(context)
    send(view, {"asked": 200})
    assert send(view, {"asked": 300})["answer"] == {"inputs": {"asked": 300}}
    assert everything_below(learner) == before
    assert opened(context).state["answer"] == {"inputs": {}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_nothing_is_kept_and_offers_no_new_attempt(lesson: Context, language: Language) -> None:
    view = opened(lesson, language)
    kept = {"kind": "empty", "text": say(language, "status.nothing_kept")}
    assert view.state["status"] == kept
    assert send(view, {"asked": 200})["status"] == kept
    assert (view.content["again"], view.content["stored"]) == (False, False)


def test_results_sentence_and_table_go_back_with_the_echo(lesson: Context) -> None:
    state = send(opened(lesson), {"slow": 0.25}, seq=7)
    assert state["echo"] == {"view": "v", "seq": 7}
    assert state["rebuild"] is False
    assert state["calculation"]["results"] == {"late": "900 people", "lost": "108.0 sales", "money": "28,080 yuan", "each": "31.2 yuan"}
    assert "28,080 yuan" in state["calculation"]["sentence"]
    assert state["calculation"]["rows"][2] == ["20%", "22,464 yuan"]


BAD = [
    {"nobody": 1},
    {"asked": 125},
    {"asked": 5000},
    {"asked": "200"},
    {"asked": True},
    {"asked": None},
    {"asked": [1]},
    [],
    "asked",
    None,
]


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_what_the_page_cannot_have_sent_is_refused_and_the_next_message_is_taken(lesson: Context, bad: Any) -> None:
    told: list[Any] = []
    view = opened(lesson, on_change=told.append)
    send(view, {"asked": 200})
    state = send(view, bad, seq=2)
    assert (state["status"]["kind"], state["answer"]) == ("error", {"inputs": {"asked": 200}})
    assert len(told) == 1
    assert send(view, {"asked": 300}, seq=3)["status"]["kind"] == "empty"
    assert len(told) == 2


@settings(max_examples=40, database=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["asked", "slow", "buy_fast", "buy_slow", "basket"]), st.integers(0, 10**6)), max_size=6))
def test_every_place_of_every_slider_has_its_sentence(lesson: Context, moves: list[tuple[str, int]]) -> None:
    view = opened(lesson)
    items = {item.id: item for item in view.activity.inputs}
    inputs = {name: items[name].at(n % (items[name].steps + 1)) for name, n in moves}
    state = send(view, inputs)
    assert state["status"]["kind"] == "empty"
    assert state["calculation"]["sentence"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_knows_how_it_is_computed_and_the_heads_of_its_table(lesson: Context, language: Language) -> None:
    content = opened(lesson, language).content
    assert len(content["formulas"]) == len(content["results"]) == 4
    assert "×" in content["formulas"][0]
    assert (
        content["columns"]
        == {"zh": ["等太久才有回复的", "一个月少收"], "en": ["Of these, answered too late", "Missed in a month"]}[language]
    )
    slow = content["inputs"][1]
    assert (slow["scale"], slow["percent"], slow["step"]) == (100, True, 0.01)


def test_in_an_exercise_it_changes_its_language_and_keeps_its_values(exercise: Context) -> None:
    view = opened(exercise, "zh")
    send(view, {"asked": 200})
    view.speak("en")
    assert view.state["answer"] == {"inputs": {"asked": 200}}
    assert view.state["calculation"]["results"]["late"] == "1,200 people"


def test_its_drawer_holds_nothing(lesson: Context) -> None:
    drawer = drawer_for(catalog.activity(NAME), lesson)
    assert isinstance(drawer, NoDrawer)
    answer = drawer.activity.read_answer({"inputs": {"asked": 200}})
    assert drawer.save(answer) is None
    assert drawer.restart() is None
    assert drawer.peek() == drawer.load().answer == drawer.activity.answer_type()
    assert drawer.load().entry is None
    assert drawer.progress() == (0, False)
    assert drawer.place == NAME


class Handle:
    """What IPython gives for an output that can be changed; it remembers the charts."""

    def __init__(self) -> None:
        self.charts: list[dict[str, Any]] = []

    def update(self, bundle: dict[str, Any], *, raw: bool) -> None:
        assert raw
        self.charts.append(bundle[MIME])


def test_every_change_gives_the_page_its_newest_chart(lesson: Context) -> None:
    board, handle = Board(), Handle()
    view = opened(lesson, on_change=board.changed)
    board.charts[NAME] = handle
    assert view.chart == {}
    for asked in (200, 300):
        send(view, {"asked": asked})
        assert view.chart == handle.charts[-1]
    assert handle.charts[0] != handle.charts[1]


def test_nbgrader_sees_the_result_of_the_start_values(
    exercise: Context, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    monkeypatch.chdir(exercise.here)
    show(NAME)
    assert "about 22,464 yuan a month" in capsys.readouterr().out
