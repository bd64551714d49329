"""What the words of all kinds share."""

from __future__ import annotations

from collections.abc import Iterator

from course.language import Language, Text

BLANK = "–"
"""Stands where nothing was answered."""


def maybe(text: Text | None, language: Language) -> Iterator[str]:
    """The text, if there is one."""
    if text is not None:
        yield text.of(language)


def row(cells: list[str]) -> str:
    """One row of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
