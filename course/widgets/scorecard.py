"""The view of a scorecard: a table of native boxes, which on a narrow page is one block a row."""

from __future__ import annotations

from typing import Any

from course import words
from course.activities import Scorecard
from course.activities.scorecard_cells import Column
from course.language import say
from course.widgets.page import module, style
from course.widgets.view import View

FEW = 11
"""Up to so many numbers are chosen from a list; more are typed."""


class ScorecardView(View):
    """Text is sent a moment after the last key, and when a box is left."""

    _esm = module("scorecard.js")
    _css = style("scorecard.css")
    uses = ("scorecard",)
    activity: Scorecard

    def more_content(self) -> dict[str, Any]:
        """For each column its full heading, what it lets choose from, and what is said of a cell that cannot be read."""
        columns = self.activity.columns
        return {
            "headings": {column.id: words.scorecard.heading(column, self.language) for column in columns},
            "choices": {column.id: choices for column in columns if (choices := self._choices(column))},
            "remarks": {column.id: self._remark(column) for column in columns},
        }

    def _choices(self, column: Column) -> list[list[str]]:
        """Value and text of each option: those of a choice, or the numbers of a short range, the highest first."""
        if column.lowest is None or column.highest is None:
            return [[option.id, option.text.of(self.language)] for option in column.options]
        numbers = range(column.highest, column.lowest - 1, -1)
        return [[str(n), words.scorecard.number(column, n)] for n in numbers] if len(numbers) <= FEW else []

    def _remark(self, column: Column) -> str:
        if column.type == "number":
            return say(self.language, "scorecard.not_a_number", range=words.scorecard.span(column, self.language))
        return say(self.language, "scorecard.not_a_date") if column.type == "date" else ""
