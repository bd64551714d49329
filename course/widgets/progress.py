"""How far a learner is: a line a module, from the answers files; nobody else sees it."""

from __future__ import annotations

from typing import Any

from course.context import Context
from course.language import Language, say
from course.outline import Line, outline
from course.widgets.page import TAGS, PageWidget, module


class ProgressView(PageWidget):
    """A table: each module that is written, what was tried in its lesson, what is finished in its exercise."""

    _esm = module("check.js")

    def __init__(self, context: Context, language: Language) -> None:
        self._context, self._language = context, language
        super().__init__(content=self._content())

    def _content(self) -> dict[str, Any]:
        rows = [self._row(line) for line in outline(self._context, self._language)]
        columns = [say(self._language, f"progress.{name}") for name in ("module", "lesson", "minutes", "exercise")]
        finished = sum(row["done"] for row in rows)
        return {
            "lang": TAGS[self._language],
            "title": say(self._language, "progress.title"),
            "columns": columns,
            "rows": rows,
            "verdict": say(self._language, "progress.verdict", done=finished, all=len(rows)),
        }

    def _row(self, line: Line) -> dict[str, Any]:
        return {
            "title": f"{line.id.upper()} {line.title}",
            "state": say(self._language, "progress.tried", done=line.lesson.done, all=line.lesson.all),
            "done": line.lesson.finished and line.exercise.finished,
            "points": line.minutes,
            "how": say(self._language, "progress.finished", done=line.exercise.done, all=line.exercise.all),
        }

    def summary(self) -> str:
        """The table as plain text."""
        lines = [f"- {row['title']}: {row['state']}, {row['how']}" for row in self.content["rows"]]
        return "\n".join([f"{self.content['title']}:", *lines, self.content["verdict"]])
