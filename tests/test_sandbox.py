"""A kernel in the sandbox marks as outside, and sees no network, gradebook, keys or classmates. Real bubblewrap and nbgrader."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course import grade, sandbox
from course.errors import SetupError

PROBES = """
import json, os, pathlib, socket, subprocess
found = {}
def probe(name, action):
    try:
        found[name] = str(action())
    except BaseException as error:
        found[name] = type(error).__name__
course = pathlib.Path.cwd().parents[2]
probe("gradebook", lambda: (course / "gradebook.db").stat())
probe("solutions", lambda: list((course / "solutions").iterdir()))
probe("classmate", lambda: list((course / "autograded" / "bystander").iterdir()))
probe("learners", lambda: sorted(path.name for path in (course / "autograded").iterdir()))
probe("network", lambda: socket.create_connection(("127.0.0.1", PORT), timeout=5))
probe("own folder", lambda: pathlib.Path("answers.json").write_text("{}"))
probe("python", lambda: pathlib.Path(os.__file__).write_text(""))
probe("home", lambda: (pathlib.Path.home() / "note").write_text("mine"))
probe("memory", lambda: len(bytes(8 * 2**30)))
probe("secret", lambda: os.environ["DATABASE_PASSWORD"])
probe("processes", lambda: len([name for name in os.listdir("/proc") if name.isdigit()]) < 10)
import IPython, ipykernel.kernelapp
run = pathlib.Path(ipykernel.kernelapp.IPKernelApp.instance().connection_file).parent
probe("sockets of others", lambda: len(list(run.parent.iterdir())))
(run / "k.json").mkdir()
print(json.dumps(found))
"""


def usable() -> bool:
    try:
        sandbox.try_out(Path.cwd())
    except SetupError:
        return False
    return True


real = pytest.mark.skipif(not usable(), reason="bubblewrap is missing, or may not make namespaces here")


def notebook(answer: str) -> Any:
    """An exercise with code: the learner writes a cell, and a hidden test marks it."""

    def cell(source: str, name: str, **facts: Any) -> Any:
        marks = {"grade_id": name, "schema_version": 3, "locked": False, "grade": False, "solution": False, "task": False, **facts}
        return nbformat.v4.new_code_cell(source, id=name, metadata={"nbgrader": marks})

    cells = [
        cell(answer, "answer", solution=True),
        cell("### BEGIN HIDDEN TESTS\nfloat(total == 42)\n### END HIDDEN TESTS", "test", grade=True, locked=True, points=1),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


def hand_in(folder: Path, learner: str, answer: str) -> None:
    submitted = folder / "submitted" / learner / "m01"
    submitted.mkdir(parents=True)
    work = nbformat.read(folder / "exercises" / "m01" / "exercise.ipynb", as_version=4)
    work.cells[0].source = answer
    nbformat.write(work, submitted / "exercise.ipynb")
    (submitted / "answers.json").write_text("{}", encoding="utf-8")


def outputs(folder: Path, learner: str) -> str:
    """What the learner's own cell put out: text, or the name of the error."""
    marked = nbformat.read(folder / "autograded" / learner / "m01" / "exercise.ipynb", as_version=4)
    return "".join(output.get("text") or output.get("ename", "") for output in marked.cells[0].outputs)


def points(folder: Path) -> dict[str, float]:
    from course.marking import grades

    return {one.learner: one.grades["test"].points for one in grades.submissions(grades.address(folder), "m01")}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A class whose code was run in the sandbox; somebody on this computer listens at a port meanwhile."""
    folder = tmp_path_factory.mktemp("course")
    (folder / "solutions" / "m01").mkdir(parents=True)
    (folder / "exercises" / "m01").mkdir(parents=True)
    nbformat.write(notebook("### BEGIN SOLUTION\ntotal = 42\n### END SOLUTION"), folder / "solutions" / "m01" / "exercise.ipynb")
    shutil.copy(Path(__file__).parents[1] / "grader_config.py", folder)
    with (folder / "grader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.Execute.timeout = 5\n")
        config.write('c.CourseDirectory.ignore.remove("*.py")\n')  # a course with code exercises takes what learners write
    grade.nbgrader(folder, "generate_assignment", "m01", "--force")
    with socket.create_server(("127.0.0.1", 0)) as server:
        hand_in(folder, "bystander", "total = 42")
        hand_in(folder, "curious", "total = 42\n" + PROBES.replace("PORT", str(server.getsockname()[1])))
        hand_in(folder, "endless", "while True: pass")
        hand_in(folder, "planter", "total = 42")
        for name in ("course.py", "json.py", "tempfile.py"):  # what is started in the submission's folder must not import from it
            planted = folder / "submitted" / "planter" / "m01" / name
            planted.write_text(f"open({str(folder / 'escaped')!r}, 'w')", encoding="utf-8")
        hand_in(folder, "wrong", "total = 41")
        os.environ["DATABASE_PASSWORD"] = "for instructors"
        try:
            grade.grade(folder, "m01", sandboxed=True)
        finally:
            del os.environ["DATABASE_PASSWORD"]
    yield folder


@real
def test_the_hidden_tests_mark_the_learners_own_code(marked: Path) -> None:
    assert points(marked) == {"bystander": 1.0, "curious": 1.0, "endless": 0.0, "planter": 1.0, "wrong": 0.0}


@real
def test_a_kernel_sees_its_own_work_and_nothing_else(marked: Path) -> None:
    found = json.loads(outputs(marked, "curious"))
    assert found == {
        "gradebook": "FileNotFoundError",
        "solutions": "FileNotFoundError",
        "classmate": "FileNotFoundError",
        "learners": "['curious']",
        "network": "ConnectionRefusedError",
        "own folder": "OSError",
        "python": "OSError",
        "home": "4",
        "memory": "MemoryError",
        "secret": "KeyError",
        "processes": "True",
        "sockets of others": "1",
    }


@real
def test_files_of_a_submission_are_not_run_outside_the_sandbox(marked: Path) -> None:
    assert (marked / "autograded" / "planter" / "m01" / "course.py").is_file()
    assert not (marked / "escaped").exists()


@real
def test_code_without_an_end_is_stopped_and_the_next_learner_is_marked(marked: Path) -> None:
    assert outputs(marked, "endless") in {"KeyboardInterrupt", "CellTimeoutError", "KeyboardInterruptCellTimeoutError"}


def test_nothing_of_the_sandbox_stays_behind() -> None:
    with sandbox.kernels() as (_, environment):
        box = Path(environment["JUPYTER_PATH"])
        assert (box / "kernels" / "course-sandbox" / "kernel.json").is_file()
    assert not box.exists()


def test_the_command_shares_one_folder_for_writing_and_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "for instructors")
    command = sandbox.command(tmp_path / "work", tmp_path / "run", ["true"])
    assert [command[place + 1] for place, word in enumerate(command) if word == "--bind"] == [str(tmp_path / "run")]
    assert "--unshare-all" in command
    assert "--clearenv" in command
    assert "DATABASE_PASSWORD" not in command
    assert command[-2:] == ["--", "true"]


def test_without_bubblewrap_it_is_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match="apt install bubblewrap"):
        grade.grade(tmp_path, "m01", sandboxed=True)


def test_where_namespaces_are_forbidden_it_says_what_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = tmp_path / "bwrap"
    refusing.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n", encoding="utf-8")
    refusing.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"cannot make a sandbox here .bwrap: No permissions to create new namespace"):
        sandbox.try_out(tmp_path / "course")


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is missing")
def test_a_course_inside_what_the_sandbox_shows_is_refused() -> None:
    with pytest.raises(SetupError, match="which the sandbox shows to the kernel"):
        sandbox.try_out(Path("/usr/share/course"))


@pytest.mark.skipif("CI" not in os.environ or shutil.which("bwrap") is None, reason="only where CI has bubblewrap")
def test_in_ci_the_real_tests_run_wherever_bubblewrap_works_at_all() -> None:
    bare = subprocess.run(["bwrap", "--ro-bind", "/", "/", "--unshare-all", "true"], capture_output=True, check=False)
    assert usable() == (bare.returncode == 0)
