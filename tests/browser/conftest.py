"""A real Chromium in front of a real JupyterLab, as a learner meets it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nbformat
import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.sign import NotebookNotary
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import APIResponse, Browser, Error, Locator, Page, expect, sync_playwright

from course import catalog, learn
from course.language import Language
from tests.samples import SPECS, write

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "screenshots"
PATIENCE = 60_000  # ms; a kernel on a busy machine
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Where there is none the test is skipped, except in CI, where it fails."""
    program = shutil.which("chromium")
    if program is None:
        message = "no chromium on this machine: apt install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


class Desk:
    """A learner's folder, the server in it, and one page of the browser."""

    def __init__(self, folder: Path, room: learn.Room, page: Page) -> None:
        self.folder, self.page, self.room = folder, page, room
        parts = urlsplit(room.address)
        self.base = f"{parts.scheme}://{parts.netloc}"
        self.token = parse_qs(parts.query)["token"][0]
        page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str) -> None:
        """Open one notebook of the learner's folder; in the room it runs by itself."""
        self.page.goto(f"{self.base}/lab/tree/{path}?reset&token={self.token}")
        self.page.locator(".course-lesson .course-activity").first.wait_for(state="attached")
        self.ran()

    def ran(self) -> None:
        """Wait until the notebook in front has run to its end."""
        self.page.locator(".course-lesson:not(.lm-mod-hidden)[aria-busy=false]").first.wait_for(state="attached")

    def show(self, activity_id: str, language: Language = "zh") -> Locator:
        """Open a lesson that shows this activity alone, and run it; the answers made before are still there."""
        self._lesson(f"lessons/{language}/{activity_id.replace('.', '_')}_alone.ipynb", "from course import show", activity_id)
        return self.activity(catalog.activity(activity_id).title.of(language))

    def sample(self, name: str) -> Locator:
        """A sample of the tests, shown in a lesson of its own in English."""
        specification = SPECS[name]()
        write(self.folder, specification, name)
        setting = f"from pathlib import Path\nfrom course import places, show\nplaces.content = lambda: Path({str(self.folder)!r})"
        self._lesson(f"lessons/en/{name}.ipynb", setting, f"m01.{name}")
        return self.activity(specification["title"]["en"])

    def _lesson(self, path: str, start: str, activity_id: str) -> None:
        """Write a lesson that shows one activity, and open it."""
        lesson = new_notebook(metadata={"course": {"module": "m01"}, "kernelspec": {"name": "python3", "display_name": "Python 3"}})
        lesson.cells = [new_code_cell(start), new_code_cell(f'show("{activity_id}")')]
        text = nbformat.writes(lesson)
        (self.folder / path).write_text(text, encoding="utf-8")
        NotebookNotary().sign(nbformat.reads(text, as_version=4))
        self.open(path)

    def start_again(self, view: Locator) -> None:
        """Press "do it again" twice, slowly enough to be meant."""
        button = view.locator(".course-footer button")
        button.click()
        self.page.wait_for_timeout(600)  # a double click is no answer to "are you sure"
        button.click()

    def activity(self, title: str) -> Locator:
        """The view with this title."""
        view = self.page.locator(".course-activity").filter(has=self.page.get_by_role("heading", name=title, exact=True))
        self.scroll_to(view)
        return view

    def scroll_to(self, wanted: Locator) -> None:
        """Wait until something is in the notebook, and scroll to it; again where a view was drawn anew meanwhile."""
        for _ in range(20):
            wanted.first.wait_for(state="attached")
            try:
                wanted.first.scroll_into_view_if_needed()
                return
            except Error as gone:
                if "not attached" not in str(gone):
                    raise
        raise AssertionError("what is wanted is drawn anew without end")

    def saved(self, path: str) -> dict[str, Any]:
        """The answers in one answers file, by activity."""
        raw = json.loads((self.folder / path).read_text(encoding="utf-8"))
        return {name: entry["answer"] for name, entry in raw["activities"].items()}

    def wait_for(self, path: str, name: str, /, **expected: Any) -> None:
        """Wait until the answers file holds this of one activity; fail with what it holds if that takes half a minute."""
        found: dict[str, Any] = {}
        for _ in range(600):
            if (self.folder / path).is_file():
                found = self.saved(path).get(name, {})
                if all(found.get(field) == value for field, value in expected.items()):
                    return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{path} holds of {name}: {found}")

    def restart(self) -> None:
        """Restart the page's kernels from outside, and wait until the room has shown the lesson anew."""
        for kernel in self.ask("get", "kernels").json():
            if kernel["connections"]:
                self.ask("post", f"kernels/{kernel['id']}/restart")
        self.back()

    def back(self) -> None:
        """Wait until the room says that the lesson is back, with its answers."""
        self.page.locator(".room-banner[data-says=back]").first.wait_for(state="attached")
        self.ran()

    def ask(self, method: str, path: str) -> APIResponse:
        """Ask Jupyter's own interface, as somebody else would."""
        return self.page.request.fetch(f"{self.base}/api/{path}", method=method, headers={"Authorization": f"token {self.token}"})

    def kill_kernels(self) -> None:
        """What an overfull memory does to a kernel."""
        for child in psutil.Process(self.room.process.pid).children(recursive=True):
            if child.ppid() != self.room.process.pid and "course.kernels.warm" in child.cmdline():
                child.kill()

    def axe(self, view: str = ".course-activity") -> list[str]:
        """What axe-core finds inside our outputs: the rule and the element of each violation."""
        found = Axe().run(self.page, context={"include": [[view]]}).response["violations"]
        return [f"{violation['id']}: {node['html'][:160]}" for violation in found for node in violation["nodes"]]

    def picture(self, name: str) -> None:
        """Leave a screenshot to look at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, learn.Room]]:
    """JupyterLab in a learner's folder, as ``course learn`` starts it."""
    folder = tmp_path_factory.mktemp("learner")
    nobody = os.environ.pop("COURSE_FOLDER")  # the kernel is to find the learner's folder by itself
    learn.lay(folder)
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    running = learn.open_room(folder, port=8950 + 100 * worker)
    try:
        yield folder, running
    finally:
        running.close()
        os.environ["COURSE_FOLDER"] = nobody


@pytest.fixture
def desk(room: tuple[Path, learn.Room], chromium: Browser) -> Iterator[Desk]:
    """A desk with an empty page, one context a test: no cookies and no open tabs of the last one."""
    folder, running = room
    context = chromium.new_context(viewport={"width": 1300, "height": 1000})
    desk = Desk(folder, running, context.new_page())
    yield desk
    context.close()
    # JupyterLab's own, when a kernel goes while it asks something of it.
    assert [error for error in desk.errors if "Canceled future" not in error] == []
