"""The solutions: every graded activity has its cells, points, key and rubric; exercises are made from them and hold no key."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from course.activities import Activity
from course.authoring import build, notebooks
from course.authoring.checks import giveaways
from course.authoring.checks.lessons import shown_exist
from course.authoring.notebooks import Notebook
from course.calls import calls, first_argument, only_call
from course.errors import ContentError, CourseError
from course.marking.assess import read_key

_HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*)\n### END HIDDEN TESTS", re.DOTALL)


def faults(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """What does not hold in the solutions and in the exercises made from them."""
    solved = {path.parent.name for path in build.solutions(root)}
    for activity in activities.values():
        if activity.graded and activity.module not in solved:
            yield ContentError(root / "solutions" / activity.module, activity.id, "has points and no solution; write exercise.ipynb there")
    build.only_notebooks(root / "exercises")
    for path in build.solutions(root):
        notebook = notebooks.read(path)
        yield from shown_exist(path, notebook, activities)
        yield from _grades(path, notebook, [a for a in activities.values() if a.graded and a.module == path.parent.name])
        release = root / "exercises" / path.parent.name / path.name
        if not release.is_file():
            yield ContentError(release, "", "is missing; run: course build")
        elif "HIDDEN TESTS" in (text := release.read_text(encoding="utf-8")) or "MARK SCHEME" in text or "key=" in text:
            yield ContentError(release, "", "holds a key or a rubric; it must be made by: course build")


def _grades(path: Path, notebook: Notebook, graded: list[Activity]) -> Iterator[ContentError]:
    """Each graded activity is shown, and has one grade cell for the program's points and one task cell for a person's."""
    shown = [first_argument(call) for cell in notebook.cells if cell.cell_type == "code" for call in calls(cell.source, "show")]
    for activity_id in shown:
        if activity_id not in {activity.id for activity in graded}:  # what is shown is handed in, a self-rating too
            yield ContentError(path, activity_id, "has no points, so it belongs into the lesson: an exercise hands in all that it shows")
    for activity in graded:
        if activity.id not in shown:
            yield ContentError(path, activity.id, "is never shown in the exercise")
        for sort, points, look in (("grade", activity.auto_points, _key), ("task", activity.hand_points, _rubric)):
            cells = [cell for cell in notebook.cells if activity.id in _gives_points_for(cell, sort)]
            if len(cells) != bool(points):
                yield ContentError(path, activity.id, f"needs {'one' if points else 'no'} {sort} cell, has {len(cells)}")
            for cell in cells if points else ():
                yield from _points(path, cell, activity, points)
                yield from look(path, cell, activity)


def _gives_points_for(cell: Notebook, sort: str) -> tuple[str, ...]:
    """The activities that a cell gives points for: those in the ``mark`` calls of a grade cell, ``course.activity`` of a task cell."""
    if not cell.metadata.get("nbgrader", {}).get(sort):
        return ()
    if sort == "task":
        return (cell.metadata.get("course", {}).get("activity", ""),)
    return tuple(first_argument(call) for call in calls(cell.source, "mark"))


def _points(path: Path, cell: Notebook, activity: Activity, points: int) -> Iterator[ContentError]:
    given = cell.metadata.nbgrader.get("points")
    if given != points:
        yield ContentError(path, f"cell {cell.id}", f"gives {given} points; {activity.id} has {points}")
    if not cell.metadata.nbgrader.get("locked"):
        yield ContentError(path, f"cell {cell.id}", "must be locked, or autograding fails for want of a checksum")


def _rubric(path: Path, cell: Notebook, _: Activity) -> Iterator[ContentError]:
    if "BEGIN MARK SCHEME" not in cell.source:
        yield ContentError(path, f"cell {cell.id}", "has no rubric: put it between BEGIN MARK SCHEME and END MARK SCHEME")


def _key(path: Path, cell: Notebook, activity: Activity) -> Iterator[ContentError]:
    hidden = _HIDDEN.search(cell.source)
    call = only_call(hidden[1], "mark") if hidden and only_call(cell.source, "mark") else None
    if call is None:
        problem = "must hold mark(…) alone, between BEGIN HIDDEN TESTS and END HIDDEN TESTS: nbgrader gives full marks for anything else"
        yield ContentError(path, f"cell {cell.id}", problem)
        return
    try:
        literal = next((ast.literal_eval(word.value) for word in call.keywords if word.arg == "key"), None)
        key = read_key(activity, literal)
    except ValueError:
        yield ContentError(path, f"cell {cell.id}", "the key must be written out, not computed")
    except CourseError as error:
        yield ContentError(path, f"cell {cell.id}", str(error))
    else:
        if giveaway := giveaways.of_exercise(activity, key):
            yield ContentError(path, f"cell {cell.id}", f"{activity.id}: {giveaway}")
