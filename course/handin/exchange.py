"""nbgrader's exchange, where one is configured: Linux and macOS, a folder that everybody shares."""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course.errors import LearnerError

if TYPE_CHECKING:
    from traitlets.config import Config


@dataclass(frozen=True)
class Exchange:
    """A course's exchange; the learner is whoever uses this computer account, as nbgrader sees it."""

    course: str
    learner: str
    config: Config

    def submit(self, module: str, files: dict[str, bytes]) -> None:
        """Submit these files as the exercise. Raises LearnerError with nbgrader's reason."""
        from nbgrader.auth import Authenticator
        from nbgrader.coursedir import CourseDirectory
        from nbgrader.exchange import ExchangeError, ExchangeFactory

        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / module).mkdir()
            for name, data in files.items():
                (Path(scratch) / module / name).write_bytes(data)
            directory = CourseDirectory(config=self.config, assignment_id=module)
            sender = ExchangeFactory(config=self.config).Submit(
                coursedir=directory, authenticator=Authenticator(config=self.config), config=self.config
            )
            sender.assignment_dir, sender.path_includes_course = scratch, False
            try:
                sender.start()
            except (ExchangeError, OSError, RuntimeError) as error:
                raise LearnerError("hand_in_exchange", reason=error) from None


def find(folder: Path, module: str) -> Exchange | None:
    """The exchange that takes this exercise, by nbgrader's own configuration; None where the exercise goes as a file.

    One is there when the configuration names a course, and the exercise was released in that course's exchange. Importing nbgrader
    takes a second.
    """
    if os.name == "nt":
        return None
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange import ExchangeFactory
    from nbgrader.utils import get_username
    from traitlets.config import Application

    app = NbGrader(log_level=logging.ERROR)
    app.load_cwd_config = False  # the learner's folder counts, not the one where a command happens to be started
    app.load_config_file()
    Application.load_config_file(app, app.config_file_name, str(folder))
    course = CourseDirectory(config=app.config).course_id
    root = Path(ExchangeFactory(config=app.config).Submit(config=app.config).root) / course
    if not course or not (root / "inbound").is_dir() or not (root / "outbound" / module).is_dir():
        return None
    return Exchange(course, get_username(), app.config)
