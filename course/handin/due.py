"""When an exercise is due: ``due.toml``, with a line such as ``m01 = 2026-03-01T18:00:00+08:00``.

nbgrader's exchange carries no due dates, so an instructor gives this small file: into the learners' folders, or once for a whole server
(``COURSE_DUE``), and into the course folder, where ``course collect`` reads it. A time without a zone is this computer's.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from course.errors import SetupError

DUE = "due.toml"


@dataclass(frozen=True)
class Due:
    """A due date and where it stands."""

    moment: datetime
    source: str


def due_date(folder: Path, module: str) -> Due | None:
    """When the exercise is due, or None where nobody says. Raises SetupError for a file that cannot be read."""
    path = Path(os.environ.get("COURSE_DUE") or folder / DUE)
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8-sig")).get(module)
        if given is None:
            return None
        if type(given) is date:
            given = datetime.combine(given, time(23, 59, 59))  # a day is its whole day
        return Due(given.astimezone(), path.name)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError, OverflowError, RecursionError):
        raise SetupError(f"{path}: cannot be read. Write a line for each exercise: m01 = 2026-03-01T18:00:00+08:00") from None
