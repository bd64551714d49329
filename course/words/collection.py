"""A collection as plain text: each piece with what the learner wrote there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course import catalog
from course.activities import Activity, Collection
from course.language import Language, say
from course.words.common import maybe


def body(activity: Collection, _: Any, language: Language) -> Iterator[str]:
    """The lines under title and intro where nobody's answers are at hand: what belongs here."""
    for piece in activity.parts:
        yield f"- {name(catalog.activity(piece.activity), language)}"
        yield from maybe(piece.note, language)


def name(activity: Activity, language: Language) -> str:
    """The module and the title of a piece."""
    return say(language, "collection.piece", module=activity.module.upper(), title=activity.title.of(language))


def missing(activity: Activity, language: Language) -> str:
    """What stands in the place of a piece that was not begun."""
    return say(language, "collection.exercise" if activity.graded else "collection.lesson", module=activity.module.upper())
