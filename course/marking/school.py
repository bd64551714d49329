"""What nbgrader knows of a class: its configuration, and an exercise as nbgrader itself would put it before a kernel.

Runs nbgrader's own converters in this process: the few seconds that its import takes are paid once, not once a learner.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import places
from course.errors import SetupError

CONFIG = "grader_config"


@dataclass(frozen=True)
class Registered:
    """An exercise that stands in the gradebook: its notebook as learners get it, and as a kernel would get it."""

    released: str
    sanitised: str


class School:
    """The instructor's course folder as nbgrader sees it, with grader_config.py read."""

    def __init__(self, folder: Path) -> None:
        from nbgrader.apps.baseapp import NbGrader

        self.folder = folder.resolve()
        with contextlib.chdir(self.folder):
            self._app: Any = NbGrader()
            self._app.initialize(["--log-level=ERROR", f"--JupyterApp.config_file={CONFIG}"])
            self._coursedir = self._app.coursedir
            root = Path(self._coursedir.root)
        if self._coursedir.directory_structure != "{nbgrader_step}/{student_id}/{assignment_id}":
            raise SetupError("grader_config.py changes directory_structure, which only nbgrader follows: course grade … --stock")
        self.submitted: Path = root / self._coursedir.submitted_directory
        self.autograded: Path = root / self._coursedir.autograded_directory
        self.db_url: str = self._coursedir.db_url
        self.group_shared: bool = self._coursedir.groupshared
        self.left_out: frozenset[str] = frozenset(filter(None, self._coursedir.student_id_exclude.split(",")))

    def register(self, assignment: str) -> Registered:
        """Write an exercise's cells and points into the gradebook, made if there is none, as ``nbgrader generate_assignment`` does.

        Raises SetupError.
        """
        from nbgrader.converters import Autograde, GenerateAssignment

        self._coursedir.assignment_id = assignment
        name = Path(places.EXERCISE).stem
        released_to = self._coursedir.release_directory
        with tempfile.TemporaryDirectory() as scratch, _programs(), self._said(assignment):
            self._coursedir.release_directory = scratch
            try:
                GenerateAssignment(coursedir=self._coursedir, parent=self._app, force=True).start()
            finally:
                self._coursedir.release_directory = released_to
            path = Path(scratch) / assignment / places.EXERCISE
            if [found.name for found in path.parent.glob("*.ipynb")] != [places.EXERCISE]:
                raise SetupError(f"solutions/{assignment}: must hold {places.EXERCISE} and no other notebook")
            converter = Autograde(coursedir=self._coursedir, parent=self._app)
            converter.exporter = converter.exporter_class(parent=converter, config=converter.config)
            converter._init_preprocessors()
            known = {"assignment": assignment, "notebook": name, "student": ".", "db_url": self.db_url}
            sanitised, _ = converter.exporter.from_filename(str(path), resources={"nbgrader": known})
            return Registered(path.read_text(encoding="utf-8"), sanitised)

    @property
    def most_lines(self) -> int:
        """How many lines of output nbgrader keeps of a cell."""
        from nbgrader.preprocessors import LimitOutput

        return int(LimitOutput(parent=self._app).max_lines)

    @property
    def permissions(self) -> int:
        """The mode of autograded files."""
        from nbgrader.converters import Autograde

        return int(str(Autograde(coursedir=self._coursedir, parent=self._app).permissions), 8)

    def penalty(self, learner: str, score: float, seconds: float) -> float | None:
        """What nbgrader's plugin for late submissions takes off: nothing, or between 0 and the score."""
        from nbgrader.preprocessors import AssignLatePenalties

        asked = AssignLatePenalties(parent=self._app)
        asked.init_plugin()
        wished = asked.plugin_inst.late_submission_penalty(learner, score, seconds)
        return None if wished is None else min(max(wished, 0), score)

    @contextlib.contextmanager
    def _said(self, assignment: str) -> Iterator[None]:
        """nbgrader's ways of giving up, as a sentence."""
        from nbgrader.converters.base import NbGraderException
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except SQLAlchemyError as error:
            raise SetupError(f"the gradebook cannot be opened ({first_line(error)}). Look at db_url in grader_config.py") from None
        except (NbGraderException, SystemExit) as error:
            raise SetupError(f"nbgrader cannot register {assignment} ({error}); what it said stands above.") from None


def first_line(error: BaseException) -> str:
    """The first line of what a database says, without its SQL and its parameters."""
    return str(getattr(error, "orig", None) or error).strip().partition("\n")[0][:200]


@contextlib.contextmanager
def _programs() -> Iterator[None]:
    """nbgrader looks for ``alembic`` on PATH when it makes a gradebook."""
    before = os.environ.get("PATH")
    os.environ["PATH"] = places.environment()["PATH"]
    try:
        yield
    finally:
        if before is None:
            del os.environ["PATH"]
        else:
            os.environ["PATH"] = before
