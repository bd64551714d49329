"""An observer's sheets in JupyterLab: by keyboard alone, handed from one to the next, side by side, on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Rubric
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

SHEET = catalog.activity("gallery.rubric")
assert isinstance(SHEET, Rubric)
IDS = SHEET.ids
CHART = ".jp-RenderedPlotly .scatterlayer .trace"


def _fresh(desk: Desk, language: str = "zh") -> Locator:
    """The activity without any sheet."""
    view = desk.show("gallery.rubric", language)  # type: ignore[arg-type]
    if view.locator(".course-sheet").count():
        desk.start_again(view)
        expect(view.locator(".course-sheet")).to_have_count(0)
    return view


def _grade(sheet: Locator, *grades: int) -> None:
    for item, grade in zip(IDS, grades, strict=True):
        sheet.locator(f"[data-item={item}] input").nth(grade - 1).check()


def _saved(desk: Desk) -> list[dict[str, object]]:
    """The sheets in the order in which they were made."""
    return [sheet for _, sheet in sorted(desk.saved("answers/gallery.json")["rubric"]["sheets"].items())]


def _focused(desk: Desk, selector: str) -> bool:
    found: bool = desk.page.evaluate("selector => document.activeElement.matches(selector)", selector)
    return found


def test_two_sheets_by_keyboard_alone_are_laid_side_by_side(desk: Desk) -> None:
    view = _fresh(desk)
    assert desk.axe() == []
    keys = desk.page.keyboard
    view.get_by_role("button", name="我看自己").focus()
    keys.press("Enter")
    assert _focused(desk, ".course-sheet[open] summary")
    expect(view.get_by_role("button", name="我看自己")).to_be_hidden()
    for _ in IDS:
        keys.press("Tab")
        assert _focused(desk, "input[type=radio]")
        keys.press("Space")  # chooses 1
        for _ in range(3):
            keys.press("ArrowRight")
    expect(view.locator(".course-total")).to_have_text("总分 20/25")
    keys.press("Tab")
    assert _focused(desk, "textarea")
    keys.type("先抬头了。")
    keys.press("Tab")
    keys.press("Enter")  # done
    assert _focused(desk, ".course-sheet:not([open]) summary")
    expect(view.locator("summary")).to_contain_text("已填完")

    keys.press("Tab")
    keys.press("Enter")  # a colleague looks: the first button that is left
    assert _focused(desk, ".course-sheet[open] summary")
    expect(view.locator(".course-sheet[open]")).to_contain_text("把电脑交给")
    keys.press("Tab")
    keys.type("WF")
    keys.press("Tab")
    keys.type("LM")
    expect(view.locator(".course-sheet[open] summary")).to_contain_text("第 2 张 · 观察：同事 WF · 演练：LM")
    for n, _ in enumerate(IDS):
        keys.press("Tab")
        keys.press("Space")
        for _ in range(n):
            keys.press("ArrowRight")
    expect(view.locator(".course-compared li")).to_have_count(5)
    expect(view.locator(".course-compared li").first).to_contain_text("你 4，同事 WF 1 · 相差 3 分，值得聊一聊")
    expect(view).to_contain_text("共 5 条：1 条一样，2 条相差不到 2 分，2 条相差 2 分或更多，值得聊一聊。")
    expect(view.locator(".course-said")).to_contain_text("总分 15/25")
    expect(desk.page.locator(CHART)).to_have_count(3)  # the bars, and two people
    assert desk.axe() == []
    first, second = _saved(desk)
    assert (first["rater"], first["remark"], first["grades"]) == ("self", "先抬头了。", dict.fromkeys(IDS, 4))
    assert (second["rater"], second["by"], second["of"]) == ("peer", "WF", "LM")

    desk.restart()
    view = desk.activity(SHEET.title.zh)
    expect(view).to_contain_text("上次作答")
    expect(view.locator("summary").nth(1)).to_contain_text("同事 WF")
    expect(view.locator(".course-compared li")).to_have_count(5)
    expect(desk.page.locator(CHART)).to_have_count(3)
    view.locator("summary").first.click()
    expect(view.locator(".course-sheet[open] input:checked")).to_have_count(5)
    expect(view.locator("textarea").first).to_have_value("先抬头了。")
    desk.picture("rubric-zh")


def test_one_sheet_is_open_at_a_time_and_done_leads_to_what_is_missing(desk: Desk) -> None:
    view = _fresh(desk, "en")
    view.get_by_role("button", name="A colleague looks").click()
    _grade(view.locator(".course-sheet").first, 4, 4, 3, 5, 4)
    view.get_by_role("button", name="The trainer looks").click()
    expect(view.locator(".course-sheet[open]")).to_have_count(1)
    sheet = view.locator(".course-sheet").nth(1)
    sheet.locator(f"[data-item={IDS[0]}] input").nth(2).check()
    expect(sheet.locator(f"[data-item={IDS[0]}]")).to_contain_text("Chosen: 3 – begun unasked, not finished")
    expect(sheet).to_contain_text("4 to go before there is a total")
    desk.scroll_to(sheet)
    desk.picture("rubric-open-en")
    sheet.get_by_role("button", name="Done").click()
    assert _focused(desk, f"[data-item={IDS[1]}] input")
    expect(view.locator(".course-said")).to_contain_text("4 to go: carry on here")
    _grade(sheet, 2, 4, 4, 1, 4)
    sheet.get_by_role("button", name="Done").click()
    expect(view.locator(".course-sheet[open]")).to_have_count(0)
    assert _focused(desk, "summary")
    expect(view.locator(".course-compared li").first).to_contain_text("colleague 5, trainer 1 · 4 apart, worth talking about")
    assert desk.axe() == []
    desk.scroll_to(view.locator(".course-compared"))
    desk.picture("rubric-compared-en")
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture("rubric-chart-en")


def test_a_removed_sheet_can_be_brought_back_to_its_place(desk: Desk) -> None:
    view = _fresh(desk)
    for rater in ("请同事来看", "请老师来看"):
        view.get_by_role("button", name=rater).click()
    view.locator("summary").first.click()
    _grade(view.locator(".course-sheet").first, 1, 2, 3, 4, 5)
    view.get_by_role("button", name="移除这张").first.click()
    expect(view.locator(".course-sheet")).to_have_count(1)
    expect(view.locator("summary")).to_contain_text("第 1 张 · 观察：老师")
    assert desk.page.evaluate("document.activeElement.textContent") == "恢复"
    desk.page.keyboard.press("Enter")
    expect(view.locator("summary").first).to_contain_text("第 1 张 · 观察：同事")
    assert _focused(desk, "summary")
    expect(view.locator("[data-sheet]").first.locator("input:checked")).to_have_count(5)
    expect(view.get_by_role("button", name="恢复")).to_be_hidden()
    for _ in range(100):
        if len(_saved(desk)) == 2:
            break
        desk.page.wait_for_timeout(50)
    peer, trainer = _saved(desk)
    assert (peer["rater"], trainer["rater"]) == ("peer", "trainer")
    assert peer["grades"] == dict(zip(IDS, range(1, 6), strict=True))


def test_no_more_sheets_than_there_may_be(desk: Desk) -> None:
    view = _fresh(desk, "en")
    for _ in range(SHEET.most_sheets):
        view.get_by_role("button", name="A colleague looks").click()
    expect(view.get_by_role("button", name="A colleague looks")).to_be_disabled()
    expect(view).to_contain_text("Sheets at most: 6")
    view.get_by_role("button", name="Remove this sheet").last.click()
    expect(view.get_by_role("button", name="A colleague looks")).to_be_enabled()
    expect(view).not_to_contain_text("Sheets at most: 6")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_a_telephone_nothing_is_cut(desk: Desk, language: str) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = _fresh(desk, language)
    for rater, grades in {"self": (4, 4, 3, 5, 4), "peer": (4, 2, 3, 1, 4), "trainer": (4, 3, 3, 2, 5)}.items():
        view.locator(f"[data-rater={rater}]").click()
        _grade(view.locator(".course-sheet[open]"), *grades)
    expect(view.locator(".course-compared li").first).to_contain_text({"zh": "老师 2", "en": "trainer 2"}[language])
    hint = view.locator(".course-sheet[open] .course-sheet-item .course-hint").first
    expect(hint).to_be_visible()
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    cut = "es => es.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => `${e.className} ${e.scrollWidth}>${e.clientWidth}`)"
    assert view.locator(".course-body, .course-body :is(summary, fieldset, li, p, div)").evaluate_all(cut) == []
    desk.scroll_to(view.locator(".course-sheet[open] summary"))
    desk.picture(f"rubric-360-{language}")
    desk.scroll_to(view.locator(".course-compared"))
    desk.picture(f"rubric-360-compared-{language}")
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture(f"rubric-360-chart-{language}")
