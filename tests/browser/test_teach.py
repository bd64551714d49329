"""``course teach``: the formgrader and JupyterLab in the course folder, with grader_config.py found where it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from course import grade, teach
from course.lab.serving import Room

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """An instructor's JupyterLab in a course folder with one exercise in the gradebook."""
    folder = tmp_path_factory.mktemp("课程 course")
    shutil.copy(ROOT / "grader_config.py", folder)
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name / "m09", folder / name / "m09")
    grade.register(folder, "m09")
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    running = teach.open_desk(folder / "solutions", "zh", port=9720 + 100 * worker)
    yield running
    running.close()


def test_the_formgrader_shows_the_exercises_of_this_folder(desk: Room, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(desk.at(teach.FORMGRADER))
    row = page.locator("tr").filter(has_text="m09").first
    expect(row).to_be_visible()
    page.close()


def test_jupyterlab_has_nbgraders_menu_in_chinese_surroundings_and_is_no_learners_room(desk: Room, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(desk.address)
    expect(page.get_by_role("menuitem", name="Nbgrader")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("menuitem", name="文件")).to_be_visible()
    assert page.locator(".room-list").count() == 0
    page.close()
