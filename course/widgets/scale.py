"""The view of a scale: native radio buttons in fieldsets, nothing preset."""

from __future__ import annotations

from typing import Any

from course.drawer import SelfRatingDrawer
from course.widgets.view import View, module


class ScaleView(View):
    """In an exercise it also asks whether the ratings may be shared."""

    _esm = module("scale.js")
    uses = ("scale",)

    def can_restart(self) -> bool:
        return not isinstance(self.drawer, SelfRatingDrawer)

    def more_content(self) -> dict[str, Any]:
        if isinstance(self.drawer, SelfRatingDrawer):
            return {"shareable": True, "shared": self.drawer.shared(), "chart": False}
        return {"shareable": False, "shared": False}
