"""The ticket ranking in JupyterLab: by keyboard, by its buttons, by dragging; and the exercise around the graded one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Ranking
from course.language import say
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

PRACTICE = catalog.activity("m08.ticket_practice")
GRADED = catalog.activity("m08.ticket")
assert isinstance(PRACTICE, Ranking)
assert isinstance(GRADED, Ranking)
FIRST = PRACTICE.ids


def _shown(view: Locator) -> list[str]:
    """The item ids in the order on the page."""
    return view.locator("ol.course-ranking > li").evaluate_all("lines => lines.map(line => line.dataset.item)")


def _fresh(desk: Desk) -> Locator:
    """The practice ranking in the order that is first shown."""
    desk.open("lessons/zh/m08_help_and_retain.ipynb")
    view = desk.activity(PRACTICE.title.zh)
    if _shown(view) != FIRST:
        view.get_by_role("button", name="再做一次").dblclick()  # a double click asks, and does not clear
        desk.page.wait_for_timeout(600)
        assert _shown(view) != FIRST
        view.get_by_role("button", name="再按一次").click()
        expect(view).to_contain_text("还没排")
    assert _shown(view) == FIRST
    return view


def test_ranked_by_keyboard_alone_the_focus_follows_and_the_place_is_told(desk: Desk) -> None:
    view = _fresh(desk)
    line = view.locator(f"[data-item={FIRST[0]}]")
    line.locator("select").focus()
    desk.page.keyboard.press("Alt+ArrowDown")
    desk.page.keyboard.press("Alt+ArrowDown")
    assert _shown(view) == [FIRST[1], FIRST[2], FIRST[0], *FIRST[3:]]
    assert desk.page.evaluate("document.activeElement.closest('li').dataset.item") == FIRST[0]
    expect(view.locator(".course-said[aria-live=polite]")).to_contain_text("现在排第 3")
    desk.page.keyboard.press("Tab")  # to "up"
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("Enter")
    assert _shown(view) == FIRST
    assert desk.page.evaluate("document.activeElement.closest('li').dataset.item") == FIRST[0]
    desk.wait_for("answers/m08.json", "ticket_practice", order=FIRST)


def test_ranked_by_buttons_and_place_list(desk: Desk) -> None:
    view = _fresh(desk)
    view.locator(f"[data-item={FIRST[3]}]").get_by_role("button", name="上移").click()
    view.locator(f"[data-item={FIRST[0]}] select").select_option(label="6")
    expected = [FIRST[1], FIRST[3], FIRST[2], FIRST[4], FIRST[5], FIRST[0], *FIRST[6:]]
    assert _shown(view) == expected
    desk.wait_for("answers/m08.json", "ticket_practice", order=expected)


def test_ranked_by_dragging(desk: Desk) -> None:
    view = _fresh(desk)
    handle = view.locator(f"[data-item={FIRST[4]}] .course-handle")
    target = view.locator(f"[data-item={FIRST[1]}]")
    view.locator("ol.course-ranking").scroll_into_view_if_needed()
    start, end = handle.bounding_box(), target.bounding_box()
    assert start is not None
    assert end is not None
    mouse = desk.page.mouse
    mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(start["x"] + 4, (start["y"] + end["y"]) / 2, steps=6)
    mouse.move(start["x"] + 4, end["y"] + 4, steps=6)
    mouse.up()
    dragged = [FIRST[0], FIRST[4], FIRST[1], FIRST[2], FIRST[3], *FIRST[5:]]
    assert _shown(view) == dragged
    desk.wait_for("answers/m08.json", "ticket_practice", order=dragged)


def test_the_comparison_waits_until_all_is_tagged_and_gives_reasons(desk: Desk) -> None:
    view = _fresh(desk)
    compare = view.get_by_role("button", name="和参考答案比一比")
    compare.click()
    expect(view).to_contain_text("先排好顺序")
    expect(view.locator(".course-reasons")).to_have_count(0)
    view.get_by_role("button", name="就按这个顺序").click()
    for item in FIRST:
        view.locator(f"[data-item={item}] .course-tag input").first.check()
    expect(view).to_contain_text(f"已答 {len(FIRST)}/{len(FIRST)}")
    compare.click()
    assert isinstance(PRACTICE, Ranking)
    assert PRACTICE.key is not None
    expect(view.locator(".course-reasons > li")).to_have_count(len(FIRST))
    expect(view).to_contain_text(f"判断对 {len(PRACTICE.key.can or [])}/{len(FIRST)}")
    assert desk.axe() == []
    desk.picture("m08-ticket-compared-zh")


def test_the_exercise_speaks_both_languages_and_says_what_is_open(desk: Desk) -> None:
    desk.open("exercises/m08/exercise.ipynb")
    view = desk.activity(GRADED.title.zh)
    expect(view).not_to_contain_text("参考答案")
    check = desk.activity("还有哪些没做完")
    expect(check).to_contain_text("还没开始")
    view.get_by_role("button", name="就按这个顺序").click()
    for n in range(len(GRADED.items)):
        view.locator(".course-tag").nth(n).locator("input").last.check()
    expect(check.get_by_role("row", name=GRADED.title.zh)).to_contain_text("已完成")
    desk.wait_for("exercises/m08/answers.json", "ticket", order=GRADED.ids)
    desk.page.get_by_role("button", name=say("zh", "room.other_language_label")).click()
    expect(desk.page.locator(".room-list")).to_contain_text("The core day")
    desk.ran()
    english = desk.activity(GRADED.title.en)
    expect(english.locator("input:checked")).to_have_count(len(GRADED.items))
    expect(desk.activity("What is still open").get_by_role("row", name=GRADED.title.en)).to_contain_text("done")
    assert desk.axe() == []
    desk.picture("m08-exercise-en")
    desk.page.get_by_role("button", name=say("en", "room.other_language_label")).click()
    expect(desk.page.locator(".room-list")).to_contain_text("一天的主课")


def test_free_text_is_kept_through_a_restart(desk: Desk) -> None:
    desk.open("exercises/m08/exercise.ipynb")
    box = desk.page.locator(".course-field textarea").first
    desk.scroll_to(box)
    text = "您好，我是前台小于。\n昨晚睡得好吗?dd xx"
    box.click()
    desk.page.keyboard.insert_text(text)
    desk.page.keyboard.press("Tab")
    first_field = catalog.activity("m08.follow_up").fields[0].id  # type: ignore[attr-defined]
    desk.wait_for("exercises/m08/answers.json", "follow_up", texts={first_field: text})
    desk.restart()
    desk.scroll_to(desk.page.locator(".course-activity").filter(has=box))
    expect(desk.page.locator(".course-field textarea").first).to_have_value(text)
