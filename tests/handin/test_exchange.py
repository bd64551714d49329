"""nbgrader's own exchange: released, handed in, collected by the real nbgrader."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from course import grade, handin, places
from course.answers import AnswerBook
from course.authoring import build
from course.errors import LearnerError
from course.learn import lay


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The instructor's folder and the exchange, where m01 is released."""
    base, root = tmp_path_factory.mktemp("school"), Path(__file__).parents[2]
    course, exchange = base / "course", base / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    shutil.copytree(root / "solutions" / "m01", course / "solutions" / "m01")
    shutil.copy(root / "grader_config.py", course)
    with (course / "grader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    build.build(course)
    grade.register(course, "m01")
    grade.nbgrader(course, "release_assignment", "m01")
    return course, exchange


@pytest.fixture
def folder(tmp_path: Path, school: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    home = tmp_path / "learner"
    lay(home)
    configuration = f"c = get_config()\nc.CourseDirectory.course_id = 'service'\nc.Exchange.root = {str(school[1])!r}\n"
    (home / "nbgrader_config.py").write_text(configuration, encoding="utf-8")
    AnswerBook(home / "exercises" / "m01" / "answers.json", "m01").save("as_customer", {"texts": {"where": "客户说得对"}})
    (home / "exercises" / "m01" / "diary.txt").write_text("private", encoding="utf-8")
    return home


def test_what_is_handed_in_through_the_exchange_is_collected_by_nbgrader(folder: Path, school: tuple[Path, Path]) -> None:
    exchange = handin.find_exchange(folder, "m01")
    assert exchange is not None
    assert exchange.course == "service"
    receipt = handin.hand_in(folder, "m01", exchange.learner, exchange=exchange)
    assert receipt.slip.way == "exchange"
    assert handin.state(folder, "m01").receipt == receipt
    grade.nbgrader(school[0], "collect", "m01")
    submitted = school[0] / "submitted" / exchange.learner / "m01"
    with zipfile.ZipFile(receipt.path) as archive:
        assert (submitted / "answers.json").read_bytes() == archive.read("answers.json")
    assert not (submitted / "diary.txt").exists()


def test_an_exercise_that_was_not_released_there_goes_as_a_file(folder: Path) -> None:
    assert handin.find_exchange(folder, "m08") is None


def test_without_a_configuration_there_is_no_exchange(folder: Path) -> None:
    (folder / "nbgrader_config.py").unlink()
    assert handin.find_exchange(folder, "m01") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_an_exchange_that_refuses_hands_nothing_in(folder: Path, school: tuple[Path, Path]) -> None:
    exchange = handin.find_exchange(folder, "m01")
    inbound = school[1] / "service" / "inbound"
    inbound.chmod(0o555)
    try:
        with pytest.raises(LearnerError, match="hand_in_exchange"):
            handin.hand_in(folder, "m01", "lin", exchange=exchange)
    finally:
        inbound.chmod(0o733)
    assert handin.last_receipt(folder) is None


def test_an_exchange_that_is_gone_hands_nothing_in(folder: Path, school: tuple[Path, Path]) -> None:
    exchange = handin.find_exchange(folder, "m01")
    moved = school[1].rename(school[1].with_name("away"))
    try:
        with pytest.raises(LearnerError, match="hand_in_exchange"):
            handin.hand_in(folder, "m01", "lin", exchange=exchange)
    finally:
        moved.rename(school[1])
    assert handin.last_receipt(folder) is None


def test_the_command_hands_in_through_the_exchange_and_prints_the_receipt(folder: Path) -> None:
    command = [sys.executable, "-c", "from course.cli import main; main()", "hand-in", "m01", "--folder", str(folder), "--yes"]
    done = subprocess.run(
        command, env=places.environment(COURSE_LANGUAGE="en"), capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    receipt = handin.last_receipt(folder)
    assert receipt is not None
    assert "Handed in to your instructor (course service)" in done.stdout
    assert receipt.digest in done.stdout
