"""The gallery in JupyterLab: one of every kind on one page, in both languages; and charts that follow the theme."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from playwright.sync_api import expect

from course import catalog
from course.activities import KINDS, Figure
from course.language import Language
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_is_there_and_accessible(desk: Desk, root: Path, language: Language) -> None:
    place = f"lessons/{language}/gallery.ipynb"
    shutil.copy(root / "course" / language / "gallery.ipynb", desk.folder / place)  # learners get it from nobody
    NotebookNotary().sign(nbformat.read(desk.folder / place, as_version=4))
    desk.open(place)
    for kind in sorted(set(KINDS) - {"figure"}):
        expect(desk.activity(catalog.activity(f"gallery.{kind}").title.of(language))).to_be_visible()
    figure = catalog.activity("gallery.figure")
    assert isinstance(figure, Figure)
    expect(desk.page.locator(".js-plotly-plot").last).to_contain_text(figure.series[0].name.of(language))
    assert desk.axe() == []
    desk.picture(f"gallery-{language}")


def test_the_texts_of_a_chart_have_the_ink_of_the_theme(desk: Desk) -> None:
    desk.show("gallery.calculator")
    words = desk.page.locator(".js-plotly-plot text").first
    desk.scroll_to(words)
    desk.page.evaluate("document.body.style.setProperty('--jp-ui-font-color1', 'rgb(250, 240, 230)')")
    assert words.evaluate("text => getComputedStyle(text).fill") == "rgb(250, 240, 230)"
