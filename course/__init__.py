"""Customer service, as a course of notebooks. A notebook needs four names: ``show``, ``check``, ``progress``, ``mark``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.marking import mark
    from course.notebook import check, progress, show

__all__ = ["check", "mark", "progress", "show"]


def __getattr__(name: str) -> Any:
    # Loaded when a notebook asks: marking must not wait for widgets, nor a lesson for marking.
    if name in ("check", "progress", "show"):
        from course import notebook

        return getattr(notebook, name)
    if name == "mark":
        from course import marking

        return marking.mark
    raise AttributeError(f"module 'course' has no attribute {name!r}")
