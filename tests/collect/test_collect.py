"""Taking files in with the real zip_collect: the whole way, the newest attempt, and one bad file among good ones."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course import catalog, collect, grade, handin, places
from course.answers import AnswerBook
from course.authoring import build
from course.errors import SetupError
from course.learn import lay
from tests.samples.handins import MOMENT, answers, forged, slip, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instructor's folder with m01 and m09."""
    folder = tmp_path_factory.mktemp("school") / "课程 {x}"
    for module in ("m01", "m09"):
        shutil.copytree(ROOT / "solutions" / module, folder / "solutions" / module, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "grader_config.py", folder)
    build.build(folder)
    return folder


@pytest.fixture
def school(released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COURSE_DUE", raising=False)
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "inbox").mkdir()
    yield tmp_path / "inbox"
    assert list((tmp_path / "course").glob(".collecting-*")) == []


def submitted(school: Path) -> set[str]:
    """Every file under submitted/."""
    return {path.relative_to(school / "submitted").as_posix() for path in (school / "submitted").rglob("*") if path.is_file()}


def files_of(learner: str, module: str = "m01") -> set[str]:
    return {f"{learner}/{module}/{name}" for name in ("exercise.ipynb", "answers.json", "timestamp.txt")}


def test_from_handing_in_to_the_mark(school: Path, inbox: Path, tmp_path: Path) -> None:
    lay(tmp_path / "learner")
    items = [item.id for item in catalog.activity("m09.self_check").items]  # type: ignore[attr-defined]
    AnswerBook(tmp_path / "learner" / "answers" / "m09.json", "m09").save("self_check", {"ratings": dict.fromkeys(items, 2)})
    receipt = handin.hand_in(tmp_path / "learner", "m09", "陈晨", inbox)
    command = [sys.executable, "-c", "from course.cli import main; main()", "collect", str(inbox)]
    done = subprocess.run(
        command,
        cwd=school,
        env=places.environment(PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert receipt.digest in done.stdout
    assert "陈晨" in done.stdout
    assert "Traceback" not in done.stderr
    grade.grade(school, "m09")
    marked = json.loads((school / "autograded" / "陈晨" / "m09" / "exercise.ipynb").read_text(encoding="utf-8"))
    outputs = {cell["id"]: str(cell.get("outputs")) for cell in marked["cells"]}
    assert "2.0" in outputs["m09-self-check-marking"]


def test_several_learners_and_a_bad_file_among_them(school: Path, inbox: Path) -> None:
    for learner in ("li", "王芳", "o.brien@example.org"):
        write(inbox, slip(learner=learner), answers("m01", who={"answer": learner}))
    write(inbox, slip(learner="li", module="m09"))
    forged(inbox, lambda archive: archive.writestr("../evil", b""), name="m01__evil__20260301T140200Z.zip")
    (inbox / "junk.zip").write_bytes(b"junk")
    outcomes = collect.collect(school, [inbox])
    assert submitted(school) == files_of("li") | files_of("王芳") | files_of("o.brien@example.org") | files_of("li", "m09")
    assert {outcome.file.name for outcome in outcomes if outcome.refused} == {"junk.zip", "m01__evil__20260301T140200Z.zip"}
    assert len(outcomes) == 6
    for learner in ("li", "王芳"):
        text = (school / "submitted" / learner / "m01" / "answers.json").read_bytes()
        assert text == answers("m01", who={"answer": learner})


def test_the_newest_attempt_counts_and_the_earlier_one_is_told(school: Path, inbox: Path) -> None:
    write(inbox, slip(moment=MOMENT + timedelta(hours=1)), answers("m01", a={"answer": "new"}))
    write(inbox, slip(), answers("m01", a={"answer": "old"}))
    shutil.copy(inbox / slip().name, inbox / "m01__li__20260301T140200Z (1).zip")
    outcomes = collect.collect(school, [inbox])
    assert sorted(str(outcome).partition(" ")[0] for outcome in outcomes) == ["earlier", "earlier", "taken"]
    assert any("is the same file as" in outcome.earlier for outcome in outcomes)
    assert (school / "submitted/li/m01/answers.json").read_bytes() == answers("m01", a={"answer": "new"})


def test_a_later_file_replaces_what_was_collected_and_an_earlier_one_does_not(school: Path, inbox: Path) -> None:
    first = write(inbox, slip(), answers("m01", a={"answer": "first"}))
    collect.collect(school, [first])
    (school / "submitted/li/m01/exercise.handed-in.txt").write_text("of the first", encoding="utf-8")
    later = write(inbox, slip(moment=MOMENT + timedelta(hours=1)), answers("m01", a={"answer": "later"}))
    collect.collect(school, [later])
    assert submitted(school) == files_of("li")
    assert (school / "submitted/li/m01/answers.json").read_bytes() == answers("m01", a={"answer": "later"})
    (again,) = collect.collect(school, [first])
    assert "submitted/ has one of 20260301T150200Z" in str(again)
    (same,) = collect.collect(school, [later])
    assert "was collected before" in str(same)
    assert (school / "submitted/li/m01/answers.json").read_bytes() == answers("m01", a={"answer": "later"})


def test_what_cannot_be_put_in_place_leaves_what_was_there(school: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collect.collect(school, [write(inbox, slip(), answers("m01", a={"answer": "first"}))])
    real = Path.rename

    def no_room(self: Path, target: Path) -> Path:
        if ".collecting-" in str(self) and "replaced" not in str(self):
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", no_room)
    later = write(inbox, slip(moment=MOMENT + timedelta(hours=1)), answers("m01", a={"answer": "later"}))
    (outcome,) = collect.collect(school, [later])
    assert outcome.refused == "cannot be put into submitted/ (No space left on device)"
    assert submitted(school) == files_of("li")
    assert (school / "submitted/li/m01/answers.json").read_bytes() == answers("m01", a={"answer": "first"})


def test_zip_collect_that_stops_leaves_nothing_half(school: Path, inbox: Path) -> None:
    (school / "grader_config.py").write_text("c = get_config()\nc.ZipCollectApp.collector_plugin = 'no.Where'", encoding="utf-8")
    with pytest.raises(SetupError, match="nbgrader zip_collect stopped"):
        collect.collect(school, [write(inbox)])
    assert not (school / "submitted").exists()


def test_what_nbgrader_passes_over_is_refused(school: Path, inbox: Path) -> None:
    (school / "grader_config.py").write_text("c = get_config()\nc.FileNameCollectorPlugin.named_regexp = 'nothing'", encoding="utf-8")
    (outcome,) = collect.collect(school, [write(inbox)])
    assert "nbgrader did not unpack it" in outcome.refused
    assert not (school / "submitted").exists()


def test_late_or_not_by_due_toml(school: Path, inbox: Path) -> None:
    (school / "due.toml").write_text("m01 = 2026-03-01T15:00:00Z", encoding="utf-8")
    late, early = slip(moment=MOMENT + timedelta(hours=2)), slip(learner="wang")
    outcomes = {outcome.file.name: str(outcome) for outcome in collect.collect(school, [write(inbox, late), write(inbox, early)])}
    assert "late by 1:02:00 (due by due.toml)" in outcomes[late.name]
    assert "on time" in outcomes[early.name]


def test_late_by_the_due_date_in_the_gradebook(school: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from nbgrader.api import Gradebook

    monkeypatch.setenv("PATH", places.environment()["PATH"])
    with Gradebook(f"sqlite:///{school / 'gradebook.db'}", "service") as book:
        book.add_assignment("m01", duedate=datetime(2026, 3, 1, 13, 2, tzinfo=UTC))
    (outcome,) = collect.collect(school, [write(inbox)])
    assert "late by 1:00:00 (due by the gradebook)" in str(outcome)


def test_a_gradebook_that_is_away_keeps_nothing_from_being_taken_in(school: Path, inbox: Path) -> None:
    with (school / "grader_config.py").open("a", encoding="utf-8") as config:
        config.write("\nc.CourseDirectory.db_url = 'postgresql+psycopg://course@127.0.0.1:9/none'\n")
    (outcome,) = collect.collect(school, [write(inbox)])
    assert "(no due date: the gradebook cannot be read: connection failed" in str(outcome)
    assert submitted(school) == files_of("li")


def test_two_spellings_of_one_folder_are_refused(school: Path, inbox: Path) -> None:
    collect.collect(school, [write(inbox)])
    (outcome,) = collect.collect(school, [write(inbox, slip(learner="Li"))])
    assert "differs from 'li' in submitted/ only by capitals" in outcome.refused


def test_two_spellings_in_one_batch_are_one_taken_and_one_refused(school: Path, inbox: Path) -> None:
    write(inbox, slip(learner="Li", module="m09", moment=MOMENT + timedelta(hours=1)))
    write(inbox, slip())
    outcomes = {outcome.file.name[:3]: outcome.refused for outcome in collect.collect(school, [inbox])}
    assert outcomes["m01"] == ""
    assert "'Li' differs from 'li' in submitted/ only by capitals" in outcomes["m09"]
    assert submitted(school) == files_of("li")


def _stamp(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _linked_stamp(path: Path, text: str) -> None:
    (path.parents[3] / "stamp").write_text(text, encoding="utf-8")
    path.symlink_to(path.parents[3] / "stamp")


def _stamp_that_waits(path: Path, text: str) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("lay_stamp", "text", "taken"),
    [
        (_stamp, "2026-03-01 22:01:00+08:00", True),  # 14:01 UTC, a minute before the file
        (_stamp, "2026-03-01 22:03:00+08:00", False),
        (_linked_stamp, "2026-03-02 14:00:00 UTC", True),
        (_stamp_that_waits, "", True),
    ],
)
def test_the_moment_of_what_is_there_is_read_as_when_it_is_marked(
    school: Path, inbox: Path, lay_stamp: Callable[[Path, str], None], text: str, taken: bool
) -> None:
    there = school / "submitted" / "li" / "m01"
    there.mkdir(parents=True)
    lay_stamp(there / "timestamp.txt", text)
    (outcome,) = collect.collect(school, [write(inbox)])
    assert str(outcome).startswith("taken" if taken else "earlier")


def test_what_was_replaced_of_one_learner_is_in_nobodys_way(school: Path, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def rename(self: Path, target: Path) -> Path:
        set_aside.update({target} if self.is_relative_to(school / "submitted") else ())
        return real(self, target)

    real, set_aside = Path.rename, set[Path]()
    monkeypatch.setattr(Path, "rename", rename)
    learners = ("li", "wang", "zhao")
    for hour in (0, 1):
        files = [write(inbox, slip(learner=name, moment=MOMENT + timedelta(hours=hour))) for name in learners]
        outcomes = collect.collect(school, files)
        assert [outcome.refused for outcome in outcomes] == ["", "", ""]
    assert submitted(school) == files_of("li") | files_of("wang") | files_of("zhao")
    assert len(set_aside) == 3


def test_an_exercise_that_this_course_has_not(school: Path, inbox: Path) -> None:
    (outcome,) = collect.collect(school, [write(inbox, slip(module="m08"))])
    assert outcome.refused == "this course folder has no exercise m08"


def test_no_files_at_all_is_a_sentence(school: Path, inbox: Path) -> None:
    with pytest.raises(SetupError, match="no zip files there"):
        collect.collect(school, [inbox])


def test_a_file_that_is_not_there_is_refused_and_costs_nobody_else(school: Path, inbox: Path) -> None:
    outcomes = collect.collect(school, [inbox / "m01__wang__20260301T140200Z.zip", write(inbox)])
    assert [bool(outcome.refused) for outcome in outcomes] == [False, True]
    assert submitted(school) == files_of("li")
