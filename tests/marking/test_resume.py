"""A marking that is killed, stopped, locked out or without disk goes on at the next run: nothing twice, nothing half."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from course import grade, places
from course.errors import SetupError
from tests.marking import classroom, in_a_worker
from tests.marking.classroom import answer_file, hand_in
from tests.marking.learners import middling, perfect

M = "m08"
CLASS = 130
"""Three batches."""

KILLED_AT = """
import os, signal, sys
from pathlib import Path
from course import grade
from course.marking import batch, gradebook, job, shelf

place, nth = sys.argv[1], int(sys.argv[2])
owner, name = {"make": (shelf.Shelf, "make"), "take_away": (shelf.Shelf, "take_away"), "show": (shelf.Shelf, "show"),
               "share": (shelf.Shelf, "_share"), "rows": (gradebook.Gradebook, "write"), "grades": (gradebook.Gradebook, "_grades"),
               "read": (job.submission, "read"), "register": (job.School, "register"), "results": (job._Job, "_keep")}[place]
real, calls = getattr(owner, name), 0

def deadly(*arguments, **named):
    global calls
    calls += 1
    if calls == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **named)

setattr(owner, name, deadly)
grade.grade(Path.cwd(), "m08", again="again" in sys.argv)
"""
MARK = "import sys; from pathlib import Path; from course import grade; grade.grade(Path.cwd(), 'm08', patience=0.3)"
COURSE = "from course.cli import main; main()"


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class that has handed in and is not marked."""
    folder = classroom.new_course(tmp_path_factory.mktemp("resume") / "course", [M])
    files = [answer_file(M, perfect), answer_file(M, middling, "en"), None]
    for n in range(CLASS):
        hand_in(folder, f"l{n:03}", M, files[n % 3])
    return folder


@pytest.fixture(scope="module")
def straight(collected: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[classroom.Rows, list[str]]:
    """Rows and files of a marking that nothing stopped."""
    folder = Path(shutil.copytree(collected, tmp_path_factory.mktemp("straight") / "course"))
    assert grade.grade(folder, M).marked == CLASS
    return rows(folder), files(folder)


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "course"))


def rows(folder: Path) -> classroom.Rows:
    return classroom.rows(f"sqlite:///{folder / 'gradebook.db'}")


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in (folder / "autograded").glob("*/*/*"))


def shown(folder: Path) -> dict[str, int]:
    """The learners whose folder has appeared, with the moment of it."""
    return {path.parent.parent.name: path.stat().st_mtime_ns for path in (folder / "autograded").glob(f"*/{M}/{places.EXERCISE}")}


def start(folder: Path, program: str, *arguments: str, **how: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *arguments]
    env = places.environment(PYTHONPATH=str(classroom.ROOT), PYTHONIOENCODING="utf-8")
    return subprocess.Popen(command, cwd=folder, env=env, stderr=subprocess.PIPE, text=True, encoding="utf-8", **how)  # type: ignore[call-overload,no-any-return]


def wait_until(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        assert time.monotonic() < deadline
        time.sleep(0.002)


def assert_whole(folder: Path) -> None:
    """Who has a folder has all rows and all files; who has rows has all of them."""
    with closing(sqlite3.connect(folder / "gradebook.db")) as connection:
        made = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not made:  # ended before nbgrader made its tables
        assert shown(folder) == {}
        return
    by_learner: dict[str, int] = {}
    for row in rows(folder)["grades"]:
        by_learner[row[1]] = by_learner.get(row[1], 0) + 1
    assert set(by_learner.values()) <= {3}  # two grade cells and a task
    assert set(shown(folder)) <= set(by_learner)
    for learner in shown(folder):
        submitted = {path.name for path in (folder / "submitted" / learner / M).iterdir()}
        assert {path.name for path in (folder / "autograded" / learner / M).iterdir()} == submitted


def assert_goes_on(folder: Path, straight: tuple[classroom.Rows, list[str]]) -> None:
    """The next run marks the rest, leaves alone what was marked, and leaves all as a straight run does."""
    before = shown(folder)
    report = grade.grade(folder, M)
    assert (report.marked, report.already) == (CLASS - len(before), len(before))
    after = shown(folder)
    assert {learner: after[learner] for learner in before} == before
    assert (rows(folder), files(folder)) == straight
    assert not (folder / "autograded" / ".marking").exists()


@pytest.mark.parametrize(
    ("place", "nth"),
    [
        ("register", 1),
        ("make", 73),
        ("rows", 2),
        ("take_away", 2),
        ("show", 1),
        ("share", 80),
    ],
)
def test_killed_at_any_moment_it_goes_on(folder: Path, straight: tuple[classroom.Rows, list[str]], place: str, nth: int) -> None:
    process = start(folder, KILLED_AT, place, str(nth))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert_whole(folder)
    assert len(shown(folder)) < CLASS
    assert_goes_on(folder, straight)


@pytest.mark.parametrize(("place", "nth"), [("take_away", 2), ("show", 2)])
def test_killed_while_marking_again_what_was_marked_is_marked_again(folder: Path, place: str, nth: int) -> None:
    grade.grade(folder, M)
    whole = rows(folder), files(folder)
    process = start(folder, KILLED_AT, place, str(nth), "again")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert_whole(folder)
    assert_goes_on(folder, whole)


def test_killed_from_outside_its_workers_end_too(folder: Path, straight: tuple[classroom.Rows, list[str]]) -> None:
    process = start(folder, MARK)
    wait_until(lambda: shown(folder), process)
    workers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.communicate()
    gone, alive = psutil.wait_procs(workers, timeout=60)
    assert (bool(gone), alive) == (True, [])
    assert_whole(folder)
    assert_goes_on(folder, straight)


def test_stopped_with_ctrl_c_it_says_so_and_goes_on(folder: Path, straight: tuple[classroom.Rows, list[str]]) -> None:
    process = start(folder, COURSE, "grade", M, start_new_session=True)
    wait_until(lambda: (folder / "autograded" / ".marking" / "new").exists(), process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "What is marked stays marked; run the same command again" in said
    assert "Traceback" not in said
    assert_whole(folder)
    assert_goes_on(folder, straight)


def test_a_locked_gradebook_is_waited_for_then_named(folder: Path, straight: tuple[classroom.Rows, list[str]]) -> None:
    other = sqlite3.connect(folder / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(SetupError, match="locked by another program"):
        grade.grade(folder, M, patience=0.1)
    assert shown(folder) == {}
    other.execute("ROLLBACK")
    other.close()
    assert_goes_on(folder, straight)


def test_a_gradebook_that_gets_locked_half_way_keeps_what_it_has(folder: Path, straight: tuple[classroom.Rows, list[str]]) -> None:
    process = start(folder, MARK)
    wait_until(lambda: shown(folder), process)
    other = sqlite3.connect(folder / "gradebook.db", isolation_level=None, timeout=60)
    other.execute("BEGIN EXCLUSIVE")
    _, said = process.communicate()
    assert process.returncode == 1
    assert "locked by another program" in said
    other.close()
    assert_whole(folder)
    assert 0 < len(shown(folder)) < CLASS
    assert_goes_on(folder, straight)


@pytest.mark.parametrize("what", ["gradebook", "notebook"])
def test_a_disk_that_fills_up_stops_with_a_sentence_and_goes_on(
    folder: Path, straight: tuple[classroom.Rows, list[str]], what: str
) -> None:
    """No file may grow beyond a size: what a full disk does to the gradebook, or to a notebook."""
    grade.grade(folder, M, "l000")
    size = (folder / "gradebook.db").stat().st_size
    if what == "gradebook":
        most = size + 20_000
    else:
        texts = {"follow_up": {"texts": {"message": "长" * 1_000_000}}}
        hand_in(folder, "l010", M, classroom.file_of(M, texts))
        most = size + 700_000
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
    process = start(folder, COURSE, "grade", M, preexec_fn=limit)
    _, said = process.communicate()
    assert process.returncode == 1
    assert "run the same command again" in said
    assert "Traceback" not in said
    assert_whole(folder)
    assert len(shown(folder)) < CLASS
    if what == "gradebook":
        assert_goes_on(folder, straight)
    else:
        assert grade.grade(folder, M).refused == set()
        assert len(shown(folder)) == CLASS


def test_two_markings_at_once_are_one(folder: Path) -> None:
    process = start(folder, MARK)
    wait_until(lambda: (folder / "autograded" / ".marking.lock").exists(), process)
    with pytest.raises(SetupError, match="another course grade is at work"):
        grade.grade(folder, M)
    process.communicate()
    assert process.returncode == 0
    assert len(shown(folder)) == CLASS


def test_a_worker_that_dies_costs_the_one_submission_that_killed_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "submitted" / "l007" / M / places.ANSWERS).write_bytes(b"poison")
    monkeypatch.setattr("course.marking.batch.mark_each", in_a_worker.deadly)
    report = grade.grade(folder, M)
    assert report.refused == {"l007"}
    assert "it ended the program that marks" in report.odd["l007"][0]
    assert set(shown(folder)) == {f"l{n:03}" for n in range(CLASS)} - {"l007"}


def test_nothing_is_marked_twice(folder: Path) -> None:
    grade.grade(folder, M)
    before = shown(folder)
    report = grade.grade(folder, M)
    assert (report.marked, report.already) == (0, CLASS)
    assert shown(folder) == before


def test_one_learner_alone_is_marked(folder: Path) -> None:
    assert grade.grade(folder, M, "l005").marked == 1
    assert set(shown(folder)) == {"l005"}


def test_without_a_terminal_progress_is_lines(folder: Path) -> None:
    process = start(folder, COURSE, "grade", M, stdout=subprocess.PIPE)
    out, said = process.communicate()
    assert f"m08: {CLASS} of {CLASS} marked, " in said
    assert "\x1b" not in said
    assert out.strip() == f"m08: {CLASS} marked, 0 marked before, 0 not marked"
