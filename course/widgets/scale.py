"""The view of a scale: native radio buttons in fieldsets, nothing preset."""

from __future__ import annotations

from typing import Any

from course.drawer import SelfRatingDrawer
from course.widgets.page import module, style
from course.widgets.view import View


class ScaleView(View):
    """In an exercise it also asks whether the ratings may be shared."""

    _esm = module("scale.js")
    _css = style("scale.css")
    uses = ("scale",)

    def can_restart(self) -> bool:
        return not isinstance(self.drawer, SelfRatingDrawer)

    def more_content(self) -> dict[str, Any]:
        return {"shareable": True, "chart": False} if isinstance(self.drawer, SelfRatingDrawer) else {"shareable": False}

    def more_state(self) -> dict[str, Any]:
        shared = isinstance(self.drawer, SelfRatingDrawer) and self.drawer.shared()
        return {"shared": shared, "earlier": self._earlier()}

    def _earlier(self) -> dict[str, Any] | None:
        """The complete rating that stands beside this one, if there is one."""
        if self.drawer.beside is None:
            return None
        answer = self.drawer.beside.peek()
        result = self.drawer.beside.activity.feedback(answer)
        return None if result is None else {"ratings": answer.ratings, "total": result.total}
