"""The gallery's scorecard in JupyterLab: by keyboard alone, by pointer, on a telephone; a brainstorm, a form and a date."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from course import catalog
from course.activities import Scorecard
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk
from tests.samples import both

pytestmark = pytest.mark.browser

NAME = "gallery.scorecard"
GALLERY = catalog.activity(NAME)
assert isinstance(GALLERY, Scorecard)
CARD: Scorecard = GALLERY
BOOK = "answers/gallery.json"
SEEDS = [seed.id for seed in CARD.seeds]
SCORES = {"booking": "1", "arriving": "-2", "quote": "2", "collecting": "3", "afterwards": "-1"}


def _ids(view: Locator) -> list[str]:
    return view.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.row)")


def _fresh(desk: Desk, language: Language = "zh") -> Locator:
    """The table as it is first shown."""
    view = desk.show(NAME, language)
    if say(language, "status.empty") not in view.inner_text():
        desk.start_again(view)
        expect(view.locator(".course-progress")).to_have_text(say(language, "scorecard.counting", n=0, least=CARD.least))
    assert _ids(view) == SEEDS
    return view


def _row(view: Locator, row: str) -> Locator:
    return view.locator(f"tr[data-row={row}]")


def _cell(view: Locator, row: str, column: str, language: Language = "zh") -> Locator:
    """The box of a cell, by the label that a screen reader reads."""
    title = next(c.title.of(language) for c in CARD.columns if c.id == column)
    return _row(view, row).get_by_label(re.compile(f"^{re.escape(title)}"))


def _tool(view: Locator, row: str, part: str) -> Locator:
    return _row(view, row).locator(f"button[data-part={part}]")


def _told(view: Locator, sentence: str, **values: object) -> None:
    expect(view.locator(".course-said")).to_have_text(say("zh", f"scorecard.{sentence}", **values))


def _fill(view: Locator, language: Language = "zh") -> None:
    """Score every seed and give a reason."""
    for row, score in SCORES.items():
        _cell(view, row, "score", language).select_option(score)
        _cell(view, row, "reason", language).fill(f"{row}: {score}")
    _cell(view, "afterwards", "reason", language).blur()


def test_filled_moved_removed_and_brought_back_by_keyboard_alone(desk: Desk) -> None:
    view = _fresh(desk)
    assert desk.axe() == []
    desk.picture("scorecard-empty-zh")
    press = desk.page.keyboard.press
    _cell(view, "booking", "moment").focus()
    for _ in range(2):
        press("Tab")
    expect(_cell(view, "booking", "score")).to_be_focused()
    press("Alt+ArrowDown")  # opens the list, as everywhere, and moves no row
    press("Escape")
    assert _ids(view) == SEEDS
    press("ArrowDown")  # the first of the list, +3
    press("Tab")
    desk.page.keyboard.type("dd xx 三步就约好")  # letters that JupyterLab would take as commands
    expect(_cell(view, "booking", "reason")).to_be_focused()
    desk.wait_for(BOOK, "scorecard", rows={"booking": {"score": "3", "reason": "dd xx 三步就约好"}}, order=[])
    expect(_row(view, "booking").locator(".course-mark-right")).to_be_visible()
    expect(view.locator(".course-progress")).to_have_text(say("zh", "scorecard.counting", n=1, least=5))

    press("Alt+ArrowDown")
    assert _ids(view) == ["arriving", "booking", *SEEDS[2:]]
    expect(_cell(view, "booking", "reason")).to_be_focused()
    _told(view, "moved", row="时刻 2", all=5)
    desk.page.keyboard.type("！")  # the cursor stayed where it was
    expect(_cell(view, "booking", "reason")).to_have_value("dd xx 三步就约好！")
    for _ in range(3):
        press("Tab")
    expect(_tool(view, "booking", "down")).to_be_focused()
    for _ in range(3):
        press("Enter")
    assert _ids(view)[-1] == "booking"
    expect(_tool(view, "booking", "up")).to_be_focused()  # down has nothing to do any more
    press("Tab")
    expect(_tool(view, "booking", "remove")).to_be_focused()
    press("Enter")
    assert _ids(view) == SEEDS[1:]
    expect(_tool(view, "afterwards", "remove")).to_be_focused()
    _told(view, "removed", row="时刻 5")
    desk.wait_for(BOOK, "scorecard", rows={"booking": None}, order=SEEDS[1:])

    press("Tab")  # add
    press("Enter")
    new = _ids(view)[-1]
    expect(_cell(view, new, "moment")).to_be_focused()
    _told(view, "added", row="时刻 5")
    desk.page.keyboard.type("师傅试骑一圈")
    undo = view.get_by_role("button", name=say("zh", "scorecard.undo"))
    undo.focus()
    press("Enter")
    assert _ids(view) == [*SEEDS[1:], "booking", new]
    expect(_cell(view, "booking", "moment")).to_be_focused()
    expect(undo).to_be_hidden()
    row: dict[str, Any] = {"score": "3", "reason": "dd xx 三步就约好！"}
    desk.wait_for(BOOK, "scorecard", rows={"booking": row, new: {"moment": "师傅试骑一圈"}}, order=[*SEEDS[1:], "booking", new])

    desk.restart()
    expect(desk.activity(CARD.title.zh)).to_contain_text("上次作答")
    assert _ids(view) == [*SEEDS[1:], "booking", new]
    expect(_cell(view, new, "moment")).to_have_value("师傅试骑一圈")
    expect(_cell(view, "booking", "score")).to_have_value("3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_by_pointer_with_curve_words_and_example(desk: Desk, language: Language) -> None:
    view = _fresh(desk, language)
    _fill(view, language)
    expect(view.locator(".course-progress")).to_have_text(say(language, "scorecard.counting", n=5, least=5))
    moments = {seed.id: seed.shown("moment").of(language) for seed in CARD.seeds}  # type: ignore[union-attr]
    peak = say(language, "scorecard.moment", n=4, label=moments["collecting"], value="+3")
    end = say(language, "scorecard.moment", n=5, label=moments["afterwards"], value="−1")
    words = view.locator(".course-curve")
    expect(words).to_contain_text(say(language, "scorecard.peak", moment=peak))
    expect(words).to_contain_text(say(language, "scorecard.end", moment=end))
    expect(words.locator("li")).to_have_count(2)
    chart = desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace")
    expect(chart).to_have_count(4)  # the curve, the low moments, peak, end
    _tool(view, "collecting", "down").click()
    expect(words).to_contain_text(say(language, "scorecard.chart_peak"), ignore_case=True)
    expect(words).to_contain_text(say(language, "scorecard.moment", n=5, label=moments["collecting"], value="+3"))
    expect(chart).to_have_count(3)  # peak and end are one
    assert CARD.sample is not None
    expect(view).not_to_contain_text(CARD.sample.of(language)[:12])
    view.get_by_role("button", name=say(language, "scorecard.example")).click()
    expect(view.locator(".course-result")).to_contain_text(CARD.sample.of(language)[:12])
    _cell(view, "quote", "moment", language).fill(moments["booking"])
    expect(_row(view, "quote")).to_contain_text(say(language, "scorecard.same", row=f"{CARD.row_name.of(language)} 1"))
    _cell(view, "quote", "score", language).select_option("")
    missing = say(language, "scorecard.missing", row=f"{CARD.row_name.of(language)} 3", columns=CARD.columns[2].title.of(language))
    expect(view.locator(".course-gaps")).to_contain_text(missing)
    _tool(view, "quote", "remove").dblclick()
    assert _ids(view) == ["booking", "arriving", "afterwards", "collecting"]
    assert desk.axe() == []
    desk.scroll_to(view.locator("table"))
    desk.picture(f"scorecard-filled-{language}")
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture(f"scorecard-curve-{language}")


def test_at_most_so_many_rows_can_be_added(desk: Desk) -> None:
    view = _fresh(desk)
    add = view.get_by_role("button", name=say("zh", "scorecard.add", what="时刻"))
    for _ in range(CARD.most - len(SEEDS)):
        add.click()
    expect(add).to_be_disabled()
    expect(view).to_contain_text(say("zh", "scorecard.full", most=12))
    assert len(_ids(view)) == 12
    for row in _ids(view)[5:]:
        _cell(view, row, "moment").fill(f"客户等着，没有人说还要多久 {row[-3:]}")
        _cell(view, row, "score").select_option("-3" if row == _ids(view)[7] else "2")
    _fill(view)
    expect(desk.page.locator(".jp-RenderedPlotly .scatterlayer .trace").first).to_be_visible()
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    desk.picture("scorecard-twelve-zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_telephone_every_row_is_a_block_and_nothing_is_cut(desk: Desk, language: Language) -> None:
    desk.page.set_viewport_size({"width": 360, "height": 780})
    view = _fresh(desk, language)
    _fill(view, language)
    expect(view.locator(".course-progress")).to_have_text(say(language, "scorecard.counting", n=5, least=5))
    assert view.evaluate("view => view.scrollWidth <= view.clientWidth + 1")
    overlong = (
        "view => [...view.querySelectorAll('td, th, button, label')].filter(e => e.scrollWidth > e.clientWidth + 1 && !e.closest('thead'))"
    )
    assert view.evaluate(f"view => ({overlong})(view).map(e => e.outerHTML.slice(0, 120))") == []
    assert _row(view, "booking").locator(".course-cell-label").first.is_visible()
    assert desk.axe() == []
    for part, name in (
        (_row(view, "booking"), "top"),
        (view.locator(".course-curve"), "words"),
        (desk.page.locator(".jp-RenderedPlotly"), "curve"),
    ):
        desk.scroll_to(part)
        desk.picture(f"scorecard-360-{name}-{language}")


def test_ideas_are_written_one_after_the_other_with_enter_and_only_counted(desk: Desk) -> None:
    view = desk.sample("ideas")
    press, typed = desk.page.keyboard.press, desk.page.keyboard.type
    view.locator("textarea").focus()
    press("Enter")  # nothing was written, so there is no next
    expect(view.locator("textarea")).to_have_count(1)
    for text in ("ring him", "write to him", "Ring him!"):
        typed(text)
        press("Enter")
    expect(view.locator("textarea")).to_have_count(4)
    expect(view.locator("textarea").last).to_be_focused()
    expect(view.locator(".course-progress")).to_have_text(say("en", "scorecard.ideas", n=2))
    for _ in range(2):
        press("Shift+Tab")
    expect(view.locator("textarea").nth(2)).to_be_focused()
    press("Enter")  # to the next that is there
    expect(view.locator("textarea").last).to_be_focused()
    assert view.locator(".course-remark, .course-gaps").all_inner_texts() == [""] * 5
    assert desk.axe() == []
    desk.picture("scorecard-ideas-en")


def test_a_number_and_a_date_that_cannot_be_read_are_said_and_kept(desk: Desk) -> None:
    view = desk.sample("scorecard")
    wait = _row(view, "s1").get_by_label(both("wait")["en"])
    wait.fill("很久")
    remark = say("en", "scorecard.not_a_number", range="0 to 600")
    expect(_row(view, "s1")).to_contain_text(remark)
    expect(wait).to_have_value("很久")
    wait.fill("１５")
    expect(_row(view, "s1")).not_to_contain_text(remark)
    by = _row(view, "s1").get_by_label(both("by")["en"])
    by.focus()
    desk.page.keyboard.type("02")  # a month, and no more
    by.blur()
    expect(_row(view, "s1")).to_contain_text(say("en", "scorecard.not_a_date"))
    by.fill("2025-03-01")
    expect(_row(view, "s1")).not_to_contain_text(say("en", "scorecard.not_a_date"))
    desk.wait_for("answers/m01.json", "scorecard", rows={"s1": {"wait": "１５", "by": "2025-03-01"}})
    assert desk.axe() == []


def test_a_form_has_its_rows_and_no_buttons_for_them(desk: Desk) -> None:
    view = desk.sample("canvas")
    assert _ids(view) == ["who", "what"]
    expect(view.locator("tbody button")).to_have_count(0)
    expect(_row(view, "who").get_by_role("rowheader")).to_contain_text(both("topic who")["en"])
    box = _row(view, "who").get_by_label(both("column mine")["en"])
    box.fill("families")
    box.press("Alt+ArrowDown")
    assert _ids(view) == ["who", "what"]
    expect(view.locator(".course-progress")).to_have_text(say("en", "view.progress", done=1, all=2))
    desk.wait_for("answers/m01.json", "canvas", rows={"who": {"mine": "families"}}, order=[])
    assert desk.axe() == []
