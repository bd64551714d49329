"""The explorer in JupyterLab: controls by keyboard and by pointer, table and chart follow, what was chosen is back after a restart."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from course import catalog, exploring
from course.activities import Explorer
from course.exploring import Finding
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

NAME = "gallery.explorer"
BOOK = "answers/gallery.json"


def activity() -> Explorer:
    found = catalog.activity(NAME)
    assert isinstance(found, Explorer)
    return found


def finding(language: Language = "zh", filters: dict[str, list[str]] | None = None, **chosen: str) -> Finding:
    """What the page must show."""
    return exploring.find(activity(), activity().read_answer({"chosen": chosen, "filters": filters or {}}), language)


def fresh(desk: Desk, language: Language = "zh") -> Locator:
    """The explorer as it starts, with its chart."""
    view = desk.show(NAME, language)
    expect(desk.page.locator(".jp-RenderedPlotly .bars path").first).to_be_attached()
    desk.ran()
    view.get_by_role("button", name=say(language, "explorer.back"), exact=True).click()
    shows(view, finding(language))
    return view


def shows(view: Locator, wanted: Finding) -> None:
    """Wait until sentence and table are these."""
    expect(view.locator(".course-total")).to_have_text(wanted.sentence)
    expect(view.locator("table tbody tr")).to_have_count(min(15, len(wanted.rows)))
    expect(view.locator("caption")).to_have_text(wanted.caption)
    cells = [cell for row in wanted.texts[:15] for cell in row]
    expect(view.locator("table tbody :is(th, td)")).to_have_text(cells)


def bars(desk: Desk) -> Locator:
    return desk.page.locator(".jp-RenderedPlotly .bars path")


def tab_to(desk: Desk, wanted: Locator, most: int = 60) -> None:
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        desk.page.keyboard.press("Tab")
    raise AssertionError(f"not reached by {most} times Tab")


def open_filters(desk: Desk, view: Locator) -> None:
    summary = view.locator("details > summary").first
    tab_to(desk, summary)
    desk.page.keyboard.press("Enter")


@pytest.mark.parametrize("language", LANGUAGES)
def test_by_keyboard_alone_table_and_chart_follow(desk: Desk, language: Language) -> None:
    view, press = fresh(desk, language), desk.page.keyboard.press
    expect(bars(desk)).to_have_count(3)
    assert desk.axe() == []
    desk.picture(f"explorer-start-{language}")
    view.get_by_role("heading").first.focus()
    by = view.get_by_label(say(language, "explorer.choice_by"), exact=True)
    tab_to(desk, by)
    press("ArrowUp")
    shows(view, finding(language, by="cause"))
    expect(by).to_be_focused()
    expect(bars(desk)).to_have_count(12)

    tab_to(desk, view.get_by_role("radio").nth(2))
    press("ArrowUp")
    press("ArrowUp")
    shows(view, finding(language, by="cause", aggregation="count"))
    expect(view.get_by_role("radio").first).to_be_focused()
    expect(view.get_by_label(say(language, "explorer.choice_measure"), exact=True)).to_be_hidden()
    expect(view.locator(".course-total")).to_have_attribute("aria-live", "polite")

    open_filters(desk, view)
    tab_to(desk, view.get_by_role("checkbox").nth(1))
    press("Space")
    filters = {"outlet": ["station"]}
    shows(view, finding(language, filters, by="cause", aggregation="count"))
    expect(view.get_by_role("checkbox").nth(1)).to_be_focused()
    expect(view.locator("summary").first).to_contain_text({"zh": "门店只要车站店", "en": "Outlet: only Station"}[language])
    desk.wait_for(BOOK, "explorer", chosen={"by": "cause", "aggregation": "count"}, filters=filters)
    assert desk.axe() == []
    desk.picture(f"explorer-filtered-{language}")
    tab_to(desk, view.get_by_role("region"))
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture(f"explorer-chart-{language}")


def test_what_was_chosen_is_back_after_a_restart_and_goes_back_at_a_press(desk: Desk) -> None:
    view = fresh(desk)
    view.get_by_label("按什么看", exact=True).select_option("received")
    view.get_by_label("再按什么分开", exact=True).select_option("outlet")
    view.get_by_label("数个数", exact=True).check()
    chosen = {"by": "received", "split": "outlet", "aggregation": "count"}
    view.locator("summary").first.click()
    view.get_by_role("group", name="首次回复用时").get_by_label("从").fill("2")
    filters = {"first_reply_hours": ["2", ""]}
    view.get_by_label("到", exact=True).last.focus()
    wanted = finding("zh", filters, **chosen)
    shows(view, wanted)
    desk.wait_for(BOOK, "explorer", chosen=chosen, filters=filters)
    expect(desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace")).to_have_count(3)
    desk.restart()
    expect(view.locator(".course-status")).to_contain_text("上次作答")
    shows(view, wanted)
    expect(view.get_by_label("再按什么分开", exact=True)).to_have_value("outlet")
    expect(view.get_by_label("数个数", exact=True)).to_be_checked()
    expect(desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace")).to_have_count(3)
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture("explorer-lines-zh")

    view.get_by_role("button", name="回到一开始的选择").click()
    shows(view, finding())
    expect(view.get_by_label("按什么看", exact=True)).to_have_value("outlet")
    expect(view.locator(".course-said")).to_have_text("已回到一开始的选择")
    expect(bars(desk)).to_have_count(3)
    desk.wait_for(BOOK, "explorer", chosen={}, filters={})


def test_dates_that_cannot_be_are_said_and_nothing_left_is_said(desk: Desk) -> None:
    view = fresh(desk)
    view.locator("summary").first.click()
    days = view.get_by_role("group", name="收到日期")
    days.get_by_label("从").fill("2031-01-01")
    expect(days.locator(".course-remark")).to_contain_text("2025-01-01 到 2025-12-30")
    shows(view, finding())
    days.get_by_label("从").fill("2025-12-01")
    shows(view, finding("zh", {"received": ["2025-12-01", ""]}))
    expect(days.locator(".course-remark")).to_be_empty()
    days.get_by_label("到").fill("2025-11-01")
    expect(view.locator(".course-total")).to_have_text(say("zh", "explorer.nothing"))
    expect(view.get_by_role("region")).to_be_hidden()
    expect(desk.page.locator(".jp-RenderedPlotly")).to_have_count(0)
    expect(days.get_by_label("到")).to_have_value("2025-11-01")
    assert desk.axe() == []
    desk.picture("explorer-nothing-zh")
    days.get_by_label("到").fill("")
    shows(view, finding("zh", {"received": ["2025-12-01", ""]}))
    expect(bars(desk)).to_have_count(3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_nothing_is_cut_and_the_table_scrolls_by_itself(desk: Desk, language: Language) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = fresh(desk, language)
    desk.scroll_to(view)
    desk.picture(f"explorer-360-start-{language}")
    view.get_by_label(say(language, "explorer.choice_by"), exact=True).select_option("channel")
    view.get_by_label(say(language, "explorer.choice_split"), exact=True).select_option("outlet")
    shows(view, finding(language, by="channel", split="outlet"))
    for summary in view.locator("summary").all():
        summary.click()
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    region = view.get_by_role("region")
    expect(region).to_have_attribute("tabindex", "0")
    expect(region).to_have_attribute("aria-label", finding(language, by="channel", split="outlet").caption)
    assert desk.axe() == []
    region.evaluate("e => e.scrollTo(60, 0)")
    caption, frame = view.locator("caption span").bounding_box(), view.bounding_box()
    assert caption and frame
    assert frame["x"] <= caption["x"]
    assert caption["x"] + caption["width"] <= frame["x"] + frame["width"]
    desk.scroll_to(region)
    desk.picture(f"explorer-360-table-{language}")
    desk.scroll_to(view.locator("dl"))
    desk.picture(f"explorer-360-columns-{language}")
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture(f"explorer-360-chart-{language}")


SMALL = """e => [...e.querySelectorAll('button, select, summary, label, input[type=date], input[type=number]')]
    .filter((x) => x.offsetHeight > 0 && x.offsetHeight < 24).map((x) => x.outerHTML)"""


def test_everything_to_press_is_large_enough_for_a_finger(desk: Desk) -> None:
    view = fresh(desk)
    view.locator("summary").first.click()
    assert view.evaluate(SMALL) == []
