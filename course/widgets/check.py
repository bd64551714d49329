"""The list of what is still open in an exercise; it follows the answers by itself."""

from __future__ import annotations

from typing import Any

from course.activities import Activity
from course.context import Context
from course.drawer import drawer_for
from course.language import Language, say
from course.widgets.page import TAGS, PageWidget, module


class CheckView(PageWidget):
    """A table: each graded part, how far it is, its points and who marks it."""

    _esm = module("check.js")

    def __init__(self, activities: list[Activity], context: Context, language: Language) -> None:
        self._activities, self._context, self._language = activities, context, language
        super().__init__(content=self._content())

    def refresh(self, *_: object) -> None:
        """Look again at what is saved."""
        self.content = self._content()

    def speak(self, language: Language) -> None:
        """Show the list in another language."""
        self._language = language
        self.refresh()

    def _content(self) -> dict[str, Any]:
        language = self._language
        rows = [self._row(activity) for activity in self._activities]
        names = ("activity", "state", "worth", "how")
        return {
            "lang": TAGS[language],
            "title": say(language, "check.title"),
            "columns": [say(language, f"check.{name}") for name in names],
            "rows": rows,
            "verdict": say(language, "check.all_done" if all(row["done"] for row in rows) else "check.some_open"),
        }

    def _row(self, activity: Activity) -> dict[str, Any]:
        language = self._language
        left, attempted = drawer_for(activity, self._context).progress()
        if left == 0:
            state = say(language, "check.done")
        elif attempted:
            state = say(language, "check.part", n=left)
        else:
            state = say(language, "check.not_begun")
        how = "completion" if activity.self_rating else "auto" if not activity.hand_points else "both" if activity.auto_points else "hand"
        return {
            "title": activity.title.of(language),
            "state": state,
            "done": left == 0,
            "points": activity.points,
            "how": say(language, f"check.{how}", auto=activity.auto_points, hand=activity.hand_points),
        }

    def summary(self) -> str:
        """The list as plain text."""
        lines = [f"{self.content['title']}:"]
        lines += [f"- {row['title']}: {row['state']} ({row['points']}, {row['how']})" for row in self.content["rows"]]
        return "\n".join([*lines, self.content["verdict"]])
