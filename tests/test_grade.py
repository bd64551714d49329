"""Grading refuses what would reach every learner's work, and marks the exercise's own notebook."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from course.errors import ContentError, SetupError
from course.grade import course_folder, grade, register, restore_notebooks
from course.marking import submission
from tests.marking import classroom


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
    assert restore_notebooks(school, "m01", ["li", "王"]) == []


@pytest.mark.parametrize("odd", [notebook("mark = lambda *a, **k: 10", "import course", "show()"), "junk", "[]", notebook("import course")])
def test_a_submitted_notebook_with_other_code_is_replaced_and_kept(school: Path, odd: str) -> None:
    path = school / "submitted/li/m01/exercise.ipynb"
    path.write_text(odd, encoding="utf-8")
    assert restore_notebooks(school, "m01", ["li", "王"]) == [path]
    assert path.read_text(encoding="utf-8") == notebook("import course", "show()")
    assert path.with_name("exercise.handed-in.txt").read_text(encoding="utf-8") == odd


@pytest.mark.parametrize("how", [{"stock": True}, {"sandboxed": True}])
def test_a_cluster_cannot_mark_for_nbgrader(school: Path, how: dict[str, bool]) -> None:
    with pytest.raises(SetupError, match="--scheduler is for the course's own marking"):
        grade(school, "m01", scheduler="tcp://127.0.0.1:8786", **how)


def test_the_grammar_of_web_addresses_is_not_built(school: Path) -> None:
    code = (
        "import sys\nfrom course import grade, feedback, collect, compare\nassert 'nbformat' not in sys.modules\n"
        f"from pathlib import Path\ntry: grade.grade(Path({str(school)!r}), 'm99')\nexcept grade.SetupError: pass\n"
        "import nbgrader.api\nassert 'nbformat' in sys.modules and 'lark' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _link(work: Path) -> None:
    (work / "data.txt").symlink_to(work.parents[2] / "gradebook.db")


def _link_for_the_notebook(work: Path) -> None:
    (work / "exercise.ipynb").unlink()
    (work / "exercise.ipynb").symlink_to(work.parents[2] / "solutions" / "m01" / "exercise.ipynb")


def _link_to_a_folder(work: Path) -> None:
    (work / "more").mkdir()
    (work / "more" / "keys").symlink_to(work.parents[2] / "solutions", target_is_directory=True)


def _folder_that_is_a_link(work: Path) -> None:
    work.rename(work.parent / "elsewhere")
    work.symlink_to(work.parents[2] / "solutions" / "m01", target_is_directory=True)


def _pipe(work: Path) -> None:
    os.mkfifo(work / "data.txt")


def _too_large(work: Path) -> None:
    with (work / "data.txt").open("wb") as file:
        file.truncate(5_000_001)


def _too_many(work: Path) -> None:
    for number in range(submission.MOST_ENTRIES):
        (work / f"{number}.txt").touch()


def _a_folder_for_the_notebook(work: Path) -> None:
    (work / "exercise.handed-in.txt").mkdir()


HOSTILE = {
    _link: "data.txt is a link or no ordinary file",
    _link_for_the_notebook: "exercise.ipynb is a link or no ordinary file",
    _link_to_a_folder: "more/keys is a link or no ordinary file",
    _folder_that_is_a_link: "its folder of this exercise is a link or no folder",
    _pipe: "data.txt is a link or no ordinary file",
    _too_large: "data.txt is too large (5,000,001 bytes)",
    _too_many: "it holds more than 500 files and folders",
    _a_folder_for_the_notebook: "exercise.handed-in.txt is a folder",
}


@pytest.mark.parametrize(("hostile", "reason"), HOSTILE.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_what_nbgrader_must_not_copy_is_left_out_and_named(
    school: Path, monkeypatch: pytest.MonkeyPatch, hostile: Callable[[Path], None], reason: str
) -> None:
    def nbgrader(folder: Path, *arguments: str, **environment: str) -> None:
        ran.append(arguments)

    ran: list[tuple[str, ...]] = []
    monkeypatch.setattr("course.grade.nbgrader", nbgrader)
    (school / "grader_config.py").write_text("c = get_config()\nc.CourseDirectory.student_id_exclude = 'wu'", encoding="utf-8")
    (school / "gradebook.db").write_bytes(b"secret")
    hostile(school / "submitted" / "li" / "m01")
    before = {path: path.lstat().st_ino for path in (school / "submitted").rglob("*")}
    report = grade(school, "m01", stock=True)
    assert list(report.lines())[1:] == [f"  li: not marked: {reason}"]
    assert ran[-1] == ("autograde", "m01", "--CourseDirectory.student_id_exclude=,li,wu")
    assert {path: path.lstat().st_ino for path in (school / "submitted").rglob("*")} == before
    ran.clear()
    assert grade(school, "m01", "li", stock=True).refused == {"li"}
    assert ran == []


def test_a_name_that_nbgrader_cannot_leave_out_stops_it(school: Path) -> None:
    (school / "submitted" / "li").rename(school / "submitted" / "li,wu")
    with pytest.raises(SetupError, match=r"submitted/li,wu: its name cannot stand in a gradebook"):
        grade(school, "m01", stock=True)


@pytest.mark.parametrize("name", ["~root", "'li'", "li"])
def test_nbgrader_itself_leaves_them_out(school: Path, name: str) -> None:
    """A link to the gradebook stays where it is, whatever the learner's name looks like on a command line."""
    folder = classroom.new_course(school / "real", ["m01"])
    for learner in (name, "王芳"):
        classroom.hand_in(folder, learner, "m01", None)
    register(folder, "m01")
    (folder / "submitted" / name / "m01" / "data.txt").symlink_to(folder / "gradebook.db")
    report = grade(folder, "m01", stock=True)
    assert report.refused == {name}
    assert [path.name for path in (folder / "autograded").iterdir()] == ["王芳"]
    assert (folder / "submitted" / name / "m01" / "data.txt").is_symlink()
