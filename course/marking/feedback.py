"""What a learner reads back of an exercise, as plain data: points, reasons, comments, the own answer, the next step. No key is in it."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from course import catalog, words
from course.activities import Activity
from course.answers import Page
from course.calls import calls, first_argument
from course.errors import BookError, ContentError, LearnerError, SetupError
from course.language import Language, explain, say
from course.marking.assess import assess, trouble
from course.marking.grades import Grade, Submission

ENOUGH = 0.8
"""Below this share of the points an activity is worth a second look."""
LONGEST = 50_000
"""As many characters of an answer as a page shows; no honest answer has more."""


@dataclass(frozen=True)
class Cell:
    """A cell of the solution that gives points: a ``mark`` call with its key, or a task for a person. ``activity`` is None for code."""

    name: str
    out_of: float
    by_person: bool
    activity: Activity | None = None
    key: object = field(default=None, repr=False)


@dataclass(frozen=True)
class Points:
    """One line of points: what was earned, by whom it is given, why, and what the instructor says to it."""

    earned: float
    out_of: float
    by_person: bool
    waiting: bool
    reason: str
    comment: str


@dataclass(frozen=True)
class Part:
    """One activity of the exercise: its points, and the learner's answer in words."""

    title: str
    points: tuple[Points, ...]
    answer: str

    @property
    def waiting(self) -> bool:
        """Whether a person has still to mark some of it."""
        return any(one.waiting for one in self.points)


@dataclass(frozen=True)
class Feedback:
    """An exercise in one language, for one learner."""

    language: Language
    learner: str
    module: str
    title: str
    moment: datetime | None
    penalty: float
    parts: tuple[Part, ...]
    next_steps: tuple[str, ...]

    @property
    def lines(self) -> list[Points]:
        """All lines of points."""
        return [one for part in self.parts for one in part.points]

    @property
    def earned(self) -> float:
        """All points that are certain, less what being late costs."""
        return max(0.0, round(sum(one.earned for one in self.lines if not one.waiting) - self.penalty, 2))

    @property
    def marked(self) -> float:
        """How many points have been given a mark."""
        return sum(one.out_of for one in self.lines if not one.waiting)

    @property
    def waiting(self) -> float:
        """How many points a person has still to give."""
        return sum(one.out_of for one in self.lines if one.waiting)


def cells(solution: Path) -> list[Cell]:
    """The cells of a solution that give points, in the order in which the exercise shows their activities. Nothing is run.

    Raises CourseError where the solution does not hold.
    """
    try:
        notebook = json.loads(solution.read_text(encoding="utf-8"))
        sources = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
        order = [first_argument(call) for source in sources for call in calls(source, "show")]
        found = [_cell(cell) for cell in notebook["cells"] if _gives_points(cell)]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, SyntaxError) as error:
        raise ContentError(solution, "", f"cannot be read ({error}); run: course check") from None
    places = {activity_id: place for place, activity_id in enumerate(order)}
    return sorted(found, key=lambda cell: (places.get(cell.activity.id if cell.activity else "", len(order)), cell.by_person))


def _gives_points(cell: dict[str, Any]) -> bool:
    facts = cell["metadata"].get("nbgrader", {})
    return bool(facts.get("grade") or facts.get("task"))


def _cell(cell: dict[str, Any]) -> Cell:
    facts, source = cell["metadata"]["nbgrader"], "".join(cell["source"])
    by_person = bool(facts.get("task") or facts.get("solution") or cell["cell_type"] != "code")
    activity_id, key = cell["metadata"].get("course", {}).get("activity", ""), None
    for call in calls(source, "mark") if cell["cell_type"] == "code" else ():
        activity_id = first_argument(call)
        key = next((ast.literal_eval(word.value) for word in call.keywords if word.arg == "key"), None)
    activity = catalog.activity(activity_id) if activity_id else None
    return Cell(facts["grade_id"], float(facts["points"]), by_person, activity, key)


def gather(module: str, cells: list[Cell], page: Page | BookError, submission: Submission, language: Language) -> Feedback:
    """What one learner reads of one exercise. ``page`` is what was handed in, or why that cannot be read.

    Raises SetupError where the points in the gradebook are not those that the answers earn: then it was marked with another key.
    """
    parts: dict[str, Part] = {}
    attempted: dict[str, bool] = {}
    for cell in cells:
        name = cell.activity.id if cell.activity else cell.name
        reason, tried = _reason(cell, page, submission.grades.get(cell.name), language)
        line = _points(cell, submission.grades.get(cell.name), reason)
        if old := parts.get(name):
            parts[name] = Part(old.title, (*old.points, line), old.answer)
        else:
            title = cell.activity.title.of(language) if cell.activity else cell.name
            parts[name] = Part(title, (line,), _answer(cell.activity, page, language))
        attempted[name] = attempted.get(name, False) or tried
    return Feedback(
        language,
        submission.learner,
        module,
        catalog.module(module).title.of(language),
        submission.moment,
        submission.penalty,
        tuple(parts.values()),
        tuple(_next_steps(module, parts, attempted, language)),
    )


def _points(cell: Cell, grade: Grade | None, reason: str) -> Points:
    if grade is None or grade.waiting:
        return Points(0.0, cell.out_of, cell.by_person, True, "", "")  # a comment may be half written: it waits with the points
    return Points(grade.points + grade.extra, cell.out_of, cell.by_person or grade.by_hand, False, reason, grade.comment)


def _reason(cell: Cell, page: Page | BookError, grade: Grade | None, language: Language) -> tuple[str, bool]:
    """Why the program gave these points, as ``mark`` says it, and whether there was an answer at all."""
    activity = cell.activity
    if activity is None:
        return "", True
    if isinstance(page, BookError):
        return ("" if cell.by_person else trouble(activity, page, language).sentence), False
    if cell.by_person:
        return "", _handed_in(activity, page)[1]
    found = assess(activity, page, cell.key, language)
    if grade is None or grade.waiting or grade.by_hand:
        return "", found.score.attempted
    if abs(found.score.points - grade.points) > 0.005:
        problem = f"{activity.id} earns {found.score.points:g} points and has {grade.points:g} in the gradebook"
        raise SetupError(f"{problem}. Mark it again: course grade {activity.module} --again")
    return found.sentence, found.score.attempted


def _handed_in(activity: Activity, page: Page) -> tuple[Any, bool]:
    """The answer and whether there is one; None where it cannot be read, as which it counts as not attempted."""
    try:
        entry = page.entry(activity.name)
        answer = activity.read_handed_in(entry.answer if entry else {})
    except LearnerError:
        return None, False
    return answer, activity.attempted(answer)


def _answer(activity: Activity | None, page: Page | BookError, language: Language) -> str:
    """The learner's own answer in words; of a self-rating only that it was completed, unless the learner shares it."""
    if activity is None:
        return ""
    try:
        if isinstance(page, BookError):
            raise page
        text = words.handed_in(activity, page, language)
    except LearnerError as error:
        return explain(error, language)
    text = text.partition("\n")[2]  # the title stands over it already
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _next_steps(module: str, parts: dict[str, Part], attempted: dict[str, bool], language: Language) -> list[str]:
    """What to do now, in kind words: what waits, then the one thing that helps most."""
    steps = [say(language, "feedback.next_waiting")] if any(part.waiting for part in parts.values()) else []
    shares = {
        name: sum(one.earned for one in part.points) / sum(one.out_of for one in part.points)
        for name, part in parts.items()
        if not part.waiting and any(one.out_of for one in part.points)
    }
    untouched = [part.title for name, part in parts.items() if not attempted[name]]
    if len(untouched) == len(parts):
        return [say(language, "feedback.next_begin", module=module.upper())]
    if untouched:
        return [*steps, say(language, "feedback.next_open", title=untouched[0], module=module.upper())]
    if not shares:
        return steps
    weakest = min(shares, key=shares.__getitem__)
    if shares[weakest] < ENOUGH:
        return [*steps, say(language, "feedback.next_again", title=parts[weakest].title, module=module.upper())]
    return [*steps, say(language, "feedback.next_well")]
