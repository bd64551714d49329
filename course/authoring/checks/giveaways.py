"""What gives an answer away, or points for nothing.

The first order of a ranking, the order of cards, a bin that takes most of them, the place of the right option, the length of the best line.
"""

from __future__ import annotations

from typing import Any

from course.activities import Activity, Dialogue, Quiz, Ranking, Sorting
from course.activities.dialogue import DialogueKey
from course.activities.quiz import QuestionKey
from course.activities.ranking import order_share
from course.activities.sorting import Right, pattern, share_above_chance
from course.language import LANGUAGES, Language

MOST_FOR_NOTHING = 0.3
"""An untouched ranking must not stand nearer to its key than this share of its points; nor may all cards in one bin earn more."""

MOST_BY_LENGTH = 0.6
"""Who always chooses the longest (or the shortest) line of a dialogue must not earn more than this share of the best path's points."""
LEAST_STEPS = 4
"""In a talk shorter than this, length tells too little."""


def of_practice(activity: Activity) -> str | None:
    """What gives the key in the activity's own file away; None where nothing does, or where there is no key."""
    if isinstance(activity, Ranking) and activity.key is not None:
        return _first_order(activity, activity.key.order)
    if isinstance(activity, Sorting) and activity.own_key:
        return _sorted(activity, activity.own_key)
    if isinstance(activity, Quiz):
        return _places(activity, {question.id: key for question in activity.questions if (key := question.own_key())})
    if isinstance(activity, Dialogue) and not activity.graded:
        return _lengths(activity, None)
    return None


def of_exercise(activity: Activity, key: Any) -> str | None:
    """What gives the instructor's key (validated) away; None where nothing does."""
    if isinstance(activity, Ranking):
        return _first_order(activity, key.order)
    if isinstance(activity, Sorting):
        return _sorted(activity, key.cards)
    if isinstance(activity, Quiz):
        return _places(activity, key.questions)
    return _lengths(activity, key) if isinstance(activity, Dialogue) else None


def _first_order(activity: Ranking, order: list[list[str]]) -> str | None:
    share = order_share(activity.ids, order)
    return f"items: shuffle them; the order first shown already earns {share:.0%}" if share > MOST_FOR_NOTHING else None


def _sorted(activity: Sorting, right: Right) -> str | None:
    full = {b.id for b in activity.bins if b.most is not None}  # nobody can put all cards there
    earned = {place: share_above_chance(dict.fromkeys(right, place), right, len(activity.places)) for place in activity.places}
    if lazy := [f"{place} earn {share:.0%}" for place, share in earned.items() if place not in full and share > MOST_FOR_NOTHING]:
        return f"cards: all of them in {lazy[0]}; give the other places more"
    return pattern(activity.ids, right)


def _places(activity: Quiz, keys: dict[str, QuestionKey]) -> str | None:
    """The right option of three or more single-choice questions must not always stand in the same place."""
    single = [question for question in activity.questions if question.form == "single" and question.id in keys]
    right = {[option.id for option in question.options].index((keys[question.id].right or [""])[0]) for question in single}
    return "questions: the right option always stands in the same place; move some" if len(single) >= 3 and len(right) == 1 else None


def _lengths(activity: Dialogue, key: DialogueKey | None) -> str | None:
    """The best line must not be known by its length, in either language."""
    best = activity.best_path(key)
    if len(best.lines) < LEAST_STEPS:
        return None
    for language in LANGUAGES:
        for name, sign in (("longest", 1), ("shortest", -1)):
            share = _walked(activity, key, language, sign) / best.points
            if share > MOST_BY_LENGTH:
                return f"nodes: who always chooses the {name} line ({language}) earns {share:.0%}; make good lines shorter or others longer"
    return None


def _walked(activity: Dialogue, key: DialogueKey | None, language: Language, sign: int) -> int:
    """The points of the path that always takes the longest line (``sign`` 1) or the shortest (−1)."""
    points, node = 0, activity.by_id[activity.first]
    while node.lines:
        line = max(node.lines, key=lambda line: sign * len(line.text.of(language)))
        points += key.lines[f"{node.id}.{line.id}"] if key else line.points or 0
        node = activity.by_id[line.to]
    return points
