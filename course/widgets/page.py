"""What every widget of ours has in common: the style sheet, its ES module, and a plain-text summary beside the view."""

from __future__ import annotations

import re
from abc import abstractmethod
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from course.language import Language

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./common\.js";\n', re.MULTILINE)
TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
"""The language tags that a browser and a screen reader understand."""


@cache
def module(name: str) -> str:
    """One view's ES module, with what it imports from common.js put in front: a widget's module cannot import a file beside it."""
    folder = files("course.widgets")
    common = (folder / "common.js").read_text(encoding="utf-8").replace("export function", "function")
    return common + _IMPORT.sub("", (folder / name).read_text(encoding="utf-8"))


@cache
def style(name: str | None = None) -> str:
    """The style sheet of all views, and after it one kind's own, such as ``sorting.css``."""
    sheets = ["course.css", name] if name else ["course.css"]
    return "\n".join((files("course.widgets") / sheet).read_text(encoding="utf-8") for sheet in sheets)


class PageWidget(anywidget.AnyWidget):
    """A widget that also says what it shows as plain text: for a print-out, the formgrader, nbval, a screen without widgets."""

    _css = style()
    content = traitlets.Dict().tag(sync=True)

    @abstractmethod
    def summary(self) -> str:
        """All that is shown, as plain text."""

    def __repr__(self) -> str:
        return self.summary()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None:
            bundle[0]["text/plain"] = self.summary()  # anywidget cuts a repr after 110 characters
        return bundle
