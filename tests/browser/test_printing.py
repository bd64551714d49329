"""A printed page in a real browser: charts are drawn, and nothing is asked of the network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from course import printing
from course.learn import lay

pytestmark = pytest.mark.browser


def test_charts_are_drawn_and_nothing_is_asked_of_the_network(tmp_path: Path, chromium: Browser) -> None:
    lay(tmp_path / "学员 folder")
    page = printing.write(tmp_path / "学员 folder", "m09", "zh", tmp_path / "printed #1")
    shown = chromium.new_page()
    asked: list[str] = []
    faults: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    shown.goto(page.as_uri())
    assert shown.locator(".chart").count() >= 3
    assert shown.locator(".chart .main-svg").first.is_visible()
    assert shown.evaluate("[...document.querySelectorAll('.chart')].every(one => one.querySelector('.main-svg'))")
    assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert faults == []
    shown.close()
