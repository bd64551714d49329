"""Where things lie: the course's own files, and the learner's."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
ANSWERS = "answers.json"
EXERCISE = "exercise.ipynb"
GALLERY = "gallery.ipynb"
"""One of each kind of activity, with its YAML: for authors."""
HOME = "home.ipynb"
LAB = ".jupyterlab"
"""JupyterLab's settings and workspaces in a learner's folder."""
MARKER = ".course.json"
"""Stands in a learner's folder: the language, and what was laid there (see ``learn.py``)."""


def content() -> Path:
    """The folder of the activities."""
    return PACKAGE / "content"


def lessons(language: str) -> Path:
    """The folder of the lessons in one language."""
    return PACKAGE / language


def exercises() -> Path:
    """The exercises as learners get them: beside the package in a checkout, inside it where it was installed from a wheel."""
    inside = PACKAGE / "exercises"
    return inside if inside.is_dir() else PACKAGE.parent / "exercises"


def default_folder() -> Path:
    """The learner's folder where no other is chosen."""
    return Path.home() / "service-course"


def learner_folder(start: Path | None = None) -> Path:
    """The folder of the learner who works here.

    ``COURSE_FOLDER`` decides where it is set to an absolute path; else the nearest folder upwards from ``start`` (the notebook's) that
    ``course learn`` laid out; else the default one. Never inside an exercise: what lies there is handed in.
    """
    if given := os.environ.get("COURSE_FOLDER"):
        folder = Path(given).expanduser()
        if folder.is_absolute() and not in_exercise(folder):
            return folder
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / MARKER).is_file() and not in_exercise(folder):
            return folder
    return default_folder()


def remembered_language(file: Path) -> object:
    """What a marker or an answers file says of the language, whatever it is; None where it says nothing readable."""
    try:
        return language_in(file.read_bytes())
    except OSError:
        return None


def language_in(data: bytes) -> object:
    """The same of the file's bytes."""
    try:
        return json.loads(data.decode("utf-8")).get("language")
    except (ValueError, AttributeError, RecursionError):
        return None


def read_marker(folder: Path) -> dict[str, Any]:
    """What a learner's folder says of the course: ``language``, and ``laid``, a dict; nothing where it cannot be read. Raises OSError."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, RecursionError):
        marker = {}
    marker = marker if isinstance(marker, dict) else {}
    return marker if isinstance(marker.get("laid"), dict) else {**marker, "laid": {}}


def in_exercise(here: Path | None = None) -> bool:
    """Whether a notebook that runs in this folder is an exercise."""
    return ((here or Path.cwd()) / EXERCISE).is_file()


def environment(**more: str) -> dict[str, str]:
    """The environment for a program of ours: nbgrader looks for ``alembic`` on PATH, which lies beside this Python."""
    own = str(Path(sys.executable).parent)
    return {**os.environ, "PATH": os.pathsep.join([own, os.environ.get("PATH", "")]), **more}


def read_only() -> bool:
    """Whether nbgrader runs this notebook: then nothing may be written."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))
