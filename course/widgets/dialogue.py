"""The view of a dialogue: a talk that reads like a chat, with two meters and buttons for the lines to choose from."""

from __future__ import annotations

from typing import Any

from course.activities import Dialogue
from course.language import in_language
from course.widgets.page import module, style
from course.widgets.view import View


class DialogueView(View):
    """The page gets the talk as far as it went: neither what comes later nor what a line will do."""

    activity: Dialogue
    _esm = module("dialogue.js")
    _css = style("dialogue.css")
    uses = ("dialogue",)

    def can_restart(self) -> bool:
        """Always: to have the talk again is the point, and in an exercise the last one counts."""
        return True

    def more_state(self) -> dict[str, Any]:
        return {"talk": in_language(self.activity.talk(self.answer), self.language)}
