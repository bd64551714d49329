"""An installed course has what a learner needs, and no keys."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def test_the_wheel_holds_lessons_exercises_content_and_no_solution(root: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], cwd=root, check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "course/zh/m01_why_service.ipynb",
        "course/en/home.ipynb",
        "course/exercises/m08/exercise.ipynb",
        "course/content/m09/self_check.yaml",
        "course/text/zh.toml",
        "course/marking/feedback.html",
        "course/lab/config/labconfig/page_config.json",
        "course/lab/share/labextensions/course-room/package.json",
        "course/lab/share/labextensions/course-room/static/remoteEntry.js",
        "course/lab/share/labextensions/course-room/static/room.css",
        "course/lab/teach/nbgrader_config.py",
        "course/printing/print.css",
        "course/widgets/common.js",
        "course/widgets/course.css",
    }
    assert wanted <= names
    solutions = [name for name in names if name.startswith("solutions/") or "/solutions/" in name]
    answers = [name for name in names if "answers" in name.rpartition("/")[2] and name.endswith(".json")]
    assert (solutions, answers) == ([], [])
