"""A dialogue as plain text: the talk as a script."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Dialogue, DialogueAnswer
from course.activities.dialogue import Level, Talk, Turn, Verdict
from course.language import Language, say
from course.words.common import maybe


def body(activity: Dialogue, answer: DialogueAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    talk, review = activity.talk(answer), activity.feedback(answer)
    yield activity.case.of(language)
    for number, turn in enumerate(talk.turns):
        yield _customer(activity, turn, language)
        yield say(language, "dialogue.answers", who=activity.you.of(language), words=turn.said.of(language))
        yield f"   {_effect(turn, language)}"
        if review:
            yield from (f"   {line}" for line in _verdict(review.verdicts[number], language))
    yield _customer(activity, talk, language)
    yield f"{_level('temper', talk.temper, language)}{say(language, 'dialogue.pause')}{_level('trust', talk.trust, language)}"
    if talk.ending:
        yield say(language, "dialogue.ending", title=talk.ending.title.of(language))
        yield talk.ending.text.of(language)
    else:
        yield say(language, "dialogue.choose")
        yield from (f"   {n}. {choice.text.of(language)}" for n, choice in enumerate(talk.choices, start=1))
        yield say(language, "dialogue.unfinished" if talk.turns else "dialogue.not_begun")
    if review:
        yield say(language, "dialogue.total", points=review.points, best=review.best)


def _level(name: str, at: Level, language: Language) -> str:
    return f"{say(language, f'dialogue.{name}')} {say(language, 'dialogue.level_first', value=at.after)}"


def _effect(turn: Turn, language: Language) -> str:
    return say(
        language,
        "dialogue.effect",
        temper_before=turn.temper.before,
        temper_after=turn.temper.after,
        trust_before=turn.trust.before,
        trust_after=turn.trust.after,
    )


def _customer(activity: Dialogue, now: Turn | Talk, language: Language) -> str:
    mood = say(language, f"dialogue.mood_{now.mood}")
    return say(language, "dialogue.speaks", who=activity.customer.of(language), mood=mood, words=now.says.of(language))


def _verdict(verdict: Verdict, language: Language) -> Iterator[str]:
    why = verdict.why.of(language) if verdict.why else ""
    yield say(language, "dialogue.points", points=verdict.points, why=why)
    if verdict.better:
        yield say(language, "dialogue.better", points=verdict.better.points, line=verdict.better.said.of(language))
        yield from (f"   {line}" for line in maybe(verdict.better.why, language))
