"""``course check``: everything that must hold between content, lessons, solutions and texts, each fault named by file and field."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from course import catalog, places
from course.activities import Activity, Quiz, Ranking
from course.activities.ranking import RankingKey, order_share
from course.authoring import build, notebooks, translations
from course.authoring.notebooks import Notebook
from course.calls import calls, first_argument, only_call
from course.errors import ContentError, CourseError
from course.language import LANGUAGES
from course.marking.assess import read_key

_ASCII_BESIDE_HAN = re.compile(r"[一-鿿][,:;?!()]|[,;?!()][一-鿿]")
_FOREIGN = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]+>", re.DOTALL)
_HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*)\n### END HIDDEN TESTS", re.DOTALL)
MOST_FOR_NOTHING = 0.3
"""An untouched ranking must not stand nearer to its key than this share of its points."""


def faults(root: Path) -> list[ContentError]:
    """All faults of a course folder, in the order in which a person would mend them."""
    found: list[ContentError] = []
    activities: dict[str, Activity] = {}
    for path in catalog.activity_files():
        try:
            activity = catalog.read_activity(path)
            activities[activity.id] = activity
            found += _typography(path, path.read_text(encoding="utf-8"))
        except ContentError as error:
            found.append(error)
    for step in (_lessons, _solutions, _practice_keys):
        try:
            found += step(root, activities)
        except ContentError as error:
            found.append(error)
    return found


def _typography(path: Path, text: str) -> Iterator[ContentError]:
    """Chinese is written with full-width punctuation."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ASCII_BESIDE_HAN.search(_FOREIGN.sub("", line)):
            yield ContentError(path, f"line {number}", f"“{match[0]}”: use full-width punctuation beside Chinese")


def _lessons(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    zh, en = (root / "course" / language for language in LANGUAGES)
    for module in catalog.modules():
        for folder in (zh, en):
            if module.lesson and not (folder / f"{module.lesson}.ipynb").is_file():
                yield ContentError(
                    places.content() / "modules.yaml", module.id, f"its lesson {folder.name}/{module.lesson}.ipynb is missing"
                )
    for path in sorted({p.name for folder in (zh, en) for p in folder.glob("*.ipynb")}):
        if not (zh / path).is_file() or not (en / path).is_file():
            yield ContentError(zh / path, "", "must be there in zh/ and in en/")
            continue
        yield from translations.problems(zh / path, en / path)
        for lesson in (zh / path, en / path):
            notebook = notebooks.read(lesson)
            yield from _cells(lesson, notebook, activities)
            yield from _form(lesson, notebook)


def _form(path: Path, notebook: Notebook) -> Iterator[ContentError]:
    """A learner never edits a cell, and never meets more than a line of code."""
    for cell in notebook.cells:
        if not notebooks.CELL_ID.fullmatch(cell.id):
            yield ContentError(path, f"cell {cell.id}", "give the cell a readable id: lower case, digits and hyphens")
        if cell.metadata.get("editable", True) or cell.metadata.get("deletable", True):
            yield ContentError(path, f"cell {cell.id}", "must be locked: editable false, deletable false")
        if cell.cell_type == "code" and (len(cell.source.splitlines()) != 1 or not cell.metadata.get("jupyter", {}).get("source_hidden")):
            yield ContentError(path, f"cell {cell.id}", "a code cell of a lesson is one line, with its source hidden")
        if cell.cell_type == "markdown":
            yield from _typography(path, cell.source)


def _cells(path: Path, notebook: Notebook, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """Every activity that is shown exists."""
    for cell in notebook.cells:
        found = [call for name in ("show", "mark") for call in calls(cell.source, name)] if cell.cell_type == "code" else []
        for name in map(first_argument, found):
            if name not in activities:
                yield ContentError(path, f"cell {cell.id}", f"there is no activity {name!r} (or its file has a fault)")


def _solutions(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    solved = {path.parent.name for path in build.solutions(root)}
    for activity in activities.values():
        if activity.graded and activity.module not in solved:
            yield ContentError(root / "solutions" / activity.module, activity.id, "has points and no solution; write exercise.ipynb there")
    build.only_notebooks(root / "exercises")
    for path in build.solutions(root):
        notebook = notebooks.read(path)
        yield from _cells(path, notebook, activities)
        yield from _grades(path, notebook, [a for a in activities.values() if a.graded and a.module == path.parent.name])
        release = root / "exercises" / path.parent.name / path.name
        if not release.is_file():
            yield ContentError(release, "", "is missing; run: course build")
        elif "HIDDEN TESTS" in (text := release.read_text(encoding="utf-8")) or "MARK SCHEME" in text or "key=" in text:
            yield ContentError(release, "", "holds a key or a rubric; it must be made by: course build")


def _grades(path: Path, notebook: Notebook, graded: list[Activity]) -> Iterator[ContentError]:
    """Each graded activity is shown, and has one grade cell for the program's points and one task cell for a person's."""
    shown = [first_argument(call) for cell in notebook.cells if cell.cell_type == "code" for call in calls(cell.source, "show")]
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
        if isinstance(activity, Ranking):
            yield from _untouched(path, activity, key)


def _practice_keys(_: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    for activity in activities.values():
        where = places.content() / activity.module / f"{activity.name}.yaml"
        if isinstance(activity, Ranking) and activity.key is not None:
            yield from _untouched(where, activity, activity.key)
        if isinstance(activity, Quiz):
            yield from _places_of_right(where, activity)


def _untouched(path: Path, activity: Ranking, key: RankingKey) -> Iterator[ContentError]:
    share = order_share(activity.ids, key.order)
    if share > MOST_FOR_NOTHING:
        yield ContentError(path, activity.id, f"items: shuffle them; the order first shown already earns {share:.0%}")


def _places_of_right(path: Path, activity: Quiz) -> Iterator[ContentError]:
    """In practice the right option of the single-choice questions must not always stand in the same place."""
    single = [question for question in activity.questions if question.form == "single" and question.own_key()]
    right = {next(n for n, option in enumerate(question.options) if option.right) for question in single}
    if len(single) >= 3 and len(right) == 1:
        yield ContentError(path, "questions", "the right option always stands in the same place; move some")
