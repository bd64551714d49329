"""The page in a real browser: charts are drawn, nothing is asked of the network, and it prints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from course import places, printing
from course.errors import SetupError
from course.learn import lay
from course.printing import pdf


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("学员 folder")
    lay(folder)
    return printing.write(folder, "m09", "zh", folder / "printed #1")


@pytest.fixture
def chromium() -> str:
    program = pdf.browser()
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no chromium on this machine: apt install chromium fonts-noto-cjk")
        pytest.skip("no chromium on this machine")
    return program


@pytest.mark.browser
def test_the_pdf_is_one(page: Path, chromium: str) -> None:
    made = printing.to_pdf(page)
    data = made.read_bytes()
    assert made == page.with_suffix(".pdf")
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") > 5


def test_without_a_browser_it_says_how_to_print(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "PLACES", ())
    with pytest.raises(SetupError, match=r"Open .* in any browser and print it"):
        printing.to_pdf(page)


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the browser")
@pytest.mark.parametrize("script", ["exit 3", "echo cannot start >&2"])
def test_a_browser_that_makes_nothing_is_told(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    program = tmp_path / "chromium"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "NAMES", (str(program),))
    with pytest.raises(SetupError, match="made no PDF"):
        printing.to_pdf(page)


def test_the_command_prints_a_lesson(tmp_path: Path) -> None:
    lay(tmp_path / "learner")
    command = [sys.executable, "-c", "from course.cli import main; main()", "print", "m02", "--folder", str(tmp_path / "learner")]
    env = places.environment(PYTHONIOENCODING="utf-8", COURSE_LANGUAGE="en")
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "learner" / "printed" / "m02.en.html").is_file()
    wrong = subprocess.run([*command[:4], "m77", *command[5:]], env=env, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert wrong.returncode == 1
    assert "There is no module “m77”" in wrong.stderr
