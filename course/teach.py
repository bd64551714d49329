"""``course teach``: JupyterLab in the course folder, with nbgrader's formgrader and the folder's own configuration."""

from __future__ import annotations

from pathlib import Path

from course import grade, places
from course.lab import room as lab
from course.lab.serving import Room, serve
from course.language import Language

FORMGRADER = "formgrader"


def open_desk(folder: Path, language: Language, *, port: int = 8888) -> Room:
    """Start an instructor's JupyterLab in a course folder, and wait until it answers.

    nbgrader finds grader_config.py through a loader of ours on ``JUPYTER_CONFIG_PATH``; nothing is copied. JupyterLab's own words are
    in the language wanted; nbgrader's formgrader speaks English only. Raises SetupError.
    """
    folder = grade.course_folder(folder)
    lab.write_settings(folder, lab.QUIET, language)
    own = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / places.LAB / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / places.LAB / "workspaces"),
        "JUPYTER_CONFIG_PATH": lab.before("JUPYTER_CONFIG_PATH", lab.HERE / "teach"),
        "COURSE_TAUGHT": str(folder),
    }
    return serve(folder, "lab", own, port)
