"""A feedback page in a real browser: accessible, quiet on the network, readable on a phone, and it prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from course.marking.feedback_page import page as as_html
from tests.marking.learners import middling, perfect
from tests.marking.test_feedback import read

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("name", "does"), [("perfect", perfect), ("middling", middling)])
def test_a_page_is_accessible_fits_a_phone_and_prints_without_the_network(
    chromium: Browser, tmp_path: Path, name: str, does: object
) -> None:
    file = tmp_path / "exercise.html"
    file.write_text(as_html([read("m03", does, "zh", 0.5), read("m03", does, "en")]), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 360, "height": 800}, color_scheme="dark")
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.screenshot(path=tmp_path / "phone.png", full_page=True)
    page.set_viewport_size({"width": 900, "height": 1000})
    page.screenshot(path=tmp_path / "desk.png")
    assert page.pdf(format="A4").startswith(b"%PDF")
    # axe is put into the page by this test; what it asks for is no affair of the page's
    assert (asked, errors) == ([file.as_uri()], [])
    page.close()
    free = chromium.new_context(bypass_csp=True).new_page()
    free.goto(file.as_uri())
    assert [violation["id"] for violation in Axe().run(free).response["violations"]] == []
    free.context.close()
