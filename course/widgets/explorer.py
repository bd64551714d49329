"""The view of an explorer: native controls; the sentence, the table and the chart follow at once."""

from __future__ import annotations

from typing import Any

from course import exploring, words
from course.activities import Explorer
from course.exploring import controls
from course.exploring.names import Names
from course.language import say
from course.widgets.page import module, style
from course.widgets.view import View

MOST_ROWS = 1000
"""More rows are neither sent to the page nor read by a person."""


class ExplorerView(View):
    """Computing is Python's; the page holds the choices and shows what comes back."""

    activity: Explorer
    _esm = module("explorer.js")
    _css = style("explorer.css")
    uses = ("explorer",)

    def can_restart(self) -> bool:
        return False  # a button of its own goes back to the first view: nothing is lost that needs a second question

    def more_content(self) -> dict[str, Any]:
        names = Names(self.activity, self.language)
        return {
            "choices": controls.choices(self.activity, names),
            "filters": controls.filters(self.activity, names),
            "meanings": [list(meaning) for meaning in controls.meanings(self.activity, names)],
            "about": controls.about(self.activity, names),
            "shown": words.explorer.ROWS,
        }

    def more_state(self) -> dict[str, Any]:
        finding = exploring.find(self.activity, self.answer, self.language)
        chosen = self.activity.chosen(self.answer)
        cut = [say(self.language, "explorer.cut", n=MOST_ROWS)] if len(finding.rows) > MOST_ROWS else []
        return {
            "chosen": chosen,
            "idle": sorted(self.activity.analysis.idle(chosen)),
            "filtered": words.explorer.filtered(self.activity, self.answer, self.language),
            "caption": finding.caption,
            "sentence": finding.sentence,
            "columns": [{"text": column.label, "numeric": column.form != "text"} for column in finding.columns],
            "rows": finding.texts[:MOST_ROWS],
            "notes": [*finding.notes, *cut],
        }
