"""The kinds of activity, one file each."""

from __future__ import annotations

from course.activities.base import Activity, Answer, Score
from course.activities.figure import Figure
from course.activities.quiz import Quiz, QuizAnswer
from course.activities.ranking import Ranking, RankingAnswer
from course.activities.scale import Scale, ScaleAnswer
from course.activities.writing import Writing, WritingAnswer

KINDS: dict[str, type[Activity]] = {"scale": Scale, "ranking": Ranking, "quiz": Quiz, "writing": Writing, "figure": Figure}
"""Every kind by the name that ``kind:`` gives in a YAML file. A new kind is added here."""

__all__ = [
    "KINDS",
    "Activity",
    "Answer",
    "Figure",
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
