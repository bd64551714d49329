"""``course grade``: put the exercise into the gradebook, then let nbgrader autograde what was collected."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from course import places
from course.errors import SetupError

CONFIG = "grader_config"


def course_folder(start: Path) -> Path:
    """The instructor's course folder: the nearest one upwards that holds grader_config.py. Raises SetupError."""
    for folder in (start, *start.parents):
        if (folder / f"{CONFIG}.py").is_file():
            return folder
    raise SetupError(f"{start}: no {CONFIG}.py here or above. Run this in the course's folder (the one with solutions/ and exercises/).")


def nbgrader(folder: Path, *arguments: str) -> None:
    """Run one nbgrader command with our configuration. Raises SetupError when it fails; what nbgrader said stands above."""
    # nbgrader ignores --config=FILE; this is the option that it does follow.
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--JupyterApp.config_file={CONFIG}"]
    done = subprocess.run(command, cwd=folder, env=places.environment(), check=False)
    if done.returncode != 0:
        raise SetupError(f"nbgrader {arguments[0]} stopped (exit {done.returncode}); what it said stands above.")


def grade(folder: Path, assignment: str, learner: str | None = None) -> None:
    """Mark what was collected for one exercise, of all learners or of one. Raises SetupError."""
    if not (folder / "solutions" / assignment).is_dir():
        raise SetupError(f"solutions/{assignment}: there is no such exercise. There are: {', '.join(assignments(folder)) or 'none'}")
    if not any((folder / "submitted").glob(f"*/{assignment}")):
        raise SetupError(f"submitted/*/{assignment}: nothing was collected yet. First: nbgrader collect {assignment} (or zip_collect)")
    register(folder, assignment)
    only = [f"--student={learner}"] if learner else []
    nbgrader(folder, "autograde", assignment, "--force", *only)


def register(folder: Path, assignment: str) -> None:
    """Write an exercise's cells, points and keys into the gradebook. exercises/ is left alone: ``course build`` makes it."""
    with tempfile.TemporaryDirectory() as scratch:
        nbgrader(folder, "generate_assignment", assignment, "--force", f"--CourseDirectory.release_directory={scratch}")


def assignments(folder: Path) -> list[str]:
    """The exercises that have a solution."""
    return sorted(path.parent.name for path in (folder / "solutions").glob("m*/*.ipynb"))
