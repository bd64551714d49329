"""Feedback as one HTML file that needs nothing else: no network, no script, its own style. Whatever a learner wrote is text in it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from course.language import say
from course.marking.feedback import Feedback

if TYPE_CHECKING:
    from jinja2 import Template

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What may not stand in HTML: control signs, halves of surrogate pairs."""


def page(versions: list[Feedback]) -> str:
    """One document with the feedback in the learner's language, or in both, one after the other, where none is known."""
    html = _template().render(versions=versions, say=say, number=lambda value: f"{round(value, 2):g}")
    return _CONTROL.sub("�", html.replace("\r\n", "\n"))


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("course", "marking")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("feedback.html")
