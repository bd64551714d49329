"""An activity and its answer as plain text: what a print-out, GitHub, the formgrader and a screen without widgets show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from course.activities import Activity, Figure, Quiz, Ranking, Scale, Writing
from course.language import Language
from course.words import figure, quiz, ranking, scale, writing

_BODIES: dict[type[Activity], Callable[[Any, Any, Language], Iterable[str]]] = {
    Scale: scale.body,
    Ranking: ranking.body,
    Quiz: quiz.body,
    Writing: writing.body,
    Figure: figure.body,
}
"""The lines under title and intro, for each kind. A new kind is added here."""


def summary(activity: Activity, answer: Any, language: Language) -> str:
    """The activity with the answer written into it, line by line."""
    lines = [f"【{activity.title.of(language)}】" if language == "zh" else activity.title.of(language).upper()]
    lines += [activity.intro.of(language)]
    lines += _BODIES[type(activity)](activity, answer, language)
    return "\n".join(lines)
