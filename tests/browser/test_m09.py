"""Self-check, chart and writing of the complaints module, and a kernel that is gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from course import catalog
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

SELF_CHECK = catalog.activity("m09.self_check").title


def test_a_self_rating_in_the_exercise_hands_in_its_completion_and_its_ratings_only_when_shared(desk: Desk) -> None:
    desk.open("exercises/m09/exercise.ipynb")
    view = desk.activity(SELF_CHECK.zh)
    rows = view.locator(".course-scale-row")
    for n in range(rows.count()):
        rows.nth(n).locator("input").nth(3).check()
    expect(view).to_contain_text("总分 80")
    expect(view).to_contain_text("不交分数")
    ratings = {item.id: 4 for item in catalog.activity("m09.self_check").items}  # type: ignore[attr-defined]
    desk.wait_for("answers/m09.json", "self_check", ratings=ratings)
    desk.wait_for("exercises/m09/answers.json", "self_check", completed=True, ratings=None)
    share = view.get_by_label("把我的选择也交给老师看")
    share.check()
    desk.wait_for("exercises/m09/answers.json", "self_check", completed=True, ratings=ratings)
    share.uncheck()
    desk.wait_for("exercises/m09/answers.json", "self_check", completed=True, ratings=None)
    backup = desk.folder / "exercises/m09/answers.json.bak"
    for _ in range(100):  # it is written a moment after the file itself
        if '"ratings": {' not in backup.read_text(encoding="utf-8"):
            break
        desk.page.wait_for_timeout(50)
    assert '"ratings": {' not in backup.read_text(encoding="utf-8")
    assert desk.axe() == []


def test_the_lesson_shows_the_chart_with_its_table_and_the_completed_self_check(desk: Desk) -> None:
    desk.open("lessons/en/m09_complaints.ipynb")
    desk.scroll_to(desk.page.locator(".jp-RenderedPlotly"))
    expect(desk.page.locator(".jp-RenderedPlotly .bars path").first).to_be_visible()
    assert desk.axe(".jp-RenderedPlotly") == []
    expect(desk.page.locator(".jp-OutputArea-output table").first).to_contain_text("82")
    expect(desk.page.locator(".jp-OutputArea-output").filter(has_text="Source:").first).to_contain_text("TARP")
    view = desk.activity(SELF_CHECK.en)
    expect(view).to_contain_text("Total 80")
    assert desk.axe() == []
    desk.picture("m09-en")


def test_the_writing_compares_with_a_sample_only_when_something_is_written(desk: Desk) -> None:
    desk.open("lessons/zh/m09_complaints.ipynb")
    view = desk.activity(catalog.activity("m09.always_right").title.zh)
    compare = view.get_by_role("button", name="对照清单和例文")
    compare.click()
    expect(view).to_contain_text("先写几句")
    view.locator("textarea").first.fill("她要的是蛋糕按时到。")
    compare.click()
    expect(view).to_contain_text("一种写法")
    assert desk.axe() == []


def test_what_a_dying_kernel_did_not_take_is_saved_when_another_is_there(desk: Desk) -> None:
    desk.open("lessons/zh/m09_complaints.ipynb")
    title = catalog.activity("m09.always_right").title.zh
    box = desk.activity(title).locator("textarea").nth(1)
    desk.kill_kernels()
    box.fill("经理可以先道歉，再给两个办法。")
    desk.back()
    expect(desk.activity(title).locator("textarea").nth(1)).to_have_value("经理可以先道歉，再给两个办法。")
    field = catalog.activity("m09.always_right").fields[1].id  # type: ignore[attr-defined]
    for _ in range(100):
        if desk.saved("answers/m09.json").get("always_right", {}).get("texts", {}).get(field) == "经理可以先道歉，再给两个办法。":
            return
        desk.page.wait_for_timeout(100)
    raise AssertionError(desk.saved("answers/m09.json"))
