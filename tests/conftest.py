"""For all tests, and for the kernels that nbval starts: a learner's folder of nobody, and no wishes from the environment."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from course.context import Context

# Set before any kernel starts. A test that needs a folder of its own gets one from ``learner``.
os.environ["COURSE_FOLDER"] = tempfile.mkdtemp(prefix="course-nobody-")
for name in ("COURSE_LANGUAGE", "NBGRADER_EXECUTION"):
    os.environ.pop(name, None)

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a learner of this test alone."""
    folder = tmp_path / "learner"
    folder.mkdir()
    monkeypatch.setenv("COURSE_FOLDER", str(folder))
    return folder


@pytest.fixture
def lesson(learner: Path) -> Context:
    """A Chinese lesson of this learner."""
    here = learner / "lessons" / "zh"
    here.mkdir(parents=True)
    return Context(here)


@pytest.fixture
def exercise(learner: Path) -> Context:
    """The exercise of m01 of this learner."""
    here = learner / "exercises" / "m01"
    here.mkdir(parents=True)
    (here / "exercise.ipynb").write_text("{}", encoding="utf-8")
    return Context(here)
