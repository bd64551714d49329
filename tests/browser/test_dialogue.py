"""The gallery's dialogue in JupyterLab: by keyboard alone, by pointer, on a telephone, in both languages, through a restart."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Dialogue
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

NAME = "gallery.dialogue"
TALK = catalog.activity(NAME)
assert isinstance(TALK, Dialogue)
DIALOGUE: Dialogue = TALK
BOOK = "answers/gallery.json"
BEST = list(DIALOGUE.best_path().lines)
ROUGH = ["calm", "fee", "limit", "five_minutes"]
"""Through the abuse and out again: 3 of 10 points, one line of four is the best at its place."""


def _fresh(desk: Desk, language: Language = "zh") -> Locator:
    """The talk before the first line, as a learner meets it who has never had it."""
    for name in (BOOK, f"{BOOK}.bak"):
        (desk.folder / name).unlink(missing_ok=True)
    view = desk.show(NAME, language)
    expect(view.locator(".course-you")).to_have_count(0)
    return view


def _number(path: list[str]) -> int:
    """The number of the button that says the last line of a path."""
    shown = DIALOGUE.talk(DIALOGUE.read_answer({"path": path[:-1]})).choices
    return 1 + [choice.id for choice in shown].index(path[-1])


def _answered(view: Locator, path: list[str], language: Language) -> None:
    """Wait for what the customer says to this path."""
    now = DIALOGUE.talk(DIALOGUE.read_answer({"path": path}))
    expect(view.locator(".course-now .course-customer")).to_contain_text(now.says.of(language))


def _click(view: Locator, path: list[str], language: Language = "zh", said: int = 0) -> None:
    """Say the lines of a path by their buttons, from the one after those that are said already."""
    for n in range(said + 1, len(path) + 1):
        view.locator(".course-line").nth(_number(path[:n]) - 1).click()
        _answered(view, path[:n], language)


def test_the_whole_talk_by_keyboard_alone(desk: Desk) -> None:
    view = _fresh(desk)
    press = desk.page.keyboard.press
    assert desk.axe() == []
    view.locator(".course-line").first.focus()
    for n in range(1, len(BEST) + 1):
        number = _number(BEST[:n])
        if n == 2:  # once by Tab from the customer's words to the button, else by the number key
            for _ in range(number):
                press("Tab")
            press("Enter")
        else:
            press(str(number))
        _answered(view, BEST[:n], "zh")
        expect(view.locator(".course-now .course-customer h4")).to_be_focused()
        after = DIALOGUE.talk(DIALOGUE.read_answer({"path": BEST[:n]}))
        expect(view.locator(".course-said")).to_contain_text(after.says.zh)
        expect(view.locator(".course-said")).to_contain_text(f"火气 {after.temper.after}（最高 10），降了")
    desk.wait_for(BOOK, "dialogue", path=BEST, reviewed=False)
    press("1")  # it is over: no line has this number any more
    press("Tab")
    expect(view.get_by_role("button", name=say("zh", "dialogue.review"))).to_be_focused()
    press("Enter")
    expect(view.get_by_role("heading", name=say("zh", "dialogue.replay"))).to_be_focused()
    expect(view).to_contain_text(say("zh", "dialogue.total", points=10, best=10))
    desk.wait_for(BOOK, "dialogue", path=BEST, reviewed=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_pointer_with_replay_and_chart_and_all_is_back_after_a_restart(desk: Desk, language: Language) -> None:
    view = _fresh(desk, language)
    desk.scroll_to(view.locator(".course-line").last)
    desk.picture(f"dialogue-empty-{language}")
    _click(view, ROUGH[:2], language)
    desk.picture(f"dialogue-furious-{language}")
    assert desk.axe() == []
    _click(view, ROUGH, language, said=2)
    expect(view.locator(".course-ending")).to_be_visible()
    desk.picture(f"dialogue-ending-{language}")
    view.get_by_role("button", name=say(language, "dialogue.review")).click()
    steps, chart = view.locator(".course-steps > li"), desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace")
    expect(steps).to_have_count(len(ROUGH))
    expect(view.locator(".course-better")).to_have_count(3)
    expect(view).to_contain_text(say(language, "dialogue.total", points=3, best=10))
    expect(chart).to_have_count(2)
    assert desk.axe() == []
    desk.picture(f"dialogue-replay-{language}")
    chart.first.scroll_into_view_if_needed()
    desk.picture(f"dialogue-chart-{language}")
    desk.restart()
    expect(view.locator(".course-status")).to_contain_text(say(language, "status.restored_at", time="").strip())
    expect(steps).to_have_count(len(ROUGH))
    expect(chart).to_have_count(2)


def test_an_unfinished_talk_goes_on_after_a_restart(desk: Desk) -> None:
    view = _fresh(desk)
    _click(view, ROUGH[:1])
    desk.wait_for(BOOK, "dialogue", path=ROUGH[:1])
    desk.restart()
    expect(view.locator(".course-status")).to_contain_text("上次作答")
    _click(view, ROUGH[:2], said=1)
    desk.wait_for(BOOK, "dialogue", path=ROUGH[:2])


def test_again_begins_anew_and_keeps_the_earlier_talk(desk: Desk) -> None:
    view = _fresh(desk)
    _click(view, ROUGH[:1])
    desk.wait_for(BOOK, "dialogue", path=ROUGH[:1])
    desk.start_again(view)
    expect(view.locator(".course-you")).to_have_count(0)
    desk.wait_for(BOOK, "dialogue", path=[])
    entry = json.loads((desk.folder / BOOK).read_text(encoding="utf-8"))["activities"]["dialogue"]
    assert entry["earlier"][-1]["answer"]["path"] == ROUGH[:1]


def test_a_double_click_says_one_line(desk: Desk) -> None:
    view = _fresh(desk)
    view.locator(".course-line").nth(_number(BEST[:1]) - 1).dblclick()
    _answered(view, BEST[:1], "zh")
    expect(view.locator(".course-you")).to_have_count(1)
    desk.wait_for(BOOK, "dialogue", path=BEST[:1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_nothing_is_cut(desk: Desk, language: Language) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = _fresh(desk, language)
    for said in range(len(ROUGH)):
        _click(view, ROUGH[: said + 1], language, said=said)
        assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        desk.picture(f"dialogue-360-{said + 1}-{language}")
    view.get_by_role("button", name=say(language, "dialogue.review")).click()
    expect(view.locator(".course-steps > li")).to_have_count(len(ROUGH))
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    desk.picture(f"dialogue-360-replay-{language}")
    desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace").first.scroll_into_view_if_needed()
    desk.picture(f"dialogue-360-chart-{language}")
