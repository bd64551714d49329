"""The kinds of activity, one file each."""

from __future__ import annotations

from course.activities.base import Activity, Answer, Score
from course.activities.calculator import Calculator, CalculatorAnswer
from course.activities.collection import Collection
from course.activities.dialogue import Dialogue, DialogueAnswer
from course.activities.explorer import Explorer, ExplorerAnswer
from course.activities.figure import Figure
from course.activities.quiz import Quiz, QuizAnswer
from course.activities.ranking import Ranking, RankingAnswer
from course.activities.rubric import Rubric, RubricAnswer
from course.activities.scale import Scale, ScaleAnswer
from course.activities.scorecard import Scorecard, ScorecardAnswer
from course.activities.sorting import Sorting, SortingAnswer
from course.activities.writing import Writing, WritingAnswer

KINDS: dict[str, type[Activity]] = {
    "scale": Scale,
    "ranking": Ranking,
    "quiz": Quiz,
    "writing": Writing,
    "figure": Figure,
    "scorecard": Scorecard,
    "calculator": Calculator,
    "rubric": Rubric,
    "dialogue": Dialogue,
    "explorer": Explorer,
    "sorting": Sorting,
    "collection": Collection,
}
"""Every kind by the name that ``kind:`` gives in a YAML file. A new kind is added here."""

__all__ = [
    "KINDS",
    "Activity",
    "Answer",
    "Calculator",
    "CalculatorAnswer",
    "Collection",
    "Dialogue",
    "DialogueAnswer",
    "Explorer",
    "ExplorerAnswer",
    "Figure",
    "Quiz",
    "QuizAnswer",
    "Ranking",
    "RankingAnswer",
    "Rubric",
    "RubricAnswer",
    "Scale",
    "ScaleAnswer",
    "Score",
    "Scorecard",
    "ScorecardAnswer",
    "Sorting",
    "SortingAnswer",
    "Writing",
    "WritingAnswer",
]
