"""Submissions made to do harm: each gets a reason, none is run or followed, and the honest ones beside them get their marks."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import grade, places
from course.errors import SetupError
from course.marking import source, submission
from course.marking.report import Report
from course.marking.run import HandedIn, Marked, mark_one
from course.marking.school import School
from tests.marking import classroom
from tests.marking.classroom import answer_file, file_of, hand_in
from tests.marking.learners import perfect
from tests.marking.test_assess import any_json

M = "m01"
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
CANARY = "a learner's code was run"


def notebook_with(code: str, place: Path) -> str:
    """The exercise with a cell of somebody's own before all others."""
    raw = json.loads((place / places.EXERCISE).read_text(encoding="utf-8"))
    raw["cells"].insert(0, {"cell_type": "code", "id": "own", "metadata": {}, "source": code, "outputs": [], "execution_count": None})
    return json.dumps(raw)


def changed_grade_cell(place: Path) -> str:
    raw = json.loads((place / places.EXERCISE).read_text(encoding="utf-8"))
    next(cell for cell in raw["cells"] if cell["id"] == "m01-check-marking")["source"] = "10.0"
    return json.dumps(raw)


@dataclass
class School_:
    """A class of the honest and the hostile, marked once."""

    folder: Path
    report: Report = field(default_factory=lambda: Report(M))
    auto: dict[str, dict[str, float | None]] = field(default_factory=dict)

    def reasons(self, learner: str) -> str:
        return " | ".join(self.report.odd.get(learner, []))

    def outputs(self, learner: str) -> str:
        path = self.folder / "autograded" / learner / M / places.EXERCISE
        return json.dumps([cell.get("outputs") for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]], ensure_ascii=False)


def hand_in_all(folder: Path) -> None:
    whole = answer_file(M, perfect)
    submitted = folder / "submitted"
    secret = folder.parent / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    hand_in(folder, "honest", M, whole)

    place = hand_in(folder, "extra cell", M, whole)
    code = f"open({str(folder.parent / 'canary')!r}, 'w').write({CANARY!r})\nopen('/etc/passwd').read()"
    (place / places.EXERCISE).write_text(notebook_with(code, place), encoding="utf-8")
    place = hand_in(folder, "changed cell", M, None)
    (place / places.EXERCISE).write_text(changed_grade_cell(place), encoding="utf-8")
    place = hand_in(folder, "no notebook", M, whole)
    (place / places.EXERCISE).write_text("{not JSON" * 1000, encoding="utf-8")
    place = hand_in(folder, "deep notebook", M, whole)
    (place / places.EXERCISE).write_text("[" * 200_000, encoding="utf-8")
    (hand_in(folder, "missing notebook", M, whole) / places.EXERCISE).unlink()

    with (hand_in(folder, "gigabyte", M, b"{}") / places.ANSWERS).open("r+b") as file:
        file.truncate(1 << 30)
    hand_in(folder, "deep", M, b'{"schema": 1, "module": "m01", "activities": ' + b'{"a":' * 300_000)
    deep = b'"activities": {"check": ' + b"[" * 900 + b"]" * 900 + b"}"
    hand_in(folder, "deep answer", M, file_of(M, {}).replace(b'"activities": {}', deep))
    template = file_of(M, {"check": {"chosen": {"who": ["driver"]}}})
    hand_in(folder, "million ids", M, template.replace(b'"driver"', b",".join(b'"i%d"' % n for n in range(1_000_000))))
    hand_in(folder, "million short ids", M, template.replace(b'"driver"', b",".join([b'"z"'] * 1_000_000)))

    for learner, name, target in (
        ("link to a system file", places.ANSWERS, Path("/etc/passwd")),
        ("link to the gradebook", places.ANSWERS, folder / "gradebook.db"),
        ("link to another", places.ANSWERS, submitted / "honest" / M / places.ANSWERS),
        ("link as notebook", places.EXERCISE, secret),
        ("link as timestamp", "timestamp.txt", secret),
        ("another file", "notes.txt", secret),
    ):
        place = hand_in(folder, learner, M, whole if name != places.ANSWERS else None)
        (place / name).unlink(missing_ok=True)
        (place / name).symlink_to(target)
    (submitted / "linked exercise").mkdir()
    (submitted / "linked exercise" / M).symlink_to(submitted / "honest" / M)
    (submitted / "linked folder").symlink_to(submitted / "honest")
    for learner, name in (("pipe", places.ANSWERS), ("pipe as notebook", places.EXERCISE), ("pipe as timestamp", "timestamp.txt")):
        place = hand_in(folder, learner, M, whole if name != places.ANSWERS else None)
        (place / name).unlink(missing_ok=True)
        os.mkfifo(place / name)
    hand_in(folder, "zone", M, whole, moment="2026-11-20 10:00:00 ../../../../etc/passwd")
    hand_in(folder, "no moment", M, whole, moment="yesterday\n" * 3)

    for name in ("li\nhonest: 10", "\x1b[31mred", "=HYPERLINK(1)", "<script>x", "a\\b", "x" * 200, "..."):
        hand_in(folder, name, M, whole)
    (submitted / os.fsdecode(b"\xff\xfe") / M).mkdir(parents=True)

    fields = next(a for a in classroom.graded(M) if a.kind == "writing").fields  # type: ignore[attr-defined]
    hand_in(folder, "script", M, file_of(M, {"as_customer": {"texts": {f.id: SCRIPT for f in fields}}, SCRIPT: {}}))
    hand_in(folder, "script as id", M, file_of(M, {"check": {"chosen": {SCRIPT: ["a"]}}}))
    hand_in(folder, "surrogate", M, file_of(M, {"as_customer": {"texts": {fields[0].id: "\ud800 \0 end"}}}))


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> School_:
    folder = classroom.new_course(tmp_path_factory.mktemp("hostile") / "course", [M])
    hand_in_all(folder)
    made = School_(folder)
    made.report = grade.grade(folder, M)
    for _, learner, cell, _, auto, *_ in classroom.rows(f"sqlite:///{folder / 'gradebook.db'}")["grades"]:
        made.auto.setdefault(learner, {})[cell] = auto
    return made


FULL = {"check": 10.0, "potential": 2.0, "as_customer": None}
NOTHING = {"check": 0.0, "potential": 0.0, "as_customer": None}


def test_the_honest_one_gets_all_marks_and_no_remark(school: School_) -> None:
    assert school.auto["honest"] == FULL
    assert "honest" not in school.report.odd


def test_no_cell_of_a_learners_was_run_or_kept(school: School_) -> None:
    assert not (school.folder.parent / "canary").exists()
    kept = [path for path in (school.folder / "autograded").rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]
    assert kept == []


@pytest.mark.parametrize(
    ("learner", "marks", "reason"),
    [
        ("extra cell", FULL, "code in its notebook is not the exercise's"),
        ("changed cell", NOTHING, "code in its notebook is not the exercise's"),
        ("no notebook", FULL, "code in its notebook is not the exercise's"),
        ("deep notebook", FULL, "code in its notebook is not the exercise's"),
        ("missing notebook", FULL, "exercise.ipynb is missing"),
        ("gigabyte", NOTHING, "answers.json is too large (1,073,741,824 bytes)"),
        ("deep", NOTHING, "is not a complete answers file"),
        ("deep answer", NOTHING, "m01.check"),
        ("million ids", NOTHING, "answers.json is too large"),
        ("million short ids", NOTHING, "m01.check"),
        ("link to a system file", NOTHING, "answers.json is a link"),
        ("link to the gradebook", NOTHING, "answers.json is a link"),
        ("link to another", NOTHING, "answers.json is a link"),
        ("link as notebook", FULL, "exercise.ipynb is a link"),
        ("link as timestamp", FULL, "timestamp.txt is a link"),
        ("another file", FULL, "other files were left alone: notes.txt"),
        ("pipe", NOTHING, "answers.json is no ordinary file"),
        ("pipe as notebook", FULL, "exercise.ipynb is no ordinary file"),
        ("pipe as timestamp", FULL, "timestamp.txt is no ordinary file"),
        ("zone", FULL, "timestamp.txt holds no moment"),
        ("no moment", FULL, "timestamp.txt holds no moment"),
        ("script as id", NOTHING, "m01.check"),
        ("surrogate", NOTHING, ""),
    ],
)
def test_each_is_marked_for_its_answers_and_named(school: School_, learner: str, marks: dict[str, Any], reason: str) -> None:
    assert school.auto[learner] == marks
    assert reason in school.reasons(learner)


def test_folders_that_are_links_and_names_that_are_none_are_refused(school: School_) -> None:
    names = {"li�honest: 10", "�[31mred", "=HYPERLINK(1)", "<script>x", "a\\b", "x" * 128, "...", "��"}
    assert school.report.refused == {"linked exercise", "linked folder", *names}
    assert all("not marked: " in school.reasons(learner) for learner in school.report.refused)
    assert school.report.refused.isdisjoint(school.auto)


def test_nothing_that_a_link_points_to_was_copied(school: School_) -> None:
    for path in (school.folder / "autograded").rglob("*"):
        assert not path.is_symlink()
        assert not path.is_file() or b"the secret" not in path.read_bytes()
    for learner in ("link to a system file", "link to the gradebook", "link to another", "pipe", "gigabyte"):
        assert not (school.folder / "autograded" / learner / M / places.ANSWERS).exists()


def test_the_report_has_one_line_a_reason_and_is_kept(school: School_) -> None:
    lines = list(school.report.lines())
    assert len(lines) == 1 + sum(len(reasons) for reasons in school.report.odd.values())
    assert all(line.isprintable() for line in lines)
    kept = (school.folder / "autograded" / "marking-m01.txt").read_text(encoding="utf-8").splitlines()
    assert kept[1:] == lines


def test_script_is_text_in_what_the_formgrader_shows(school: School_) -> None:
    from nbconvert import HTMLExporter

    assert SCRIPT in school.outputs("script")
    html, _ = HTMLExporter().from_filename(str(school.folder / "autograded" / "script" / M / places.EXERCISE))
    assert "onerror=alert(1)" in html
    assert SCRIPT not in html
    assert "<img src=x" not in html


def test_no_word_of_a_learners_reaches_the_gradebook_or_an_export(school: School_) -> None:
    rows = repr(classroom.rows(f"sqlite:///{school.folder / 'gradebook.db'}"))
    assert "alert(" not in rows
    assert "HYPERLINK" not in rows


@pytest.mark.parametrize("name", ["../li", "li/..", "", ".", "li\n", "a\0b", "*"])
def test_a_learner_to_mark_is_a_name_and_no_path(school: School_, name: str) -> None:
    with pytest.raises(SetupError, match="is no learner's name"):
        grade.grade(school.folder, M, name)


def test_a_learner_who_handed_in_nothing_is_a_sentence(school: School_) -> None:
    with pytest.raises(SetupError, match="submitted/nobody/m01: nothing was collected yet"):
        grade.grade(school.folder, M, "nobody")


@pytest.mark.parametrize("name", ["王芳", "li_lei", "Odd.One", "u1024", "anna@example.com", "Jean-Luc B", "नेहा"])
def test_ordinary_names_are_names(name: str) -> None:
    assert submission.sane(name)


# Whatever stands in answers.json.


Mark = Callable[[bytes], Marked]


@pytest.fixture(scope="module")
def mark(school: School_) -> Mark:
    """Marks what an answers.json holds."""
    plan = source.compiled(School(school.folder).register(M).sanitised, school.folder, "zh", 1000)
    return lambda data: mark_one(plan, HandedIn("li", data, False, Path("/x/answers.json")))


def assert_sound(marked: Marked) -> None:
    """Points between nothing and all, and a notebook that is one."""
    assert set(marked.points) == {"check", "potential"}
    assert all(type(points) is float for points in marked.points.values())
    assert 0 <= marked.points["check"] <= 10
    assert 0 <= marked.points["potential"] <= 2
    cells = json.loads(marked.notebook)["cells"]
    assert len([cell for cell in cells if cell.get("outputs")]) == 5
    assert not any(re.search(r"cannot be (shown|scored)", reason) for reason in marked.odd)
    pickle.dumps(marked)


names = st.sampled_from(["check", "potential", "as_customer", "nobody"])
by_hand = st.dictionaries(names, st.one_of(any_json, st.fixed_dictionaries({"answer": any_json, "saved": st.just(classroom.SAVED)})))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(any_json, st.fixed_dictionaries({"schema": st.just(1), "module": st.just(M), "language": any_json, "activities": by_hand}))
)
def test_any_json_is_marked_or_named(mark: Mark, content: Any) -> None:
    assert_sound(mark(json.dumps(content).encode()))


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_any_bytes_are_marked_or_named(mark: Mark, data: bytes) -> None:
    assert_sound(mark(data))


@settings(max_examples=100)
@given(st.data())
def test_a_whole_file_with_bytes_changed_is_marked_or_named(mark: Mark, data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    assert_sound(mark(bytes(whole)))


WHOLE = answer_file(M, perfect)


# The plan of an exercise.


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("print(mark('m01.check'))", "is a grade cell, and not mark"),
        ("mark('m01.check', key=dict(questions={}))", "has a key that is computed"),
        ("points = mark('m01.check')", "is a grade cell, and not mark"),
    ],
)
def test_a_grade_cell_that_only_a_kernel_could_run_stops_the_marking(tmp_path: Path, code: str, problem: str) -> None:
    folder = classroom.new_course(tmp_path / "course", [M])
    path = folder / "solutions" / M / places.EXERCISE
    raw = json.loads(path.read_text(encoding="utf-8"))
    cell = next(cell for cell in raw["cells"] if cell["id"] == "m01-check-marking")
    cell["source"] = code
    with pytest.raises(SetupError, match=problem):
        source.compiled(json.dumps(raw), path, "zh", 1000)


def test_a_cell_that_is_neither_show_nor_check_stops_the_marking(tmp_path: Path) -> None:
    raw = json.loads((classroom.ROOT / "solutions" / M / places.EXERCISE).read_text(encoding="utf-8"))
    shutil.copy(classroom.ROOT / "solutions" / M / places.EXERCISE, tmp_path)
    start = next(cell for cell in raw["cells"] if cell["cell_type"] == "code")
    start["source"] = "from course import show; import os"
    with pytest.raises(SetupError, match=r"neither show\(…\) nor check"):
        source.compiled(json.dumps(raw), tmp_path, "zh", 1000)
