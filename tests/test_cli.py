"""The commands as a person starts them: real processes, real sentences, no tracebacks."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from course import handin, learn, places
from course.answers import AnswerBook


def run(*arguments: str, cwd: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run `course …` and wait for it."""
    command = [sys.executable, "-c", "from course.cli import main; main()", *arguments]
    env = places.environment(PYTHONIOENCODING="utf-8")
    env.pop("COURSE_FOLDER", None)
    return subprocess.run(command, cwd=cwd, env=env, input=typed, capture_output=True, encoding="utf-8", timeout=120, check=False)


def test_learn_serves_the_home_notebook_and_prints_its_address(tmp_path: Path) -> None:
    folder = tmp_path / "我的 course"
    command = [
        sys.executable,
        "-c",
        "from course.cli import main; main()",
        "learn",
        str(folder),
        "--no-browser",
        "--language",
        "en",
        "--port",
        "9310",
    ]
    environment = {key: value for key, value in places.environment(PYTHONIOENCODING="utf-8").items() if key != "COURSE_FOLDER"}
    with (tmp_path / "log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/\S+", line)))
        assert "/lab/tree/lessons/en/home.ipynb" in address
        token = address.rpartition("token=")[2]
        base = address.partition("/lab")[0]
        with urllib.request.urlopen(f"{base}/api/contents/lessons/en/home.ipynb?content=0&token={token}") as reply:
            assert reply.status == 200
        with pytest.raises(urllib.error.HTTPError, match="403") as refused:
            urllib.request.urlopen(f"{base}/api/contents/lessons")
        refused.value.close()
        assert token not in Path(f"/proc/{process.pid}/cmdline").read_text(encoding="utf-8")
    finally:
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read() if process.stdout else ""
        process.wait(timeout=60)
        if process.stdout:
            process.stdout.close()
    assert "答案都已保存 / Closed. Your answers are saved." in rest
    assert (folder / "exercises/m01/exercise.ipynb").is_file()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["learn", "/proc/nowhere", "--no-browser"], "the course cannot be put here"),
        (["learn", ".", "--language", "fr", "--no-browser"], "is no language of this course"),
        (["hand-in", "m99", "--name", "li"], "there is no such exercise here"),
        (["hand-in", "m01", "--name", "../li", "--folder", "."], "cannot stand in a file name"),
        (["grade", "m01"], "no grader_config.py here or above"),
        (["feedback", "m01"], "no grader_config.py here or above"),
        (["compare", "m01"], "no grader_config.py here or above"),
    ],
)
def test_what_goes_wrong_is_one_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_grading_before_anything_was_collected_says_what_comes_first(root: Path, tmp_path: Path) -> None:
    (tmp_path / "grader_config.py").write_text("", encoding="utf-8")
    (tmp_path / "solutions" / "m01").mkdir(parents=True)
    done = run("grade", "m01", cwd=tmp_path)
    assert done.returncode == 1
    assert "nothing was collected yet. First: course collect FILES, or nbgrader collect m01" in done.stderr


def test_check_finds_this_course_clean(root: Path) -> None:
    done = run("check", cwd=root)
    assert (done.returncode, done.stdout.strip()) == (0, "no faults found")


def test_help_names_every_command() -> None:
    done = run("--help", cwd=Path(os.sep))
    for command in ("learn", "hand-in", "print", "build", "check", "collect", "grade", "feedback", "compare"):
        assert command in done.stdout


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A learner's folder in English in which m01's exercise is begun."""
    learn.lay(tmp_path / "learner", "en")
    book = AnswerBook(tmp_path / "learner" / "exercises" / "m01" / "answers.json", "m01")
    book.save("as_customer", {"texts": {"what": "The queue"}})
    return tmp_path / "learner"


def test_hand_in_says_what_is_open_and_asks_back(begun: Path) -> None:
    done = run("hand-in", "m01", "--name", "li", "--folder", str(begun), cwd=begun, typed="n\n")
    assert done.returncode == 1
    assert "Some parts are still open" in done.stdout
    assert "Hand it in now?" in done.stdout
    assert "Not handed in" in done.stdout
    assert not list(begun.glob("handed-in/*.zip"))


def test_hand_in_asks_for_the_name_and_knows_it_the_second_time(begun: Path) -> None:
    first = run("hand-in", "m01", cwd=begun, typed="王芳\ny\n")
    assert first.returncode == 0, first.stderr
    (made,) = begun.glob("handed-in/*.zip")
    assert made.name.startswith("m01__王芳__")
    assert handin.last_receipt(begun).digest in first.stdout  # type: ignore[union-attr]
    second = run("hand-in", "m01", "--yes", cwd=begun, typed="\n")
    assert second.returncode == 0, second.stderr
    assert "You handed it in at" in second.stdout
    assert "It replaces the one before" in second.stdout
    assert [path.name[:9] for path in begun.glob("handed-in/*.zip")] == ["m01__王芳__"] * 2


def test_collecting_tells_what_was_refused_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "grader_config.py").write_text("", encoding="utf-8")
    (tmp_path / "homework.zip").write_bytes(b"PK")
    done = run("collect", "homework.zip", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith("refused  homework.zip: its name is not one that course hand-in gives")
