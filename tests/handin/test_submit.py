"""Handing in: one exercise as one file, kept with its receipt, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from course import answers, catalog, files
from course.answers import AnswerBook
from course.errors import BookError, LearnerError
from course.handin import Slip, hand_in, last_receipt, state, submit
from course.language import explain
from course.learn import lay


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A learner's folder in which one part of m01's exercise is answered twice, so that there is a backup."""
    lay(tmp_path)
    book = AnswerBook(tmp_path / "exercises" / "m01" / "answers.json", "m01")
    for text in ("draft", "客户说得对"):
        book.save("as_customer", {"texts": {"a": text}})
    assert book.backup.is_file()
    return tmp_path


def content_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def test_the_zip_holds_exactly_notebook_and_answers(folder: Path) -> None:
    receipt = hand_in(folder, "m01", "lin")
    exercise = folder / "exercises" / "m01"
    content = content_of(receipt.path)
    assert set(content) == {"exercise.ipynb", "answers.json", "receipt.json"}
    assert content["answers.json"] == (exercise / "answers.json").read_bytes()
    handed_in, own = json.loads(content["exercise.ipynb"]), json.loads((exercise / "exercise.ipynb").read_bytes())
    assert [cell["source"] for cell in handed_in["cells"]] == [cell["source"] for cell in own["cells"]]


def test_what_a_notebook_shows_stays_at_home(folder: Path) -> None:
    path = folder / "exercises" / "m01" / "exercise.ipynb"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["metadata"]["widgets"] = {"state": {"ratings": "private"}}
    start = next(cell for cell in raw["cells"] if cell["cell_type"] == "code")
    start["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "private"}]
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert b"private" not in content_of(hand_in(folder, "m01", "lin").path)["exercise.ipynb"]


def test_a_notebook_that_is_none_is_a_sentence(folder: Path) -> None:
    (folder / "exercises" / "m01" / "exercise.ipynb").write_text("junk", encoding="utf-8")
    with pytest.raises(LearnerError, match="hand_in_no_notebook"):
        hand_in(folder, "m01", "lin")
    assert list(folder.glob("**/*.zip")) == []


def test_stray_files_stay_at_home(folder: Path) -> None:
    for name in ("diary.txt", "answers.2025-01-01_00-00-00-0.damaged.json", ".hidden"):
        (folder / "exercises" / "m01" / name).write_text("private", encoding="utf-8")
    assert set(content_of(hand_in(folder, "m01", "lin").path)) == {"exercise.ipynb", "answers.json", "receipt.json"}


def test_the_receipt_is_true(folder: Path) -> None:
    receipt = hand_in(folder, "m01", "lin")
    assert receipt.digest == hashlib.sha256(receipt.path.read_bytes()).hexdigest()
    assert abs(datetime.now(UTC) - receipt.moment) < timedelta(seconds=10)
    assert receipt.path.name == f"m01__lin__{receipt.moment:%Y%m%dT%H%M%SZ}.zip"
    assert receipt.path.parent == folder / "handed-in"


@pytest.mark.parametrize("learner", ["lin", "7", "张伟", "1024-张伟", "o.brien", "a_b", "Müller", "x" * 64, "陈" * 64, "li@example.org"])
def test_names_and_numbers_of_any_script_are_taken(folder: Path, learner: str) -> None:
    receipt = hand_in(folder, "m01", learner)
    assert receipt.path.is_file()
    assert learner in receipt.path.name


@pytest.mark.parametrize("learner", ["lin", "张伟", "a_b", "o.brien", "1024-张伟"])
def test_nbgrader_finds_learner_and_moment_in_the_name(folder: Path, root: Path, learner: str) -> None:
    receipt = hand_in(folder, "m01", learner)
    config = (root / "grader_config.py").read_text(encoding="utf-8")
    found = re.search(r'named_regexp = \(\s*r"(.*)"', config)
    assert found is not None
    match = re.match(found[1], f"/downloaded/{receipt.path.stem}/answers.json")
    assert match is not None
    assert match.groupdict() == {"student_id": learner, "timestamp": f"{receipt.moment:%Y%m%dT%H%M%SZ}", "file_id": "answers.json"}


BAD_NAMES = [
    *("", " ", "lin ", " lin", "li n", "lin\n", "\nlin", "li\0n", "li\tn", "li\x1bn", "li\u202en", "li\u200bn"),
    *("/etc/passwd", "../lin", "..", ".", ".lin", "a/b", "a\\b", "C:lin", "~lin", "-rf", "lin-"),
    *("a__b", "__", "_", "_a", "a_", "x" * 65, "x" * 100, "a*b", 'a"b', "a<b", "a?b", "😀", "con", "NUL.txt", "com1", "$HOME", "%s", "{0}"),
]


@pytest.mark.parametrize("learner", BAD_NAMES, ids=ascii)
def test_what_cannot_be_a_name_is_refused_in_a_sentence(folder: Path, learner: str) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(LearnerError, match="hand_in_name") as caught:
        hand_in(folder, "m01", learner)
    assert not re.search(r"[\x00-\x1f\u202e\u200b]", explain(caught.value, "en"))
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("module", ["", "m1", "m001", "m99", "../m01", "m01/", "m01\n", "m01/../m08", "M01", "."])
def test_what_is_no_exercise_is_refused_in_a_sentence(folder: Path, module: str) -> None:
    with pytest.raises(LearnerError, match="hand_in_no_exercise"):
        hand_in(folder, module, "lin")
    assert list(folder.glob("**/*.zip")) == []


def test_nothing_answered_is_nothing_to_hand_in(folder: Path) -> None:
    with pytest.raises(LearnerError, match="hand_in_nothing"):
        hand_in(folder, "m08", "lin")
    assert list(folder.glob("**/*.zip")) == []


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"schema": 9, "activities": {}}'])
def test_an_unreadable_answers_file_is_not_handed_in(folder: Path, data: bytes) -> None:
    (folder / "exercises" / "m01" / "answers.json").write_bytes(data)
    with pytest.raises(BookError):
        hand_in(folder, "m01", "lin")
    assert list(folder.glob("**/*.zip")) == []
    assert (folder / "exercises" / "m01" / "answers.json").read_bytes() == data


def test_the_answers_of_another_module_are_not_handed_in(folder: Path) -> None:
    (folder / "exercises" / "m08" / "answers.json").write_bytes((folder / "exercises" / "m01" / "answers.json").read_bytes())
    with pytest.raises(BookError):
        hand_in(folder, "m08", "lin")


def test_a_link_for_answers_is_not_followed(folder: Path) -> None:
    path = folder / "exercises" / "m01" / "answers.json"
    secret = path.rename(folder / "secret.json")
    path.symlink_to(secret)
    with pytest.raises(BookError):
        hand_in(folder, "m01", "lin")


def test_another_folder_can_be_chosen(folder: Path) -> None:
    (folder / "桌面").mkdir()
    receipt = hand_in(folder, "m01", "lin", folder / "桌面")
    assert receipt.path.parent == folder / "桌面"
    assert (folder / "handed-in" / receipt.path.name).read_bytes() == receipt.path.read_bytes()


def test_a_missing_target_folder_is_a_sentence(folder: Path) -> None:
    with pytest.raises(LearnerError, match="hand_in_not_written"):
        hand_in(folder, "m01", "lin", folder / "nowhere")


def test_twice_within_a_second_never_replaces_the_first(folder: Path) -> None:
    made = set()
    for _ in range(3):
        try:
            made.add(hand_in(folder, "m01", "lin").path)
        except LearnerError as error:
            assert error.sentence == "hand_in_again_soon"
    assert made == set(folder.glob("**/*.zip"))
    assert all(content_of(path) for path in made)


def test_a_computer_whose_clock_was_wrong_can_hand_in(folder: Path) -> None:
    os.utime(folder / "exercises" / "m01" / "answers.json", (0, 0))
    receipt = hand_in(folder, "m01", "lin")
    assert set(content_of(receipt.path)) == {"exercise.ipynb", "answers.json", "receipt.json"}


def test_a_hand_in_that_fails_leaves_no_half_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "put", full)
    with pytest.raises(LearnerError, match="hand_in_not_written"):
        hand_in(folder, "m01", "lin")
    assert list(folder.glob("**/*.zip")) == []


def test_what_cannot_be_kept_in_both_places_is_kept_in_neither(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = files.put

    def no_room_at_home(path: Path, data: bytes) -> None:
        if path.parent.name == "handed-in":
            raise OSError(28, "No space left on device")
        real(path, data)

    (folder / "usb").mkdir()
    monkeypatch.setattr(files, "put", no_room_at_home)
    with pytest.raises(LearnerError, match="hand_in_not_written"):
        hand_in(folder, "m01", "lin", folder / "usb")
    assert list(folder.glob("**/*.zip")) == []


def test_handing_in_changes_nothing_of_the_exercise(folder: Path) -> None:
    exercise = folder / "exercises" / "m01"
    before = {path.name: path.read_bytes() for path in exercise.iterdir()}
    hand_in(folder, "m01", "lin")
    assert {path.name: path.read_bytes() for path in exercise.iterdir()} == before


def test_the_slip_inside_says_what_the_receipt_says(folder: Path) -> None:
    receipt = hand_in(folder, "m01", "lin")
    inside = Slip.model_validate_json(content_of(receipt.path)["receipt.json"])
    assert inside == receipt.slip
    assert (inside.module, inside.learner, inside.way, inside.replaces) == ("m01", "lin", "file", None)
    assert set(inside.open) == {"m01.check", "m01.potential", "m01.as_customer"}


def test_the_log_is_read_back_and_the_next_file_names_the_one_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hand_in(folder, "m01", "lin")
    assert last_receipt(folder, "m01") == first
    _later(monkeypatch)
    second = hand_in(folder, "m01", "lin")
    assert second.slip.replaces == first.digest
    assert last_receipt(folder, "m01") == last_receipt(folder) == second
    assert first.path.is_file()


def test_a_damaged_log_entry_is_passed_over_and_left_alone(folder: Path) -> None:
    first = hand_in(folder, "m01", "lin")
    for name, data in {"m01__lin__20990101T000000Z.zip": b"junk", "m01__lin__20980101T000000Z.zip": first.path.read_bytes()}.items():
        (folder / "handed-in" / name).write_bytes(data)
    assert last_receipt(folder, "m01") == first
    assert (folder / "handed-in" / "m01__lin__20990101T000000Z.zip").read_bytes() == b"junk"


def test_a_self_rating_finished_in_the_lesson_is_handed_in_as_finished(folder: Path) -> None:
    items = [item.id for item in catalog.activity("m01.potential").items]  # type: ignore[attr-defined]
    AnswerBook(folder / "answers" / "m01.json", "m01").save("potential", {"ratings": dict.fromkeys(items, 2)})
    receipt = hand_in(folder, "m01", "lin")
    assert "m01.potential" not in receipt.slip.open
    handed_in = json.loads(content_of(receipt.path)["answers.json"])["activities"]["potential"]
    assert handed_in["answer"] == {"completed": True, "ratings": None}
    assert not state(folder, "m01").changed


def test_another_program_that_hands_in_just_now_is_waited_for_and_then_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LOCK_SECONDS", 0.05)
    (folder / "handed-in").mkdir()
    with FileLock(folder / "handed-in" / ".lock"), pytest.raises(LearnerError, match="hand_in_again_soon"):
        hand_in(folder, "m01", "lin")


def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + timedelta(minutes=5)

    monkeypatch.setattr(submit, "datetime", Later)
