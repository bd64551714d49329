"""An explorer as plain text: what is chosen, what it shows, the top of its table. Loads pandas when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from course import exploring
from course.activities import Explorer, ExplorerAnswer
from course.exploring import controls, filters
from course.exploring.names import Names
from course.language import Language, say
from course.words.common import maybe

ROWS = 15
"""As many rows as the page shows at first."""


def body(activity: Explorer, answer: ExplorerAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro. Raises ContentError where the specification does not fit its data."""
    yield from maybe(activity.hint, language)
    finding, names = exploring.find(activity, answer, language), Names(activity, language)
    yield from controls.settings(activity, names, activity.chosen(answer))
    if activity.filters:
        yield filtered(activity, answer, language)
    yield finding.sentence
    if finding.rows:
        yield finding.caption
        yield " | ".join(column.label for column in finding.columns)
        yield from (" | ".join(row) for row in finding.texts[:ROWS])
    if len(finding.rows) > ROWS:
        yield say(language, "explorer.more", shown=ROWS, n=len(finding.rows))
    yield from finding.notes
    yield from controls.about(activity, names)


def filtered(activity: Explorer, answer: ExplorerAnswer, language: Language) -> str:
    """What is filtered, in a line."""
    names = Names(activity, language)
    words = filters.in_words(names, filters.read(names.columns, activity.given(answer)))
    return say(language, "explorer.filters_some", filters=words) if words else say(language, "explorer.filters_all")
