"""The list of what is still open in an exercise; it follows the answers by itself."""

from __future__ import annotations

from typing import Any

import anywidget
import traitlets

from course.activities import Activity
from course.context import Context
from course.drawer import drawer_for
from course.language import Language, say
from course.widgets.view import module, style


class CheckView(anywidget.AnyWidget):
    """A table: each graded part, how far it is, its points and who marks it."""

    _esm = module("check.js")
    _css = style()
    content = traitlets.Dict().tag(sync=True)

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
            "lang": {"zh": "zh-CN", "en": "en"}[language],
            "title": say(language, "check.title"),
            "columns": [say(language, f"check.{name}") for name in names],
            "rows": rows,
            "verdict": say(language, "check.all_done" if all(row["done"] for row in rows) else "check.some_open"),
        }

    def _row(self, activity: Activity) -> dict[str, Any]:
        language = self._language
        answer = drawer_for(activity, self._context).peek()
        left = len(activity.open_items(answer))
        if left == 0:
            state = say(language, "check.done")
        elif activity.attempted(answer):
            state = say(language, "check.part", n=left)
        else:
            state = say(language, "check.not_begun")
        how = "completion" if activity.self_rating else "hand" if activity.by_hand else "auto"
        return {
            "title": activity.title.of(language),
            "state": state,
            "done": left == 0,
            "points": activity.points,
            "how": say(language, f"check.{how}"),
        }

    def summary(self) -> str:
        """The list as plain text."""
        lines = [f"{self.content['title']}:"]
        lines += [f"- {row['title']}: {row['state']} ({row['points']}, {row['how']})" for row in self.content["rows"]]
        return "\n".join([*lines, self.content["verdict"]])

    def __repr__(self) -> str:
        return self.summary()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/plain"] = self.summary()
        return bundle
