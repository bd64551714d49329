"""An activity and its answer as plain text: what a print-out, GitHub, the formgrader and a screen without widgets show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from course.activities import (
    Activity,
    Calculator,
    Collection,
    Dialogue,
    Explorer,
    Figure,
    Quiz,
    Ranking,
    Rubric,
    Scale,
    Scorecard,
    Sorting,
    Writing,
)
from course.answers import Page
from course.language import Language
from course.words import calculator, collection, dialogue, explorer, figure, quiz, ranking, rubric, scale, scorecard, sorting, writing

_BODIES: dict[type[Activity], Callable[[Any, Any, Language], Iterable[str]]] = {
    Scale: scale.body,
    Ranking: ranking.body,
    Quiz: quiz.body,
    Writing: writing.body,
    Figure: figure.body,
    Scorecard: scorecard.body,
    Rubric: rubric.body,
    Calculator: calculator.body,
    Dialogue: dialogue.body,
    Explorer: explorer.body,
    Sorting: sorting.body,
    Collection: collection.body,
}
"""The lines under title and intro, for each kind. A new kind is added here."""


def summary(activity: Activity, answer: Any, language: Language) -> str:
    """The activity with the answer written into it, line by line."""
    return "\n".join([*head(activity, language), *body(activity, answer, language)])


def handed_in(activity: Activity, page: Page, language: Language) -> str:
    """What a marker reads of an activity in an exercise; of a self-rating, that it is done. Raises LearnerError for what is unreadable."""
    entry = page.entry(activity.name)
    answer = activity.read_handed_in(entry.answer if entry else {})
    return scale.completion(activity, answer, language) if isinstance(activity, Scale) else summary(activity, answer, language)


def head(activity: Activity, language: Language) -> list[str]:
    """Title and intro."""
    title = f"【{activity.title.of(language)}】" if language == "zh" else activity.title.of(language).upper()
    return [title, activity.intro.of(language)]


def body(activity: Activity, answer: Any, language: Language) -> list[str]:
    """The same without title and intro."""
    return list(_BODIES[type(activity)](activity, answer, language))
