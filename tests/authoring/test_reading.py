"""A lesson can be read in its time: its prose, measured by characters, leaves most of the minutes for doing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from course import catalog
from course.authoring import notebooks

ROOT = Path(__file__).parents[2]
WRITTEN = [module for module in catalog.modules() if module.lesson]
CHARACTERS_A_MINUTE = 300
"""An unhurried pace for explanatory Chinese; practised readers of novels manage half as much again and more."""
MOST_READING = 0.4
"""The share of a lesson's minutes that its prose may take."""
ASIDE = re.compile(r"<details>.*</details>", re.DOTALL)
"""What is folded away (the trainer's cells, role cards) is not read through by everybody."""


def prose(lesson: str) -> int:
    """The Chinese characters of a lesson that every learner reads."""
    cells = notebooks.read(ROOT / "course/zh" / f"{lesson}.ipynb").cells
    told = [cell.source for cell in cells if cell.cell_type == "markdown" and not notebooks.is_hint(cell)]
    text = "\n".join(ASIDE.sub("", source) for source in told)
    return len(re.findall(r"[一-鿿]", text))


@pytest.mark.parametrize("module", [module.id for module in WRITTEN])
def test_the_prose_of_a_lesson_is_long_enough_and_fits_its_minutes(module: str) -> None:
    found = catalog.module(module)
    assert found.lesson is not None
    assert 1200 <= prose(found.lesson) <= 2200
    assert prose(found.lesson) / CHARACTERS_A_MINUTE <= MOST_READING * found.minutes


@pytest.mark.parametrize("module", [module.id for module in WRITTEN])
def test_english_is_in_proportion(module: str) -> None:
    lesson = catalog.module(module).lesson
    cells = notebooks.read(ROOT / "course/en" / f"{lesson}.ipynb").cells
    words = sum(
        len(re.findall(r"[A-Za-z’'-]+", ASIDE.sub("", cell.source)))
        for cell in cells
        if cell.cell_type == "markdown" and not notebooks.is_hint(cell)
    )
    assert lesson is not None
    assert 0.55 <= words / prose(lesson) <= 1.0


def test_the_core_day_is_six_hours_with_its_break() -> None:
    assert sum(module.minutes for module in catalog.modules() if module.core) + 15 == 360
