"""Comparing what a class handed in: hints with learners and percent, odd files named, words on top."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course import catalog, places
from course.answers import AnswerBook
from course.compare import compare
from course.errors import SetupError
from tests.marking.test_likeness import PARCEL, QUEUE
from tests.test_cli import run


def hand_in(folder: Path, learner: str, text: str) -> Path:
    path = folder / "submitted" / learner / "m01" / places.ANSWERS
    path.parent.mkdir(parents=True)
    fields = [field.id for field in catalog.activity("m01.as_customer").fields]  # type: ignore[attr-defined]
    AnswerBook(path, "m01", language="zh").save("as_customer", {"texts": {fields[0]: text}})
    path.write_bytes(path.read_bytes() + b" " * len(list(folder.glob("submitted/*"))))  # nobody's file is another's to the letter
    return path


@pytest.fixture
def school(root: Path, tmp_path: Path) -> Path:
    (tmp_path / "grader_config.py").write_text("", encoding="utf-8")
    shutil.copytree(root / "solutions" / "m01", tmp_path / "solutions" / "m01")
    hand_in(tmp_path, "王芳", QUEUE)
    hand_in(tmp_path, "li", QUEUE.replace("药店", "医院"))
    hand_in(tmp_path, "zhao", PARCEL)
    return tmp_path


def test_like_texts_are_named_with_their_learners(school: Path) -> None:
    found = compare(school, "m01")
    assert [(hint.what, hint.learners) for hint in found.hints] == [("m01.as_customer", ("li", "王芳"))]
    assert found.read == 3


def test_a_copied_file_is_named_and_so_is_what_cannot_be_read(school: Path) -> None:
    path = school / "submitted" / "wu" / "m01" / places.ANSWERS
    path.parent.mkdir(parents=True)
    shutil.copy(school / "submitted" / "zhao" / "m01" / places.ANSWERS, path)
    odd = school / "submitted" / "odd" / "m01" / places.ANSWERS
    odd.parent.mkdir(parents=True)
    odd.symlink_to(path)
    found = compare(school, "m01")
    assert [(hint.what, hint.similarity, hint.learners) for hint in found.hints[:2]] == [
        ("answers.json", 100, ("wu", "zhao")),
        ("m01.as_customer", 100, ("wu", "zhao")),
    ]
    assert [trouble.partition(":")[0] for trouble in found.troubles] == ["odd"]


def test_files_without_an_answer_are_no_hint(school: Path) -> None:
    for learner in ("a", "b"):
        path = school / "submitted" / learner / "m01" / places.ANSWERS
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"schema": 1, "module": "m01", "activities": {}}), encoding="utf-8")
    assert len(compare(school, "m01").hints) == 1


def test_the_prompts_of_the_exercise_are_no_hint(school: Path) -> None:
    prompt = catalog.activity("m01.as_customer").intro.zh
    for learner in ("a", "b"):
        hand_in(school, learner, prompt)
    assert len(compare(school, "m01").hints) == 1


def test_the_command_says_first_that_likeness_proves_nothing(school: Path) -> None:
    hand_in(school, "bad\x1b[2Jname", QUEUE)
    done = run("compare", "m01", cwd=school)
    lines = done.stdout.splitlines()
    assert "相似是聊一聊的由头，不是证据" in lines[0]
    assert "not a proof" in lines[0]
    assert lines[1].startswith("100 %  m01.as_customer: bad�[2Jname, 王芳: “我在药店排队")
    assert lines[-1] == "4 submissions compared, 2 hints"
    assert "\x1b" not in done.stdout


def test_an_exercise_that_is_none_is_a_sentence(school: Path) -> None:
    with pytest.raises(SetupError, match=r"there is no such exercise\. There are: m01"):
        compare(school, "m02")
