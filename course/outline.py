"""The course as a list: modules in order, what the learner has done of each, and where its lesson and its exercise lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from course import catalog, places
from course.activities import Activity
from course.context import Context
from course.drawer import answer_of
from course.language import Language


@dataclass(frozen=True)
class Part:
    """A lesson or an exercise: its notebook, relative to the learner's folder; how many of its activities are done; its points, if any."""

    path: str
    done: int
    all: int
    points: int = 0

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.all


@dataclass(frozen=True)
class Line:
    """One module that is written. In its lesson, what was tried is done; in its exercise, what has nothing open."""

    id: str
    title: str
    minutes: int
    core: bool
    lesson: Part
    exercise: Part


def outline(context: Context, language: Language) -> list[Line]:
    """All modules with a lesson, with what this learner's answer files say. Raises CourseError for content that does not hold."""
    return [_line(context, module, language) for module in catalog.modules() if module.lesson]


def _line(context: Context, module: catalog.Module, language: Language) -> Line:
    def count(activities: list[Activity], done: Callable[[Activity, object], bool]) -> tuple[int, int]:
        return sum(done(activity, answer_of(activity, context)) for activity in activities), len(activities)

    activities = [activity for activity in catalog.activities(module.id) if activity.stored]
    graded = [activity for activity in activities if activity.graded]
    tried = count([activity for activity in activities if not activity.graded], lambda activity, answer: activity.attempted(answer))
    finished = count(graded, lambda activity, answer: not activity.open_items(answer))
    return Line(
        module.id,
        module.title.of(language),
        module.minutes,
        module.core,
        Part(f"lessons/{language}/{module.lesson}.ipynb", *tried),
        Part(f"exercises/{module.id}/{places.EXERCISE}", *finished, points=sum(activity.points for activity in graded)),
    )
