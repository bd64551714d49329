"""The state of an exercise, and the sentences that a learner reads before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from course import catalog, handin
from course.answers import AnswerBook
from course.errors import BookError, LearnerError, SetupError
from course.handin import words
from course.handin.due import due_date
from course.language import LANGUAGES, Language
from course.learn import lay


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as it was laid, nothing answered, no due date; the environment names another folder."""
    monkeypatch.delenv("COURSE_DUE", raising=False)
    lay(tmp_path)
    return tmp_path


def write_a_text(folder: Path, text: str = "客户说得对") -> None:
    field = catalog.activity("m01.as_customer").fields[0].id  # type: ignore[attr-defined]
    AnswerBook(folder / "exercises" / "m01" / "answers.json", "m01").save("as_customer", {"texts": {field: text}})


def finish(folder: Path) -> None:
    """m08's exercise is long; m01's self-rating and texts are finished here, its quiz is not."""
    fields = [field.id for field in catalog.activity("m01.as_customer").fields]  # type: ignore[attr-defined]
    AnswerBook(folder / "exercises" / "m01" / "answers.json", "m01").save("as_customer", {"texts": dict.fromkeys(fields, "x")})


def test_an_untouched_exercise(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    now = handin.state(folder, "m01")
    assert (now.points, now.answered, now.receipt, now.changed, now.due) == (20, False, None, False, None)
    assert [part.activity.id for part in now.open] == ["m01.check", "m01.potential", "m01.as_customer"]
    assert not any(part.attempted for part in now.parts)
    assert sorted(folder.rglob("*")) == before


def test_what_is_finished_is_not_open(folder: Path) -> None:
    finish(folder)
    now = handin.state(folder, "m01")
    assert now.answered
    assert [part.activity.name for part in now.open] == ["check", "potential"]


def test_a_self_rating_finished_in_the_lesson_is_not_open_and_looking_tells_nobody(folder: Path) -> None:
    items = [item.id for item in catalog.activity("m01.potential").items]  # type: ignore[attr-defined]
    AnswerBook(folder / "answers" / "m01.json", "m01").save("potential", {"ratings": dict.fromkeys(items, 2)})
    now = handin.state(folder, "m01")
    assert "potential" not in [part.activity.name for part in now.open]
    assert now.answered
    assert not (folder / "exercises" / "m01" / "answers.json").exists()


def test_handed_in_and_changed_since(folder: Path) -> None:
    write_a_text(folder)
    receipt = handin.hand_in(folder, "m01", "lin")
    now = handin.state(folder, "m01")
    assert (now.receipt, now.changed) == (receipt, False)
    AnswerBook(folder / "exercises" / "m01" / "answers.json", "m01").choose_language("en")
    assert not handin.state(folder, "m01").changed
    write_a_text(folder, "再想了想")
    assert handin.state(folder, "m01").changed


def test_an_exercise_that_is_not_there_and_answers_that_cannot_be_read(folder: Path) -> None:
    with pytest.raises(LearnerError, match="hand_in_no_exercise"):
        handin.state(folder, "m99")
    (folder / "exercises" / "m01" / "answers.json").write_bytes(b"{")
    with pytest.raises(BookError, match="malformed_file"):
        handin.state(folder, "m01")
    assert (folder / "exercises" / "m01" / "answers.json").read_bytes() == b"{"


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("m01 = 2026-03-01T18:00:00+08:00", datetime(2026, 3, 1, 10, tzinfo=UTC)),
        ("m01 = 2026-03-01T18:00:00", datetime(2026, 3, 1, 18).astimezone()),
        ("m01 = 2026-03-01", datetime(2026, 3, 1, 23, 59, 59).astimezone()),
        ("m02 = 2026-03-01", None),
        ("", None),
    ],
)
def test_due_dates(folder: Path, line: str, moment: datetime | None) -> None:
    (folder / "due.toml").write_text(line, encoding="utf-8")
    due = due_date(folder, "m01")
    assert (due and due.moment) == moment


def test_a_due_date_for_a_whole_server(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "all.toml").write_text("m01 = 2026-03-01", encoding="utf-8")
    monkeypatch.setenv("COURSE_DUE", str(tmp_path / "all.toml"))
    due = due_date(folder, "m01")
    assert due is not None
    assert due.source == "all.toml"


@pytest.mark.parametrize("data", ["m01 = ", 'm01 = "tomorrow"', "m01 = 7", "m01 = 18:00:00", "m01 = []", "m01 = 0001-01-01"])
def test_a_due_date_that_cannot_be_read_stops_instructors_and_no_learner(folder: Path, data: str) -> None:
    (folder / "due.toml").write_text(data, encoding="utf-8")
    with pytest.raises(SetupError, match=r"due\.toml: cannot be read"):
        due_date(folder, "m01")
    assert handin.state(folder, "m01").due is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_it_says_what_is_open_and_asks(folder: Path, language: Language) -> None:
    write_a_text(folder)
    now = handin.state(folder, "m01")
    text = "\n".join(words.before(now, language))
    assert catalog.activity("m01.check").title.of(language) in text
    assert ("还没开始" if language == "zh" else "not begun") in text
    assert words.needs_asking(now)


@pytest.mark.parametrize(("days", "late"), [(-1, True), (1, False)])
def test_before_and_after_say_whether_it_is_late(folder: Path, days: int, late: bool) -> None:
    (folder / "due.toml").write_text(f"m01 = {datetime.now(UTC) + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}", encoding="utf-8")
    write_a_text(folder)
    now = handin.state(folder, "m01")
    assert now.late() is late
    assert ("It was due" in "\n".join(words.before(now, "en"))) is late
    receipt = handin.hand_in(folder, "m01", "lin")
    assert receipt.slip.late is late
    assert ("Late: it was due" in "\n".join(words.after(receipt, "en"))) is late


def test_handing_in_twice_is_said_before_and_after(folder: Path) -> None:
    write_a_text(folder)
    first = handin.hand_in(folder, "m01", "lin")
    now = handin.state(folder, "m01")
    before = "\n".join(words.before(now, "en"))
    assert "You handed it in at" in before
    assert "have not changed" in before
    assert first.digest[:12] in "\n".join(words.after(first, "en", earlier=first))


def test_the_receipt_in_words_holds_digest_time_and_what_was_open(folder: Path) -> None:
    finish(folder)
    receipt = handin.hand_in(folder, "m01", "lin")
    text = "\n".join(words.after(receipt, "zh"))
    assert receipt.digest in text
    assert words.clock(receipt.moment) in text
    assert catalog.activity("m01.check").title.zh in text
    assert catalog.activity("m01.as_customer").title.zh not in text


def test_the_standing_in_a_few_words(folder: Path) -> None:
    write_a_text(folder)
    assert words.standing(handin.state(folder, "m01"), "en") == "Not handed in yet"
    receipt = handin.hand_in(folder, "m01", "lin")
    assert words.standing(handin.state(folder, "m01"), "en") == f"Handed in {words.clock(receipt.moment)}"
    write_a_text(folder, "另一句")
    assert "changed since" in words.standing(handin.state(folder, "m01"), "en")
