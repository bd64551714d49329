"""The service-potential scale in JupyterLab, by keyboard alone, through a restart of the kernel."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from course import catalog
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

LESSON = "lessons/zh/m01_why_service.ipynb"
POTENTIAL = catalog.activity("m01.potential").title


def _tab_into(desk: Desk, selector: str, most: int = 200) -> None:
    """Press Tab until the focus is on such an element."""
    for _ in range(most):
        if desk.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by {most} times Tab")


def test_the_potential_scale_is_filled_by_keyboard_and_survives_a_restart(desk: Desk) -> None:
    desk.open(LESSON)
    view = desk.activity(POTENTIAL.zh)
    expect(view).to_contain_text("还没作答")
    expect(view.locator(".course-total")).to_have_count(0)
    _tab_into(desk, ".course-poles input")
    for pair in range(10):
        # Space chooses the first value, 10; each arrow goes one down. The fifth pair is left at 10, the others go to 7.
        desk.page.keyboard.press("Space")
        for _ in range(0 if pair == 4 else 3):
            desk.page.keyboard.press("ArrowRight")
        if pair < 9:
            desk.page.keyboard.press("Tab")
    expect(view).to_contain_text("总分 73")
    expect(view).to_contain_text("你的位置")
    ratings = {item.id: 10 if n == 4 else 7 for n, item in enumerate(catalog.activity("m01.potential").items)}  # type: ignore[attr-defined]
    desk.wait_for("answers/m01.json", "potential", ratings=ratings)
    chart = desk.page.locator(".jp-RenderedPlotly .bars path")
    expect(chart).to_have_count(10)
    assert desk.axe() == []
    desk.picture("m01-potential-zh")

    desk.restart()
    expect(desk.activity(POTENTIAL.zh)).to_contain_text("上次作答")
    expect(view).to_contain_text("总分 73")
    expect(view.locator("input:checked")).to_have_count(10)
    expect(desk.page.locator(".jp-RenderedPlotly .bars path")).to_have_count(10)


def test_letters_and_arrows_typed_in_an_activity_do_nothing_to_the_notebook(desk: Desk) -> None:
    desk.open(LESSON)
    view = desk.activity(POTENTIAL.zh)
    cells = desk.page.locator(".jp-Cell").count()
    view.locator("input[type=radio]").first.focus()
    for key in ("d", "d", "x", "b", "a", "m", "ArrowDown", "ArrowDown"):
        desk.page.keyboard.press(key)
    expect(desk.page.locator(".jp-Cell")).to_have_count(cells)
    expect(view).to_be_visible()
    assert desk.page.evaluate("document.activeElement.closest('.course-poles') !== null")


def test_the_same_lesson_in_english_has_the_same_answers(desk: Desk) -> None:
    desk.open("lessons/en/m01_why_service.ipynb")
    view = desk.activity(POTENTIAL.en)
    expect(view).to_contain_text("Last answered")
    expect(view.locator("input:checked")).not_to_have_count(0)
    assert desk.axe() == []
    desk.picture("m01-potential-en")


def test_a_quiz_explains_every_option_when_asked(desk: Desk) -> None:
    desk.open(LESSON)
    quiz = desk.activity(catalog.activity("m01.myths").title.zh)
    question = quiz.locator(".course-question").first
    expect(question).not_to_contain_text("正确")
    question.get_by_role("button", name="看解释").click()
    expect(question).to_contain_text("先选一个答案")
    question.locator("input").first.check()
    question.get_by_role("button", name="看解释").click()
    options = question.locator(".course-option").count()
    expect(question.locator(".course-right, .course-wrong")).to_have_count(options)
    for n in range(options):
        expect(question.locator(".course-why").nth(n)).not_to_be_empty()
    assert desk.axe() == []


def test_what_is_typed_as_a_number_and_is_none_is_said_and_kept(desk: Desk) -> None:
    desk.open(LESSON)
    quiz = desk.activity(catalog.activity("m01.myths").title.zh)
    box = quiz.get_by_label("请填一个数")
    box.fill("七十九天")
    expect(quiz).to_contain_text("这里要填一个数")
    expect(box).to_have_value("七十九天")
    box.fill("79")
    expect(quiz).not_to_contain_text("这里要填一个数")


def test_on_a_telephone_nothing_is_cut(desk: Desk) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    desk.open(LESSON)
    for title in (POTENTIAL, catalog.activity("m01.challenges").title, catalog.activity("m01.myths").title):
        view = desk.activity(title.zh)
        assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), title.zh
    desk.picture("m01-360")
