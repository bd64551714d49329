"""What nbgrader's gradebook says of one exercise, read and never written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course import places
from course.errors import SetupError


@dataclass(frozen=True)
class Grade:
    """The points of one cell; ``waiting`` while a person still has to give or look at them, ``by_hand`` where a person gave them."""

    points: float
    waiting: bool
    by_hand: bool
    comment: str = ""


@dataclass(frozen=True)
class Submission:
    """One learner's grades by cell name (nbgrader's ``grade_id``), when it was handed in (UTC), and what being late costs."""

    learner: str
    moment: datetime | None
    penalty: float
    grades: dict[str, Grade] = field(default_factory=dict)


def submissions(url: str, assignment: str) -> list[Submission]:
    """All marked submissions of an exercise, by learner. ``url`` as ``address`` gives it. Raises SetupError."""
    from nbgrader import api
    from sqlalchemy import and_, select
    from sqlalchemy.exc import SQLAlchemyError

    handed_in, notebook, cell, grade, comment = api.SubmittedAssignment, api.SubmittedNotebook, api.BaseCell, api.Grade, api.Comment
    query = (
        select(
            handed_in.student_id,
            handed_in.timestamp,
            notebook.late_submission_penalty,
            cell.name,
            grade.auto_score,
            grade.manual_score,
            grade.extra_credit,
            grade.needs_manual_grade,
            comment.manual_comment,
        )
        .select_from(handed_in)
        .join(api.Assignment, handed_in.assignment_id == api.Assignment.id)
        .join(notebook, notebook.assignment_id == handed_in.id)
        .join(api.Notebook, notebook.notebook_id == api.Notebook.id)
        .join(grade, grade.notebook_id == notebook.id)
        .join(cell, grade.cell_id == cell.id)
        .outerjoin(comment, and_(comment.notebook_id == notebook.id, comment.cell_id == cell.id))
        .where(api.Assignment.name == assignment, api.Notebook.name == Path(places.EXERCISE).stem)
        .order_by(handed_in.student_id)
    )
    found: dict[str, Submission] = {}
    try:
        with _reading(url) as connection:
            for learner, moment, penalty, name, auto, manual, extra, waiting, said in connection.execute(query):
                points = (auto or 0.0) if manual is None else manual
                one = found.setdefault(learner, Submission(learner, moment, float(penalty or 0)))
                unmarked = auto is None and manual is None
                one.grades[name] = Grade(float(points + (extra or 0)), waiting or unmarked, manual is not None, (said or "").strip())
    except SQLAlchemyError as error:
        problem = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise SetupError(f"the gradebook cannot be read: {problem}. Mark the exercise first: course grade {assignment}") from None
    return list(found.values())


def address(folder: Path) -> str:
    """Where the gradebook of a course folder is: ``CourseDirectory.db_url`` of its grader_config.py, else nbgrader's gradebook.db."""
    from sqlalchemy import make_url
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("grader_config.py", path=str(folder)).load_config()
    url = make_url(config.CourseDirectory.get("db_url") or "sqlite:///gradebook.db")
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(folder / str(url.database)))
    return url.render_as_string(hide_password=False)


@contextmanager
def _reading(url: str) -> Iterator[Any]:
    """A connection that cannot write, neither by mistake nor by nbgrader's own opening, which makes tables."""
    from sqlalchemy import create_engine, make_url

    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        engine = create_engine(f"sqlite:///file:{quote(str(place.database))}?mode=ro&uri=true")
    else:
        engine = create_engine(place, execution_options={"postgresql_readonly": True})
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
