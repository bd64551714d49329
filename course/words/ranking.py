"""A ranking as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Ranking, RankingAnswer
from course.activities.ranking import RankingFeedback, RankingNotes
from course.language import Language, say
from course.words.common import maybe


def body(activity: Ranking, answer: RankingAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    yield from maybe(activity.case, language)
    texts = {item.id: item.text.of(language) for item in activity.items}
    if not answer.order:
        yield say(language, "ranking.untouched")
    if activity.tag:
        yield activity.tag.of(language)
    for place, item in enumerate(answer.order or activity.ids, start=1):
        number = f"{place}." if answer.order else "·"
        yield f"{number} {texts[item]}{_tag(activity, answer.tags.get(item), language)}"
    result = activity.feedback(answer)
    if isinstance(result, RankingNotes):
        yield say(language, "ranking.notes")
        yield from (f"- {item.text.of(language)}: {item.note.of(language)}" for item in result.first if item.note)
    if isinstance(result, RankingFeedback):
        yield say(language, "ranking.agreeing", pairs=result.pairs, agreeing=result.agreeing)
        for pair in result.turned:
            lower = say(language, "ranking.between").join(text.of(language) for text in pair.lower)
            order = say(language, "ranking.above", higher=pair.higher.of(language), lower=lower)
            yield f"- {order}: {pair.why.of(language)}"


def _tag(activity: Ranking, tag: bool | None, language: Language) -> str:
    if activity.tag is None:
        return ""
    name = "untagged" if tag is None else "can" if tag else "cannot"
    return f" [{say(language, f'ranking.{name}')}]"
