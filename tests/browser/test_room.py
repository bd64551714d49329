"""The learner's room: a lesson that is alive by itself, the list, the language, handing in, and what happens when something goes away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, expect

from course import catalog, learn, places
from course.language import LANGUAGES, Language, say
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

M09 = "lessons/zh/m09_complaints.ipynb"
WRITING = catalog.activity("m09.always_right")
WHOLE = "e => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth"
OURS = ".room-bar, .room-list, .room-banner, .room-dialog, .course-root"


def entry(desk: Desk, module: str) -> Locator:
    """What the list shows of a module."""
    return desk.page.locator(f".room-module[data-module={module}]")


def write(desk: Desk, text: str, language: Language = "zh") -> Locator:
    """Write into the first box of M09's free text, and leave it."""
    view = desk.activity(WRITING.title.of(language))
    box = view.locator("textarea").first
    box.fill(text)
    box.blur()
    return view


def test_a_lesson_is_alive_by_itself_and_shows_no_code(desk: Desk) -> None:
    path = desk.folder / M09
    before = path.read_bytes()
    desk.open(M09)
    for hidden in (".jp-InputArea-editor", ".jp-InputPrompt", ".room-hint", "#jp-menu-panel", ".jp-NotebookPanel-toolbar", ".jp-SideBar"):
        code = ".jp-CodeCell " if hidden.startswith(".jp-InputArea") else ""
        assert [place for place in desk.page.locator(code + hidden).all() if place.is_visible()] == [], hidden
    write(desk, "要蛋糕。")
    desk.wait_for("answers/m09.json", "always_right")
    entry(desk, "m02").locator("a").first.click()
    desk.page.wait_for_url(re.compile("m02"))
    desk.ran()
    assert desk.page.locator("dialog[open], .jp-Dialog").count() == 0
    assert path.read_bytes() == before
    desk.picture("room-lesson-zh")


def test_the_list_counts_what_is_done_without_being_asked(desk: Desk) -> None:
    desk.open("lessons/zh/m03_moments_of_truth.ipynb")
    line = entry(desk, "m03").locator("a").first
    all_of_it = sum(not activity.graded and activity.stored for activity in catalog.activities("m03"))
    expect(line).to_contain_text(say("zh", "room.tried", done=0, all=all_of_it))
    view = desk.activity(catalog.activity("m03.origins").title.zh)
    view.locator("input[type=radio]").first.check()
    expect(line).to_contain_text(say("zh", "room.tried", done=1, all=all_of_it))
    assert line.get_attribute("aria-current") == "page"


def test_a_notebook_that_is_not_the_courses_own_asks_before_it_runs(desk: Desk) -> None:
    source = json.loads((desk.folder / M09).read_text(encoding="utf-8"))
    source["cells"][0]["source"].append("\n改过")
    path = "lessons/zh/m09_changed.ipynb"
    (desk.folder / path).write_text(json.dumps(source, ensure_ascii=False), encoding="utf-8")
    desk.page.goto(f"{desk.base}/lab/tree/{path}?reset&token={desk.token}")
    banner = desk.page.locator(".room-banner")
    expect(banner).to_contain_text(say("zh", "room.untrusted"))
    assert desk.page.locator(".course-activity").count() == 0
    banner.get_by_role("button", name=say("zh", "room.run")).click()
    expect(desk.page.locator(".course-activity").first).to_be_attached()


def test_one_switch_changes_lesson_list_activities_and_jupyterlab(desk: Desk) -> None:
    desk.open(M09)
    desk.page.get_by_role("button", name=say("zh", "room.other_language_label")).click()
    desk.page.wait_for_url(re.compile("lessons/en/m09_complaints"))
    desk.ran()
    desk.activity(WRITING.title.en)
    expect(desk.page.locator(".room-list")).to_contain_text("The core day")
    assert places.remembered_language(desk.folder / places.MARKER) == "en"
    desk.open("exercises/m09/exercise.ipynb")
    desk.activity(catalog.activity("m09.reply").title.en)
    desk.page.get_by_role("button", name=say("en", "room.other_language_label")).click()
    expect(desk.page.locator(".room-list")).to_contain_text("一天的主课")
    desk.ran()
    desk.activity(catalog.activity("m09.reply").title.zh)
    setting = desk.folder / ".jupyterlab/settings/@jupyterlab/translation-extension/plugin.jupyterlab-settings"
    assert json.loads(setting.read_text(encoding="utf-8"))["locale"] == "zh_CN"


def test_an_exercise_is_handed_in_from_the_list_by_keyboard(desk: Desk) -> None:
    desk.open("exercises/m09/exercise.ipynb")
    view = desk.activity(catalog.activity("m09.reply").title.zh)
    view.locator("textarea").first.fill("尊敬的客户：")
    view.locator("textarea").first.blur()
    desk.wait_for("exercises/m09/answers.json", "reply")
    button = entry(desk, "m09").get_by_role("button", name=say("zh", "room.hand_in_label", module="M09"))
    button.focus()
    desk.page.keyboard.press("Enter")
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text("没做完")
    assert desk.axe(".room-dialog") == []
    desk.picture("room-hand-in-zh")
    desk.page.keyboard.insert_text("不/行")
    desk.page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("不能写进文件名")
    dialog.get_by_label(say("zh", "room.name")).fill("王芳")
    desk.page.keyboard.press("Enter")
    expect(dialog.get_by_role("heading")).to_have_text(say("zh", "room.handed_in"))
    (made,) = (desk.folder / "handed-in").glob("m09__王芳__*.zip")
    with desk.page.expect_download() as download:
        dialog.get_by_role("link", name=say("zh", "room.download")).click()
    assert Path(download.value.path()).read_bytes() == made.read_bytes()
    desk.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(entry(desk, "m09").locator(".room-standing")).to_contain_text("已交")


def test_what_is_not_begun_is_not_handed_in(desk: Desk) -> None:
    desk.open("exercises/m12/exercise.ipynb")
    entry(desk, "m12").get_by_role("button").click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog).to_contain_text(say("zh", "room.nothing"))
    expect(dialog.get_by_role("button", name=say("zh", "room.hand_in_now"))).to_have_count(0)


def test_a_lesson_prints_with_its_answers(desk: Desk) -> None:
    desk.open(M09)
    write(desk, "打印得出来。")
    desk.wait_for("answers/m09.json", "always_right")
    with desk.page.expect_popup() as popup:
        desk.page.get_by_role("button", name=say("zh", "room.print_label")).click()
    expect(popup.value.locator("main")).to_contain_text("打印得出来。")
    expect(popup.value.locator(".chart svg").first).to_be_visible()
    assert popup.value.locator("table").first.evaluate("e => getComputedStyle(e).borderCollapse") == "collapse"


def test_who_knows_pandas_changes_and_runs_the_cell_that_is_for_them(desk: Desk) -> None:
    desk.open("lessons/zh/m14_customer_data_lab.ipynb")
    cell = desk.page.locator(".course-free")
    desk.scroll_to(cell)
    editor = cell.locator(".cm-content")
    editor.click()
    desk.page.keyboard.press("Control+a")
    desk.page.keyboard.insert_text("6 * 7")
    desk.page.keyboard.press("Shift+Enter")
    expect(cell.locator(".jp-OutputArea-output")).to_have_text("42")
    assert "6 * 7" not in (desk.folder / "lessons/zh/m14_customer_data_lab.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "zoom"), [(360, 1), (1280, 2), (1280, 1)])
def test_nothing_of_the_room_is_cut(desk: Desk, language: Language, width: int, zoom: int) -> None:
    desk.page.set_viewport_size({"width": width // zoom, "height": 800 // zoom})  # what 200 % zoom leaves of a window
    desk.open(f"lessons/{language}/home.ipynb")
    lines = desk.page.locator(".room-list")
    if width // zoom < 900:
        expect(lines).to_be_hidden()
        desk.page.locator(".room-bar-list").focus()
        desk.page.keyboard.press("Enter")
    expect(lines).to_be_visible()
    desk.picture(f"room-list-{language}-{width}-{zoom}")
    for place in [desk.page.locator(".room-bar button:visible").all(), lines.locator("a, p, h2, button").all()]:
        for each in place:
            assert each.evaluate("e => e.scrollWidth <= e.clientWidth + 1 && e.getBoundingClientRect().right <= innerWidth"), (
                each.inner_text()
            )
    if width // zoom < 900:
        desk.page.keyboard.press("Escape")
        expect(lines).to_be_hidden()
        assert desk.page.evaluate("document.activeElement.className") == "room-bar-list"


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_of_ours_in_the_whole_page(desk: Desk, language: Language) -> None:
    desk.open(f"lessons/{language}/m01_why_service.ipynb")
    found = Axe().run(desk.page).response["violations"]
    ours = []
    for violation in found:
        for node in violation["nodes"]:
            if desk.page.evaluate("([target, ours]) => Boolean(document.querySelector(target)?.closest(ours))", [node["target"][0], OURS]):
                ours.append(f"{violation['id']}: {node['html'][:160]}")
            else:
                print("JupyterLab's own:", violation["id"], node["target"][0])
    assert ours == []


@pytest.fixture
def own_room(tmp_path: Path, chromium: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A room that a test may close and open again at the same address."""
    monkeypatch.delenv("COURSE_FOLDER", raising=False)
    learn.lay(tmp_path)
    running = learn.open_room(tmp_path, port=9700)
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    desk = Desk(tmp_path, running, context.new_page())
    yield desk
    context.close()
    desk.room.close()


def test_while_the_server_is_away_it_is_said_and_afterwards_everything_is_saved(own_room: Desk) -> None:
    desk = own_room
    desk.open(M09)
    write(desk, "断开之前。")
    desk.wait_for("answers/m09.json", "always_right")
    desk.room.close()
    view = write(desk, "断开之后。")
    expect(view.locator(".course-status-error")).to_contain_text("没有保存", timeout=3_500)
    expect(desk.page.locator(".room-banner")).to_contain_text(say("zh", "room.away"))
    assert desk.page.locator("dialog[open], .jp-Dialog").count() == 0
    desk.room = learn.open_room(desk.folder, port=9700)
    desk.back()
    expect(desk.activity(WRITING.title.zh).locator("textarea").first).to_have_value("断开之后。")
    field = WRITING.fields[0].id  # type: ignore[attr-defined]
    desk.wait_for("answers/m09.json", "always_right", texts={field: "断开之后。"})
