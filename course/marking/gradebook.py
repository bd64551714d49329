"""nbgrader's gradebook, written by one writer in batches: the rows that ``nbgrader autograde`` writes, some hundred statements fewer.

The tables are nbgrader's own. Manual scores, comments, extra credit, flags and extensions that stand there are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import Connection, Engine, bindparam, create_engine, event, func, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from course.errors import SetupError
from course.marking.school import first_line

Penalty = Callable[[str, float, float], float | None]
"""Learner, score, seconds late → what is taken off, or None."""


@dataclass(frozen=True)
class Entry:
    """What goes into the gradebook of one submission: points by grade cell."""

    learner: str
    timestamp: datetime | None
    points: dict[str, float]


class Gradebook:
    """The rows of one exercise. ``patience`` is how many seconds another program may keep an SQLite file locked."""

    def __init__(self, db_url: str, assignment: str, notebook: str, penalty: Penalty, patience: float = 30) -> None:
        self._engine = _engine(db_url, patience)
        self._penalty = penalty
        with self.transaction() as rows:
            found = rows.execute(
                select(Assignment.id, Assignment.duedate, Notebook.id)
                .join(Notebook, Notebook.assignment_id == Assignment.id)
                .where(Assignment.name == assignment, Notebook.name == notebook)
            ).one()
            self._assignment, self._due, self._notebook = found
            self._graded = {name: cell for cell, name in self._cells(rows, GradeCell)}
            self._tasks = [cell for cell, _ in self._cells(rows, TaskCell)]
            self._commented = [*self._tasks, *(cell for cell, _ in self._cells(rows, SolutionCell))]

    def _cells(self, rows: Connection, kind: Any) -> Sequence[Any]:
        # by table: the classes' own id would be the joined one
        own, base = kind.__table__, BaseCell.__table__
        return rows.execute(
            select(own.c.id, base.c.name).join(base, base.c.id == own.c.id).where(base.c.notebook_id == self._notebook)
        ).all()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All or nothing. Raises SetupError where the database will not."""
        with _said(), self._engine.begin() as rows:
            yield rows

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def write(self, rows: Connection, entries: Sequence[Entry]) -> None:
        """Put some submissions of different learners into the gradebook, new or again."""
        names = [entry.learner for entry in entries]
        there = set(rows.scalars(select(Student.id).where(Student.id.in_(names))))
        _insert(rows, Student, [{"id": name} for name in names if name not in there])
        submissions = self._submissions(rows, entries)
        notebooks = self._notebooks(rows, list(submissions.values()))
        by_learner = {learner: notebooks[submission] for learner, submission in submissions.items()}
        self._grades(rows, {by_learner[entry.learner]: entry.points for entry in entries})
        self._comments(rows, list(notebooks.values()))
        self._penalties(rows, by_learner)

    def _submissions(self, rows: Connection, entries: Sequence[Entry]) -> dict[str, str]:
        """The id of each learner's submission, with its moment written."""
        mine = SubmittedAssignment.assignment_id == self._assignment
        query = select(SubmittedAssignment.student_id, SubmittedAssignment.id).where(
            mine, SubmittedAssignment.student_id.in_([entry.learner for entry in entries])
        )
        ids: dict[str, str] = dict(rows.execute(query).all())
        moved = [{"which": ids[entry.learner], "to": entry.timestamp} for entry in entries if entry.learner in ids and entry.timestamp]
        if moved:
            table = SubmittedAssignment.__table__
            rows.execute(update(table).where(table.c.id == bindparam("which")).values(timestamp=bindparam("to")), moved)
        new = [
            {"id": _new_id(), "assignment_id": self._assignment, "student_id": entry.learner, "timestamp": entry.timestamp}
            for entry in entries
            if entry.learner not in ids
        ]
        _insert(rows, SubmittedAssignment, new)
        return {**ids, **{str(row["student_id"]): str(row["id"]) for row in new}}

    def _notebooks(self, rows: Connection, submissions: Sequence[str]) -> dict[str, str]:
        """The id of each submission's notebook."""
        mine = SubmittedNotebook.notebook_id == self._notebook
        query = select(SubmittedNotebook.assignment_id, SubmittedNotebook.id).where(mine, SubmittedNotebook.assignment_id.in_(submissions))
        ids: dict[str, str] = dict(rows.execute(query).all())
        new = {submission: _new_id() for submission in submissions if submission not in ids}
        common = {"notebook_id": self._notebook, "flagged": False}
        _insert(rows, SubmittedNotebook, [{"id": notebook, "assignment_id": owner, **common} for owner, notebook in new.items()])
        return {**ids, **new}

    def _grades(self, rows: Connection, points: dict[str, dict[str, float]]) -> None:
        """The automatic scores. Who was marked by hand before is to be looked at again; task cells wait for a person from the first."""
        query = select(Grade.notebook_id, Grade.cell_id, Grade.id).where(Grade.notebook_id.in_(points))
        ids = {(notebook, cell): grade for notebook, cell, grade in rows.execute(query)}
        new, again = [], []
        for notebook, scores in points.items():
            for name, cell in self._graded.items():
                score = scores.get(name, 0.0)
                if (notebook, cell) in ids:
                    again.append({"which": ids[notebook, cell], "score": score})
                else:
                    new.append({"cell_id": cell, "notebook_id": notebook, "auto_score": score, "needs_manual_grade": False})
            new += [
                {"cell_id": cell, "notebook_id": notebook, "auto_score": None, "needs_manual_grade": True}
                for cell in self._tasks
                if (notebook, cell) not in ids
            ]
        _insert(rows, Grade, [{"id": _new_id(), **row} for row in new])
        if again:
            table = Grade.__table__
            seen = table.c.manual_score.is_not(None)
            changed = {"auto_score": bindparam("score"), "needs_manual_grade": seen}
            rows.execute(update(table).where(table.c.id == bindparam("which")).values(changed), again)

    def _comments(self, rows: Connection, notebooks: Sequence[str]) -> None:
        query = select(Comment.notebook_id, Comment.cell_id).where(Comment.notebook_id.in_(notebooks))
        there = {(notebook, cell) for notebook, cell in rows.execute(query)}
        wanted = [(notebook, cell) for notebook in notebooks for cell in self._commented]
        _insert(rows, Comment, [{"id": _new_id(), "cell_id": c, "notebook_id": n} for n, c in wanted if (n, c) not in there])
        if there:
            rows.execute(update(Comment.__table__).where(Comment.notebook_id.in_(notebooks)).values(auto_comment=None))

    def _penalties(self, rows: Connection, notebooks: dict[str, str]) -> None:
        """What nbgrader's plugin takes off for being late; nothing where nothing is due."""
        table = SubmittedNotebook.__table__
        rows.execute(update(table).where(table.c.id.in_(list(notebooks.values()))).values(late_submission_penalty=None))
        if self._due is None:
            return
        query = (
            select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension, func.sum(Grade.score))
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(SubmittedNotebook.id.in_(list(notebooks.values())))
            .group_by(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension)
        )
        for learner, timestamp, extension, score in rows.execute(query).all():
            due = self._due + extension if extension else self._due
            late = (timestamp - due).total_seconds() if timestamp else 0
            if late > 0 and (taken := self._penalty(learner, score, late)) is not None:
                rows.execute(update(table).where(table.c.id == notebooks[learner]).values(late_submission_penalty=taken))


@contextmanager
def _said() -> Iterator[None]:
    """What a database says where it will not (locked, full, gone), as a sentence."""
    try:
        yield
    except SQLAlchemyError as error:
        said = first_line(error)
        problem = f"the gradebook did not take the marks ({said}). Mend that"
        if "locked" in said:
            problem = "the gradebook is locked by another program (formgrader?). Close it"
        raise SetupError(f"{problem}, and run the same command again: it goes on from here") from None


def wait_for(db_url: str, patience: float) -> None:
    """Make sure that the gradebook can be written, before anything is begun. Raises SetupError."""
    engine = _engine(db_url, patience)
    with _said(), engine.begin():
        pass
    engine.dispose()


def _new_id() -> str:
    return uuid4().hex


def _insert(rows: Connection, table: Any, new: Sequence[dict[str, Any]]) -> None:
    if new:
        rows.execute(insert(table.__table__), new)


def _engine(db_url: str, patience: float) -> Engine:
    try:
        engine = create_engine(db_url, connect_args={"timeout": patience} if db_url.startswith("sqlite") else {})
    except (SQLAlchemyError, ImportError) as error:
        driver = "for PostgreSQL: pip install 'service-course[postgres]'"
        raise SetupError(f"the gradebook's db_url cannot be used ({error}); {driver}") from None
    if engine.dialect.name == "sqlite":
        # Taken at the beginning, the lock is waited for; taken in the middle, SQLite refuses at once.
        @event.listens_for(engine, "connect")
        def _(connection: Any, _record: object) -> None:
            connection.isolation_level = None

        @event.listens_for(engine, "begin")
        def _(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
