"""One activity of one submission: its score and what is said of it. Pure, and it fails closed: what cannot be read earns nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course.activities import Activity, Score
from course.answers import Page
from course.errors import KeyError_, LearnerError
from course.language import Language, explain, say


@dataclass(frozen=True)
class Assessment:
    """A score, and the sentence that goes with it; ``trouble`` says why an answer could not be read, if so."""

    score: Score
    sentence: str
    trouble: LearnerError | None = None


def assess(activity: Activity, page: Page, key: object, language: Language) -> Assessment:
    """Score what a page holds of an activity against the instructor's key.

    An answer that cannot be read, or names what does not exist, earns 0, says why, and costs this activity alone. Raises KeyError_ for a
    key that does not fit: a mistake in solutions/, not in the submission.
    """
    return assess_with(activity, page, read_key(activity, key), language)


def assess_with(activity: Activity, page: Page, checked: Any, language: Language) -> Assessment:
    """The same with a key that ``read_key`` has read: many submissions share one."""
    try:
        entry = page.entry(activity.name)
        score = activity.score(activity.read_handed_in(entry.answer if entry else {}), checked)
    except LearnerError as error:
        return trouble(activity, error, language)
    return Assessment(score, sentence(activity, score, language))


def trouble(activity: Activity, error: LearnerError, language: Language) -> Assessment:
    """The assessment of what cannot be read."""
    reason = say(language, "mark.trouble", reason=explain(error, language))
    return Assessment(Score.not_attempted(activity.auto_points), f"{activity.title.of(language)}: {reason}", error)


def read_key(activity: Activity, key: object) -> Any:
    """The validated key of a kind that needs one. Raises KeyError_ where one is missing, not wanted, or does not fit."""
    if activity.hand_points and not activity.auto_points:
        raise KeyError_(activity.id, "", "is marked by hand: give it a task cell, not mark()")
    if not activity.auto_points:
        raise KeyError_(activity.id, "", "has no points to give; take mark() out")
    if activity.keyed and key is None:
        raise activity.wrong_key("", "is missing; give mark() the key")
    return activity.read_own_key(key) if key is not None else None


def sentence(activity: Activity, score: Score, language: Language) -> str:
    """What a learner reads of a score: the points, and the points of each part. No key shines through."""
    total = say(language, "mark.title", title=activity.title.of(language), points=f"{score.points:g}", out_of=f"{score.out_of:g}")
    if not score.attempted:
        return f"{activity.title.of(language)}: {say(language, 'mark.not_attempted')}"
    if len(score.parts) < 2:
        return total
    parts = [say(language, f"mark.{part.name}", points=f"{round(part.points, 2):g}", out_of=f"{part.out_of:g}") for part in score.parts]
    return f"{total} ({', '.join(parts)})"
