"""Free text as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Writing, WritingAnswer
from course.language import Language
from course.words.common import BLANK, maybe


def body(activity: Writing, answer: WritingAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    yield from maybe(activity.case, language)
    for field in activity.fields:
        yield field.prompt.of(language)
        text = answer.texts.get(field.id, "").strip()
        yield "\n".join(f"   {line}" for line in (text or BLANK).splitlines())
