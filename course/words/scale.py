"""A self-rating as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Scale, ScaleAnswer
from course.activities.scale import Completion
from course.language import Language, say
from course.words.common import BLANK, maybe


def line(activity: Scale, number: int, language: Language) -> str:
    """The short name of one line of a scale: its statement, or its left pole."""
    item = activity.items[number]
    text = item.statement or item.left
    return text.of(language) if text else ""


def poles(activity: Scale, number: int, language: Language) -> str:
    """What one line of a scale says: its statement, or its two poles with the values that they stand for."""
    item = activity.items[number]
    if item.left is None or item.right is None:
        return item.statement.of(language) if item.statement else ""
    first, last = activity.values[0], activity.values[-1]
    return say(language, "scale.poles", left=item.left.of(language), right=item.right.of(language), first=first, last=last)


def body(activity: Scale, answer: ScaleAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    if activity.anchors:
        first, last = activity.values[0], activity.values[-1]
        yield f"{first} = {activity.anchors.first.of(language)} … {last} = {activity.anchors.last.of(language)}"
    for number, item in enumerate(activity.items):
        yield f"{number + 1}. {poles(activity, number, language)}: {answer.ratings.get(item.id, BLANK)}"
    result = activity.feedback(answer)
    if result is None:
        yield say(language, "scale.open", n=len(activity.open_items(answer)))
        return
    yield f"{say(language, 'scale.total')}: {result.total} ({say(language, 'scale.out_of', lowest=result.lowest, highest=result.highest)})"
    for group in result.groups:
        yield f"{group.title.of(language)}: {say(language, 'scale.mean', mean=group.mean)}"
    if result.band:
        yield f"{say(language, 'scale.band')}: {result.band.title.of(language)}. {result.band.advice.of(language)}"
    if result.near:
        yield say(language, "scale.near", band=result.near.title.of(language))
    yield from maybe(activity.note, language)


def completion(activity: Scale, answer: Completion, language: Language) -> str:
    """What an exercise says of a self-rating: that it is done, and the ratings only where the learner shares them."""
    lines = [activity.title.of(language), say(language, "scale.completed" if answer.completed else "scale.not_completed")]
    if answer.ratings is not None:
        lines += [say(language, "scale.shared"), *body(activity, ScaleAnswer(ratings=answer.ratings), language)]
    return "\n".join(lines)
