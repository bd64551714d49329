"""From the click on a lesson to the first answer saved: the room, plain JupyterLab with core ipywidgets, Voilà, Voilà with warm kernels.

``python -m tests.bench.bench_room``: three runs side by side, medians in seconds, and ratios.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page, sync_playwright

from course import learn
from tests.browser.conftest import ARGUMENTS
from tests.browser.test_elsewhere import served

ROUNDS = 3
LESSON = "m04_expectations.ipynb"
"""The lesson that all but plain JupyterLab show."""
OPEN_AND_RUN = """async () => {
  const app = window.jupyterapp;
  const panel = await app.commands.execute("docmanager:open", { path: "lesson.ipynb" });
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
  await app.commands.execute("notebook:run-all-cells");
}"""
"""The quickest that a script can do in plain JupyterLab: Run All before the kernel has answered is dropped without a word."""
LATER = {"later": "m02_platinum_rule.ipynb", "without a chart": "m06_receive.ipynb", "with a chart": "m09_complaints.ipynb"}
CORE = """import ipywidgets, json, os, pathlib
def group(name):
    radio, said = ipywidgets.RadioButtons(options=["1", "2", "3", "4"], value=None, description=name), ipywidgets.Label()
    def save(change):
        with open("answers.json", "w") as file:
            json.dump({name: change["new"]}, file); file.flush(); os.fsync(file.fileno())
        said.value = "saved"
    radio.observe(save, "value")
    return ipywidgets.VBox([radio, said])"""


def core(path: Path) -> None:
    """A notebook like a lesson, made of core ipywidgets: prose, and a group of radio buttons a cell, each saved with fsync."""
    cells = [new_code_cell(CORE)]
    for n in range(8):
        cells += [new_markdown_cell("## Part\n\n" + "Some prose to read. " * 40), new_code_cell(f"group('q{n}')")]
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


CONTROLS = "input[type=radio]:visible:not(:checked), .course-deck button[data-place]:visible, .course-activity textarea:visible"


def first_answer(page: Page) -> None:
    """Answer the first thing on the page that can be answered by one act, and wait until it is saved."""
    control = page.locator(CONTROLS).first
    control.wait_for(timeout=60_000)
    if control.evaluate("e => e.tagName") == "TEXTAREA":
        control.fill(f"{time.time()}")
        control.blur()
    else:
        control.click()
    page.locator(".course-status-saved:visible").first.wait_for(timeout=60_000)


def timed(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def in_room(browser: Browser, times: dict[str, list[float]]) -> None:
    """The first lesson after the home page stands, then others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        learn.lay(folder)
        room = learn.open_room(folder, port=9850)
        page = browser.new_page()
        try:
            page.goto(room.address)
            page.locator(".course-lesson[aria-busy=false]").wait_for(state="attached", timeout=60_000)

            def visit(lesson: str) -> None:
                page.locator(f".room-list [data-path$='{lesson}']").click()
                page.wait_for_url(f"**/{lesson}*")
                first_answer(page)

            times["room, first lesson"].append(timed(lambda: visit(LESSON)))
            for name, lesson in LATER.items():
                times[f"room, {name}"].append(timed(lambda lesson=lesson: visit(lesson)))  # type: ignore[misc]
        finally:
            page.context.close()
            room.close()


def in_plain_lab(browser: Browser, times: dict[str, list[float]]) -> None:
    """JupyterLab stands; open the notebook, Run All, choose."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        core(folder / "lesson.ipynb")
        with served(folder, 9860, "jupyterlab", "--LabApp.expose_app_in_browser=True") as address:
            page = browser.new_page(viewport={"width": 1300, "height": 1000})
            page.goto(address.format(path="lab") + "&reset")
            page.wait_for_function("window.jupyterapp && window.jupyterapp.restored.then(() => true)", timeout=60_000)

            def visit() -> None:
                page.evaluate(OPEN_AND_RUN)
                radio = page.locator(".widget-radio-box input").first
                radio.wait_for(timeout=60_000)
                radio.click()
                page.locator(".widget-label", has_text="saved").wait_for(timeout=60_000)

            times["plain JupyterLab"].append(timed(visit))
            page.context.close()


def in_voila(browser: Browser, times: dict[str, list[float]], name: str, *more: str) -> None:
    """Voilà stands; open the lesson."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        learn.lay(folder)
        with served(folder / "lessons" / "zh", 9870, "voila", LESSON, *more) as address:
            page = browser.new_page()
            time.sleep(8 if more else 1)  # its pool fills; nobody says when

            def visit() -> None:
                page.goto(address.format(path=""))
                first_answer(page)

            times[name].append(timed(visit))
            page.context.close()


def main() -> None:
    """Measure and print."""
    times: dict[str, list[float]] = defaultdict(list)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for _ in range(ROUNDS):
            in_room(browser, times)
            in_plain_lab(browser, times)
            in_voila(browser, times, "Voilà")
            in_voila(browser, times, "Voilà, preheated", "--preheat_kernel=True", "--pool_size=1")
        browser.close()
    for name, found in times.items():
        print(f"{name:24} {median(found):6.2f} s   ({', '.join(f'{one:.2f}' for one in found)})")
    middle = {name: median(found) for name, found in times.items()}
    print(f"first lesson / Voilà           {middle['room, first lesson'] / middle['Voilà']:.2f}   (wanted: at most 1)")
    print(f"first lesson / Voilà preheated {middle['room, first lesson'] / middle['Voilà, preheated']:.2f}")
    print(f"later lesson / plain Lab       {middle['room, later'] / middle['plain JupyterLab']:.2f}   (wanted: at most 0.5)")
    print(f"with a chart / without         {middle['room, with a chart'] / middle['room, without a chart']:.2f}   (wanted: under 1.5)")


if __name__ == "__main__":
    main()
