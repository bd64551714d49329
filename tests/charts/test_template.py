"""The colours of charts: told apart by everybody, and seen on light and on dark ground."""

from __future__ import annotations

from itertools import combinations

import pytest

from course.charts.template import GREY, OURS, PALETTE, template
from course.language import LANGUAGES, Language

GROUNDS = {"white": "#ffffff", "JupyterLab's dark": "#111111"}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", PALETTE[:4])
def test_the_first_four_colours_are_seen_on_any_ground(ground: str, colour: str) -> None:
    assert contrast(colour, GROUNDS[ground]) >= 3


@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_filled_has_an_outline_that_is_seen(ground: str) -> None:
    assert contrast(GREY, GROUNDS[ground]) >= 3
    assert template("zh")["data"]["bar"][0]["marker"]["line"] == {"color": GREY, "width": 1}


def test_colours_differ() -> None:
    assert all(one != other for one, other in combinations(PALETTE, 2))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ground_is_transparent_and_texts_can_be_found_by_the_style_sheet(language: Language) -> None:
    layout = template(language)["layout"]
    assert (layout["paper_bgcolor"], layout["plot_bgcolor"]) == ("rgba(0,0,0,0)", "rgba(0,0,0,0)")
    assert layout["font"]["family"].startswith(OURS)


def test_the_style_sheet_gives_those_texts_the_ink_of_the_theme() -> None:
    from course.widgets.page import style

    assert f'text[style*="{OURS}"] {{ fill: var(--jp-ui-font-color1' in style()
