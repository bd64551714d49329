"""The same notebooks without our launcher: plain JupyterLab stays plain, and Notebook 7 and Voilà show them without errors."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from course import catalog, learn
from course.language import say

pytestmark = pytest.mark.browser

NOT_OURS = (
    "Failed to initialize model",  # anywidget's two seconds, on a busy machine
    "reading 'schema'",  # Notebook 7.6 with any notebook
    "setData is not a function",  # plotly's renderer in Voilà, after it has drawn
)
LESSON = "m09_complaints.ipynb"
WRITING = catalog.activity("m09.always_right")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's folder."""
    path = tmp_path_factory.mktemp("elsewhere")
    learn.lay(path)
    return path


@contextmanager
def served(folder: Path, port: int, *command: str) -> Iterator[str]:
    """A server in a folder, as somebody starts it without us; gives its address."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    port += 100 * worker
    token = secrets.token_urlsafe(8)
    environment = {name: value for name, value in os.environ.items() if name not in ("COURSE_FOLDER", "JUPYTER_PATH")}
    root = ["--allow-root"] if os.geteuid() == 0 and command[0] != "voila" else []
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--no-browser", f"--port={port}", *root],
        cwd=folder,
        env={**environment, "JUPYTER_TOKEN": token},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address)
        yield f"{address}/{{path}}?token={token}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(address, timeout=2)
            return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


@contextmanager
def page_of(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the errors that it meets."""
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    page, errors = context.new_page(), list[str]()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, errors
    context.close()


def of_ours(errors: list[str]) -> list[str]:
    """The errors that are not known to be somebody else's."""
    return [error for error in errors if not any(known in error for known in NOT_OURS)]


def run_all(page: Page) -> None:
    """Choose Run, Run All Cells, as the hint says; again where Jupyter was not yet ready for it."""
    for _ in range(10):
        try:
            page.get_by_role("menuitem", name="Run", exact=True).click(timeout=8_000)
            page.get_by_role("menuitem", name="Run All Cells").first.click(timeout=8_000)
            page.locator(".course-activity").first.wait_for(state="attached", timeout=8_000)
            return
        except TimeoutError:
            page.keyboard.press("Escape")
    raise AssertionError("no activity after ten times Run All Cells")


def answered(page: Page, folder: Path, text: str) -> None:
    """Write into an activity, and see that it is saved."""
    view = page.locator(".course-activity").filter(has=page.get_by_role("heading", name=WRITING.title.zh, exact=True))
    box = view.locator("textarea").first
    box.fill(text)
    box.blur()
    expect(view.locator(".course-status-saved")).to_contain_text("已保存")
    assert text in (folder / "answers" / "m09.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("command", "path", "port"), [("jupyterlab", "doc/tree", 9750), ("notebook", "notebooks", 9760)])
def test_without_our_launcher_jupyter_is_plain_and_the_lesson_says_how_to_run(
    folder: Path, chromium: Browser, command: str, path: str, port: int
) -> None:
    with served(folder, port, command) as address, page_of(chromium) as (page, errors):
        page.goto(address.format(path=f"{path}/lessons/zh/{LESSON}"))
        expect(page.get_by_role("paragraph").filter(has_text=say("zh", "notebook.run_hint"))).to_be_visible()
        assert page.locator(".room-bar, .room-list").count() == 0
        run_all(page)
        answered(page, folder, f"写在 {command} 里。")
        assert of_ours(errors) == []


def test_voila_shows_a_lesson_and_saves_what_is_answered(folder: Path, chromium: Browser) -> None:
    with served(folder / "lessons" / "zh", 9770, "voila", LESSON) as address, page_of(chromium) as (page, errors):
        page.goto(address.format(path=""))
        page.locator(".course-activity").first.wait_for(state="attached")
        answered(page, folder, "写在 Voilà 里。")
        assert of_ours(errors) == []
