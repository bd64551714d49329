"""How far a learner is: a line a module, from the answers files; nobody else sees it."""

from __future__ import annotations

from typing import Any

from course import catalog
from course.activities import Activity
from course.catalog import Module
from course.context import Context
from course.drawer import answer_of
from course.language import Language, say
from course.widgets.page import TAGS, PageWidget, module


class ProgressView(PageWidget):
    """A table: each module that is written, what was tried in its lesson, what is finished in its exercise."""

    _esm = module("check.js")

    def __init__(self, context: Context, language: Language) -> None:
        self._context, self._language = context, language
        super().__init__(content=self._content())

    def _content(self) -> dict[str, Any]:
        rows = [self._row(written) for written in catalog.modules() if written.lesson]
        columns = [say(self._language, f"progress.{name}") for name in ("module", "lesson", "minutes", "exercise")]
        finished = sum(row["done"] for row in rows)
        return {
            "lang": TAGS[self._language],
            "title": say(self._language, "progress.title"),
            "columns": columns,
            "rows": rows,
            "verdict": say(self._language, "progress.verdict", done=finished, all=len(rows)),
        }

    def _row(self, written: Module) -> dict[str, Any]:
        activities = [activity for activity in catalog.activities(written.id) if activity.stored]
        practice = [self._answer(activity) for activity in activities if not activity.graded]
        graded = [self._answer(activity) for activity in activities if activity.graded]
        tried = sum(attempted for attempted, _ in practice)
        finished = sum(complete for _, complete in graded)
        return {
            "title": f"{written.id.upper()} {written.title.of(self._language)}",
            "state": say(self._language, "progress.tried", done=tried, all=len(practice)),
            "done": tried == len(practice) and finished == len(graded),
            "points": written.minutes,
            "how": say(self._language, "progress.finished", done=finished, all=len(graded)),
        }

    def _answer(self, activity: Activity) -> tuple[bool, bool]:
        """Whether anything was answered, and whether nothing is open."""
        answer = answer_of(activity, self._context)
        return activity.attempted(answer), not activity.open_items(answer)

    def summary(self) -> str:
        """The table as plain text."""
        lines = [f"- {row['title']}: {row['state']}, {row['how']}" for row in self.content["rows"]]
        return "\n".join([f"{self.content['title']}:", *lines, self.content["verdict"]])
