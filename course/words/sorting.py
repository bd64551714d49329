"""A sorting as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Sorting, SortingAnswer
from course.activities.sorting import SortingFeedback, SortingNotes
from course.language import Language, say
from course.words.common import BLANK, maybe


def body(activity: Sorting, answer: SortingAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro: each place with its cards, then the cards without a place."""
    yield from maybe(activity.case, language)
    yield activity.question.of(language)
    texts = {card.id: card.text.of(language) for card in activity.cards}
    said = _explanations(activity, answer, language)
    hints = {b.id: f" · {b.hint.of(language)}" for b in activity.bins if b.hint}
    for place, title in activity.places.items():
        yield f"{title.of(language)}{hints.get(place, '')}"
        yield from [f"   {texts[card]}{said.get(card, '')}" for card in activity.cards_in(place, answer)] or [f"   {BLANK}"]
    if waiting := [card for card in activity.ids if card not in answer.placed]:
        yield say(language, "sorting.waiting", n=len(waiting))
        yield from (f"   {texts[card]}" for card in waiting)
    if isinstance(result := activity.feedback(answer), SortingFeedback):
        yield say(language, "sorting.total", right=result.right, all=result.of)


def _explanations(activity: Sorting, answer: SortingAnswer, language: Language) -> dict[str, str]:
    """What stands behind each card that is explained."""
    result = activity.feedback(answer)
    if isinstance(result, SortingNotes):
        return {card.id: f" — {card.note.of(language)}" for card in result.cards}
    if not isinstance(result, SortingFeedback):
        return {}
    said = {}
    for card in result.cards:
        between = say(language, "sorting.between")
        better = say(language, "sorting.better", places=between.join(title.of(language) for title in card.better))
        verdict = say(language, "sorting.fits") if card.fits else better
        said[card.id] = " — ".join(["", verdict, *maybe(card.why, language)])
    return said
