"""The kinds of activity, one file each."""

from __future__ import annotations

from typing import TypeAlias

from course.activities.base import Activity, Answer, Score
from course.activities.figure import Figure
from course.activities.quiz import Quiz, QuizAnswer
from course.activities.ranking import Ranking, RankingAnswer
from course.activities.scale import Scale, ScaleAnswer
from course.activities.writing import Writing, WritingAnswer

KINDS: dict[str, type[Activity]] = {"scale": Scale, "ranking": Ranking, "quiz": Quiz, "writing": Writing, "figure": Figure}
"""Every kind by the name that ``kind:`` gives in a YAML file. A new kind is added here."""

Keyed: TypeAlias = Ranking | Quiz
"""The kinds that are scored against an instructor's key."""

__all__ = [
    "KINDS",
    "Activity",
    "Answer",
    "Figure",
    "Keyed",
    "Quiz",
    "QuizAnswer",
    "Ranking",
    "RankingAnswer",
    "Scale",
    "ScaleAnswer",
    "Score",
    "Writing",
    "WritingAnswer",
]
