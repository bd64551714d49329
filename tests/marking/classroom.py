"""A made-up class in a real course folder, and all that marking leaves behind, to be compared."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from course import answers, catalog, grade, places
from course.activities import Activity
from course.answers import Page
from course.authoring import build
from course.language import Language
from course.marking.school import School
from tests.marking.test_loop import key_of

ROOT = Path(__file__).parents[2]
MODULES = [path.parent.name for path in build.solutions(ROOT)]
SAVED = "2026-11-20T09:00:00Z"

STOCK = """
import sys, tempfile
from nbgrader.apps.baseapp import NbGrader
from nbgrader.converters import Autograde
app = NbGrader()
app.initialize(["--log-level=ERROR", "--JupyterApp.config_file=grader_config"])
for app.coursedir.assignment_id in sys.argv[1:]:
    Autograde(coursedir=app.coursedir, parent=app).start()
"""
"""nbgrader autograde, for several exercises with one start."""


def new_course(folder: Path, modules: list[str], config: str = "") -> Path:
    """A course folder with these exercises, registered in its gradebook. ``config`` is added to grader_config.py."""
    folder.mkdir()
    (folder / "grader_config.py").write_text((ROOT / "grader_config.py").read_text(encoding="utf-8") + config, encoding="utf-8")
    for module in modules:
        for name in ("solutions", "exercises"):
            (folder / name / module).mkdir(parents=True)
            shutil.copy(ROOT / name / module / places.EXERCISE, folder / name / module)
    (folder / "submitted").mkdir()
    return folder


def graded(module: str) -> list[Activity]:
    """The activities that an exercise gives points for."""
    paths = sorted((places.content() / module).glob("*.yaml"))
    return [activity for path in paths if (activity := catalog.activity(f"{module}.{path.stem}")).graded]


def key(activity: Activity) -> Any:
    """The instructor's key to an activity, if it wants one."""
    return key_of(ROOT, activity.id) if activity.keyed and activity.auto_points else None


def answer_file(module: str, does: Any, language: Language | None = "zh") -> bytes:
    """An answers.json in which somebody did every activity of an exercise, as ``does(activity, key)`` says."""
    return file_of(module, {activity.name: does(activity, key(activity)) for activity in graded(module)}, language)


def file_of(module: str, by_activity: dict[str, Any], language: Language | None = "zh") -> bytes:
    """An answers.json with these answers."""
    entries = {name: {"answer": answer, "saved": SAVED, "attempt": 1, "earlier": []} for name, answer in by_activity.items()}
    return answers.encode(Page(module, language, entries))


def hand_in(folder: Path, learner: str, module: str, data: bytes | None, moment: str | None = "2026-11-20 10:00:00.000000 UTC") -> Path:
    """Put a submission where nbgrader collects it, in the place of an older one."""
    place = folder / "submitted" / learner / module
    if place.exists():
        shutil.rmtree(place)
    place.mkdir(parents=True)
    shutil.copy(ROOT / "exercises" / module / places.EXERCISE, place)
    if data is not None:
        (place / places.ANSWERS).write_bytes(data)
    if moment is not None:
        (place / "timestamp.txt").write_text(moment, encoding="utf-8")
    return place


def ours(folder: Path, *modules: str) -> None:
    """Mark with ``course grade``."""
    for module in modules:
        grade.grade(folder, module)


def stock(folder: Path, *modules: str) -> None:
    """Mark with nbgrader, for what is registered already."""
    done = subprocess.run(
        [sys.executable, "-c", STOCK, *modules], cwd=folder, env=places.environment(), capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr


def gradebook(folder: Path) -> Any:
    """nbgrader's own view of the gradebook."""
    from nbgrader.api import Gradebook

    return closing(Gradebook(School(folder).db_url, "service"))


Rows = dict[str, list[tuple[Any, ...]]]

_QUERIES = {
    "students": "SELECT id, first_name, last_name, email, lms_user_id FROM student",
    "courses": "SELECT id FROM course",
    "submissions": """SELECT a.name, s.student_id, s.timestamp, s.extension, n.name, b.flagged, b.late_submission_penalty
        FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id
        JOIN submitted_notebook b ON b.assignment_id = s.id JOIN notebook n ON n.id = b.notebook_id""",
    "grades": """SELECT a.name, s.student_id, c.name, c.type, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
        FROM grade g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook b ON b.id = g.notebook_id
        JOIN submitted_assignment s ON s.id = b.assignment_id JOIN assignment a ON a.id = s.assignment_id""",
    "comments": """SELECT a.name, s.student_id, c.name, c.type, g.auto_comment, g.manual_comment
        FROM comment g JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook b ON b.id = g.notebook_id
        JOIN submitted_assignment s ON s.id = b.assignment_id JOIN assignment a ON a.id = s.assignment_id""",
    "cells": """SELECT a.name, n.name, n.kernelspec, c.name, c.cell_type, c.locked, c.source, c.checksum FROM source_cell c
        JOIN notebook n ON n.id = c.notebook_id JOIN assignment a ON a.id = n.assignment_id""",
    "points": """SELECT a.name, c.name, c.type, g.max_score, t.max_score FROM base_cell c JOIN notebook n ON n.id = c.notebook_id
        JOIN assignment a ON a.id = n.assignment_id LEFT JOIN grade_cells g ON g.id = c.id LEFT JOIN task_cells t ON t.id = c.id""",
}


def rows(db_url: str) -> Rows:
    """Every row of a gradebook, without the random ids."""
    engine = create_engine(db_url)
    try:
        with engine.connect() as connection:
            return {name: sorted(map(tuple, connection.execute(text(query))), key=repr) for name, query in _QUERIES.items()}
    finally:
        engine.dispose()


def scores(folder: Path, modules: list[str]) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What the formgrader shows of each submission, by exercise and learner."""
    with gradebook(folder) as book:
        return {
            (module, submission.student_id): (
                submission.score,
                submission.max_score,
                submission.code_score,
                submission.task_score,
                submission.needs_manual_grade,
                submission.late_submission_penalty,
                submission.total_seconds_late,
            )
            for module in modules
            for submission in book.assignment_submissions(module)
        }


def autograded(folder: Path) -> dict[str, Any]:
    """Every file under autograded/*/*/ with its mode; notebooks without the times at which a kernel ran them."""
    found = {}
    for path in sorted((folder / "autograded").glob("*/*/*")):
        content: Any = path.read_bytes()
        if path.suffix == ".ipynb":
            content = json.loads(content)
            for cell in content["cells"]:
                cell["metadata"].pop("execution", None)
        found[str(path.relative_to(folder / "autograded"))] = (oct(path.stat().st_mode), content)
    return found


def due(folder: Path, module: str, moment: datetime) -> None:
    """Set the date by which an exercise is to be handed in."""
    with gradebook(folder) as book:
        book.update_or_create_assignment(module, duedate=moment)
