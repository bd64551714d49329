"""What is seen: one view a kind of activity (a Python class and a plain ES module of the same name), and one style sheet."""

from __future__ import annotations

from course.activities import (
    Activity,
    Calculator,
    Collection,
    Dialogue,
    Explorer,
    Quiz,
    Ranking,
    Rubric,
    Scale,
    Scorecard,
    Sorting,
    Writing,
)
from course.widgets.calculator import CalculatorView
from course.widgets.check import CheckView
from course.widgets.collection import CollectionView
from course.widgets.dialogue import DialogueView
from course.widgets.explorer import ExplorerView
from course.widgets.progress import ProgressView
from course.widgets.quiz import QuizView
from course.widgets.ranking import RankingView
from course.widgets.rubric import RubricView
from course.widgets.scale import ScaleView
from course.widgets.scorecard import ScorecardView
from course.widgets.sorting import SortingView
from course.widgets.view import View
from course.widgets.writing import WritingView

VIEWS: dict[type[Activity], type[View]] = {
    Scale: ScaleView,
    Ranking: RankingView,
    Quiz: QuizView,
    Writing: WritingView,
    Scorecard: ScorecardView,
    Rubric: RubricView,
    Dialogue: DialogueView,
    Explorer: ExplorerView,
    Sorting: SortingView,
    Calculator: CalculatorView,
    Collection: CollectionView,
}
"""The view of each kind. A new kind is added here."""

__all__ = ["VIEWS", "CheckView", "ProgressView", "View"]
