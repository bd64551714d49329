"""Grading refuses what would reach every learner's work, and marks the exercise's own notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course.errors import ContentError, SetupError
from course.grade import course_folder, grade, restore_notebooks


def notebook(*sources: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": source} for source in sources]})


@pytest.fixture
def school(tmp_path: Path) -> Path:
    for folder in ("solutions/m01", "exercises/m01", "submitted/li/m01", "submitted/王/m01"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "exercise.ipynb").write_text(notebook("import course", "show()"), encoding="utf-8")
    (tmp_path / "grader_config.py").write_text("", encoding="utf-8")
    return tmp_path


def test_an_answers_file_in_solutions_stops_grading(school: Path) -> None:
    (school / "solutions/m01/answers.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ContentError, match="only notebooks may lie under solutions/"):
        grade(school, "m01")


@pytest.mark.parametrize("odd", ["", ".", "/", "./m01", "m01/../m01", "m1", "m001", "x" * 300])
def test_an_exercise_that_is_none_is_a_sentence(school: Path, odd: str) -> None:
    with pytest.raises(SetupError, match="there is no such exercise"):
        grade(school, odd)


def test_a_folder_below_the_course_finds_it(school: Path) -> None:
    assert course_folder(school / "solutions" / "m01") == school


def test_an_untouched_submission_is_left_alone(school: Path) -> None:
    assert restore_notebooks(school, "m01") == []


@pytest.mark.parametrize("odd", [notebook("mark = lambda *a, **k: 10", "import course", "show()"), "junk", "[]", notebook("import course")])
def test_a_submitted_notebook_with_other_code_is_replaced_and_kept(school: Path, odd: str) -> None:
    path = school / "submitted/li/m01/exercise.ipynb"
    path.write_text(odd, encoding="utf-8")
    assert restore_notebooks(school, "m01") == [path]
    assert path.read_text(encoding="utf-8") == notebook("import course", "show()")
    assert path.with_name("exercise.handed-in.txt").read_text(encoding="utf-8") == odd


def test_a_link_in_the_notebooks_place_is_replaced(school: Path) -> None:
    path = school / "submitted/li/m01/exercise.ipynb"
    path.unlink()
    path.symlink_to(school / "solutions/m01/exercise.ipynb")
    assert restore_notebooks(school, "m01") == [path]
    assert not path.is_symlink()
