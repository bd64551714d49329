"""What is refused, and that it is refused without being unpacked."""

from __future__ import annotations

import json
import os
import stat
import struct
import tempfile
import unicodedata
import warnings
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.collect.inspect import MOST_FILE, Refused, inspect
from course.errors import LearnerError
from course.handin import learner_name
from course.handin.parcel import CONTENT, digest
from tests.samples.handins import MOMENT, answers, forged, slip, write


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
    reason = str(caught.value)
    assert reason.isprintable()
    return reason


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    info.external_attr = mode << 16
    return info


def test_a_sound_file_says_who_what_when_and_its_digest(tmp_path: Path) -> None:
    path = write(tmp_path, slip(learner="王芳"))
    found = inspect(path)
    assert (found.slip.module, found.slip.learner, found.slip.moment) == ("m01", "王芳", MOMENT)
    assert found.digest == digest(path.read_bytes())
    assert found.files["answers.json"] == answers()
    assert set(found.files) == {"exercise.ipynb", "answers.json"}


@pytest.mark.parametrize("name", ["m01__li__20260301T140200Z (1).zip", "m01__li__20260301T140200Z(12).zip"])
def test_a_second_download_is_the_same_file(tmp_path: Path, name: str) -> None:
    assert inspect(write(tmp_path, name=name)).slip.learner == "li"


def test_a_name_that_a_computer_took_apart_is_put_together(tmp_path: Path) -> None:
    given = slip(learner="Müller")
    assert inspect(write(tmp_path, given, name=unicodedata.normalize("NFD", given.name))).slip.learner == "Müller"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../answers.json", "its path leads out of the folder"),
        ("..\\answers.json", "its path leads out of the folder"),
        ("a/../../answers.json", "its path leads out of the folder"),
        ("/etc/passwd", "its path begins at a disk or at the root"),
        ("\\\\server\\share", "its path begins at a disk or at the root"),
        ("C:\\answers.json", "its path begins at a disk or at the root"),
        ("c:answers.json", "its path begins at a disk or at the root"),
        ("CON", "its name is a device on Windows"),
        ("sub/nul.txt", "its name is a device on Windows"),
        ("answers.json\0.exe", "control characters in its name"),
        ("ans\x1b[2Jwers.json", "control characters in its name"),
        ("ans\u202ewers.json", "control characters in its name"),
        ("more.zip", "an archive inside an archive"),
        ("answers.json/", "only exercise.ipynb, answers.json, receipt.json may be in it"),
        ("Answers.json", "only exercise.ipynb, answers.json, receipt.json may be in it"),
        ("./answers.json", "only exercise.ipynb, answers.json, receipt.json may be in it"),
        ("sub\\answers.json", "only exercise.ipynb, answers.json, receipt.json may be in it"),
        ("timestamp.txt", "only exercise.ipynb, answers.json, receipt.json may be in it"),
    ],
    ids=ascii,
)
def test_a_foreign_entry_is_refused_with_its_reason(tmp_path: Path, name: str, reason: str) -> None:
    assert refusal(forged(tmp_path, lambda archive: archive.writestr(entry(name), b"{}"))).endswith(reason)


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@given(NAMES)
def test_no_other_name_ever_gets_in(name: str) -> None:
    if name in CONTENT:
        return
    with tempfile.TemporaryDirectory() as folder:
        refusal(forged(Path(folder), lambda archive: archive.writestr(entry(name), b"{}")))


@given(st.text(max_size=80))
def test_a_learners_name_is_one_safe_part_of_a_path(given_name: str) -> None:
    try:
        name = learner_name(given_name)
    except LearnerError:
        return
    assert name.isprintable()
    assert not set(name) & set('/\\:*?"<>|\0')
    assert Path(name).name == name
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", " "))


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_a_link_or_a_device_in_the_archive_is_refused(tmp_path: Path, kind: int) -> None:
    link = forged(
        tmp_path, lambda archive: archive.writestr(entry("answers.json", kind | 0o777), "../../gradebook.db"), leave_out=("answers.json",)
    )
    assert "no file but a link or a device" in refusal(link)


def test_a_link_in_the_files_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    link = tmp_path / slip().name
    link.symlink_to(write(tmp_path / "away"))
    assert "no file of its own" in refusal(link)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no fifos here")
def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / slip().name)
    assert "no file of its own" in refusal(tmp_path / slip().name)


@pytest.mark.parametrize("name", CONTENT)
def test_every_entry_must_be_there_once(tmp_path: Path, name: str) -> None:
    assert refusal(forged(tmp_path, lambda archive: None, leave_out=(name,))) == f"{name} is missing"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what we do on purpose
        twice = forged(tmp_path, lambda archive: archive.writestr(name, b"{}"))
    assert refusal(twice) == f"holds {name} 2 times"


def test_a_real_bomb_is_small_and_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("answers.json")
    info.compress_type = zipfile.ZIP_DEFLATED
    bomb = forged(tmp_path, lambda archive: archive.writestr(info, bytes(300_000_000)), leave_out=("answers.json",))
    assert bomb.stat().st_size < 400_000
    assert "would become 300,000,000 bytes" in refusal(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("answers.json")
    info.compress_type = zipfile.ZIP_DEFLATED
    bomb = forged(tmp_path, lambda archive: archive.writestr(info, bytes(50_000_000)), leave_out=("answers.json",))
    bomb.write_bytes(bomb.read_bytes().replace(struct.pack("<L", 50_000_000), struct.pack("<L", 100)))
    assert "no sound zip file" in refusal(bomb)


def test_many_entries_are_refused(tmp_path: Path) -> None:
    def add(archive: zipfile.ZipFile) -> None:
        for number in range(5_000):
            archive.writestr(f"{number}", b"")

    assert refusal(forged(tmp_path, add)) == "holds 5003 entries instead of 3"


def test_a_file_too_large_is_not_even_opened(tmp_path: Path) -> None:
    path = write(tmp_path)
    with path.open("r+b") as file:
        file.truncate(MOST_FILE + 1)
    assert "is too large" in refusal(path)


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    assert refusal(path) == "exercise.ipynb is encrypted"


def test_another_way_of_packing_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 10] = 99
    path.write_bytes(data)
    assert "no sound zip file" in refusal(path)


@pytest.mark.parametrize("data", [b"", b"PK", b"junk" * 100, b"\x1f\x8b\x08"])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / slip().name
    path.write_bytes(data)
    assert "no sound zip file" in refusal(path)


@given(st.data())
def test_a_damaged_file_is_refused_or_still_whole(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder))
        raw = bytearray(path.read_bytes())
        whole = inspect(path).files["answers.json"]
        for place in data.draw(st.lists(st.integers(0, len(raw) - 1), min_size=1, max_size=4)):
            raw[place] ^= data.draw(st.integers(1, 255))
        path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)
        try:
            found = inspect(path)
        except Refused:
            return
        assert found.files["answers.json"] == whole


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("m01__wang__20260301T140200Z.zip", "somebody else’s name is in it: 'li', and the file’s name says 'wang'"),
        ("m02__li__20260301T140200Z.zip", "it is m01 inside, and the file’s name says m02"),
        ("m01__li__20260301T140300Z.zip", "it was handed in at 20260301T140200Z by its receipt.json"),
        ("m01__li__20269999T140200Z.zip", "it was handed in at 20260301T140200Z by its receipt.json"),
        ("m01__..__20260301T140200Z.zip", "cannot stand in a file name"),
        ("m01__con__20260301T140200Z.zip", "cannot stand in a file name"),
        ("m01__l\ni__20260301T140200Z.zip", "its name is not one that course hand-in gives"),
        ("m01__l\x1bi__20260301T140200Z.zip", "cannot stand in a file name"),
        ("m1__li__20260301T140200Z.zip", "its name is not one that course hand-in gives"),
        ("homework.zip", "its name is not one that course hand-in gives"),
    ],
    ids=ascii,
)
def test_the_files_name_and_what_is_inside_must_agree(tmp_path: Path, name: str, reason: str) -> None:
    assert reason in refusal(write(tmp_path, name=name))


NO_SLIPS = [b"", b"{", b"[]", b"{}", b"[" * 100_000, json.dumps({"learner": "li"}).encode(), b"\xff"]


@pytest.mark.parametrize("data", NO_SLIPS, ids=lambda data: ascii(data)[:20])
def test_a_slip_that_cannot_be_read_is_refused(tmp_path: Path, data: bytes) -> None:
    path = forged(tmp_path, lambda archive: archive.writestr("receipt.json", data), leave_out=("receipt.json",))
    assert refusal(path) == "its receipt.json cannot be read"


def test_a_moment_to_come_would_win_for_ever_and_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert inspect(path, now=MOMENT - timedelta(hours=2)).slip.moment == MOMENT  # a clock may be wrong
    with pytest.raises(Refused, match="which is still to come"):
        inspect(path, now=MOMENT - timedelta(days=2))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (answers("m02"), "answers.json is of m02, not of m01"),
        (answers("m01\x1b[2J"), "not of m01"),
        (b"[]", "answers.json is of None, not of m01"),
        (b"{", "answers.json cannot be read"),
        (b"\xff\xfe", "answers.json cannot be read"),
        (b"9" * 5_000, "answers.json cannot be read"),
        (b"[" * 200_000, "nested too deeply"),
        (answers(deep=json.loads("[" * 60 + "]" * 60)), "nested too deeply"),
        (b'{"schema": 9, "module": "m01", "activities": {}}', "or a newer course made it"),
        (b'{"schema": 1, "module": "m01", "activities": []}', "cannot be read"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_answers_that_are_none_are_refused(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in refusal(write(tmp_path, data=data))


def test_answers_over_the_limit_are_refused_before_they_are_read(tmp_path: Path) -> None:
    assert "answers.json would become" in refusal(write(tmp_path, data=b" " * 5_000_001))


def test_a_long_honest_text_that_packs_well_is_taken(tmp_path: Path) -> None:
    data = answers(reply={"answer": {"texts": {"a": "好" * 20_000}}})
    assert inspect(write(tmp_path, data=data)).files["answers.json"] == data
