"""What is seen: one view a kind of activity (a Python class and a plain ES module of the same name), and one style sheet."""

from __future__ import annotations

from course.activities import Activity, Quiz, Ranking, Scale, Writing
from course.widgets.check import CheckView
from course.widgets.quiz import QuizView
from course.widgets.ranking import RankingView
from course.widgets.scale import ScaleView
from course.widgets.view import View
from course.widgets.writing import WritingView

VIEWS: dict[type[Activity], type[View]] = {Scale: ScaleView, Ranking: RankingView, Quiz: QuizView, Writing: WritingView}
"""The view of each kind. A new kind is added here."""

__all__ = ["VIEWS", "CheckView", "View"]
