"""What nbgrader's gradebook says of one exercise, read and never written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from course import places
from course.errors import SetupError
from course.marking.school import CONFIG, first_line


@dataclass(frozen=True)
class Grade:
    """The points of one cell; ``waiting`` while a person still has to give or look at them, ``by_hand`` where a person gave them.

    ``extra`` are points that a person gave on top of ``points``.
    """

    points: float
    waiting: bool
    by_hand: bool
    comment: str = ""
    extra: float = 0.0


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
                one.grades[name] = Grade(float(points), waiting or unmarked, manual is not None, (said or "").strip(), float(extra or 0))
    except (SQLAlchemyError, ImportError) as error:
        raise SetupError(f"the gradebook cannot be read: {first_line(error)}. Mark the exercise first: course grade {assignment}") from None
    return list(found.values())


def due(url: str, assignment: str) -> datetime | None:
    """When an exercise is due (UTC) by the formgrader; None where it does not say, or before there is a gradebook. Raises SetupError."""
    from nbgrader import api
    from sqlalchemy import inspect, make_url, select
    from sqlalchemy.exc import SQLAlchemyError

    place = make_url(url)
    if place.get_backend_name() == "sqlite" and not Path(str(place.database)).is_file():
        return None
    try:
        with _reading(url) as connection:
            if not inspect(connection).has_table(api.Assignment.__tablename__):
                return None
            found: datetime | None = connection.execute(select(api.Assignment.duedate).where(api.Assignment.name == assignment)).scalar()
    except (SQLAlchemyError, ImportError) as error:
        raise SetupError(f"the gradebook cannot be read: {first_line(error)}") from None
    return found and found.replace(tzinfo=UTC)


def address(folder: Path) -> str:
    """Where the gradebook of a course folder is: ``db_url`` of its grader_config.py, else nbgrader's gradebook.db. Raises SetupError."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(str(setting(folder, "db_url") or "sqlite:///gradebook.db"))
    except ArgumentError:
        raise SetupError(f"{folder / CONFIG}.py: CourseDirectory.db_url is no database's address") from None
    if url.get_backend_name() == "sqlite":
        url = url.set(database=str(folder / str(url.database)))
    return url.render_as_string(hide_password=False)


def setting(folder: Path, name: str) -> Any:
    """What a course folder's grader_config.py says of ``CourseDirectory``, None where it says nothing. Raises SetupError."""
    from traitlets.config.loader import PyFileConfigLoader

    try:
        return PyFileConfigLoader(f"{CONFIG}.py", path=str(folder)).load_config().CourseDirectory.get(name)
    except Exception as error:  # it is a program
        raise SetupError(f"{folder / CONFIG}.py cannot be read ({type(error).__name__}: {first_line(error)})") from None


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
