"""What ``course grade`` leaves behind is what nbgrader's own autograding leaves behind: every row, every file, every output."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from course import grade
from course.marking.school import School
from tests.marking import classroom
from tests.marking.classroom import MODULES, answer_file, file_of, hand_in
from tests.marking.learners import middling, perfect

LATE = "\nc.LateSubmissionPlugin.penalty_method = 'zero'\n"
"""Only m02 has a date by which it is due."""
TEXT = "我在药店排队时，店员说：“您先坐。”\n<script>alert('x')</script> $x$ \x1b[31m红\x1b[0m =SUM(A1)\r\n" + "行\n" * 1200


@dataclass(frozen=True)
class Left:
    """All that a marking leaves behind."""

    rows: classroom.Rows
    scores: dict[tuple[str, str], tuple[Any, ...]]
    files: dict[str, Any]


def half(activity: Any, key: Any) -> Any:
    return middling(activity, key)


def first_attempts(folder: Path, modules: list[str]) -> None:
    """What the class hands in: everything of every exercise by one or two, and all that can be odd in the first two."""
    for n, module in enumerate(modules):
        hand_in(folder, "王芳", module, answer_file(module, perfect))
        if n % 2:
            hand_in(folder, "li_lei", module, answer_file(module, half, "en"))
    one = modules[0]
    hand_in(folder, "空白", one, None, moment=None)
    hand_in(folder, "zhao-min", one, b'{"schema": 1, "module": "m01", "activ')
    hand_in(folder, "newer", one, b'{"schema": 2, "language": "en", "module": "%s", "activities": {}}' % one.encode())
    hand_in(folder, "foreign", one, file_of("m07", {}, "en"))
    texts = {field.id: TEXT for field in next(a for a in classroom.graded(one) if a.kind == "writing").fields}  # type: ignore[attr-defined]
    odd = {"as_customer": {"texts": texts}, "check": {"chosen": {"who": ["nobody"]}}, "potential": ["no", "object"]}
    hand_in(folder, "Odd.One", one, file_of(one, odd, "en"), moment="2026-11-20 18:00:00 +0800")
    hand_in(folder, "two attempts", one, file_of(one, {"potential": {"completed": False}}))
    if len(modules) > 1:
        hand_in(folder, "late", modules[1], answer_file(modules[1], half), moment="2026-11-21 10:00:00.500000 UTC")


def mark_by_hand(folder: Path, module: str) -> None:
    """A person marks: a task, an automatic score, a comment, something extra."""
    with classroom.gradebook(folder) as book:
        for learner, cell, points in (("王芳", "as_customer", 6.5), ("two attempts", "potential", 1.0)):
            mark = book.find_grade(cell, "exercise", module, learner)
            mark.manual_score, mark.needs_manual_grade, mark.extra_credit = points, False, 0.5
        book.find_comment("as_customer", "exercise", module, "王芳").manual_comment = "写得很具体。"
        book.db.commit()


def second_attempts(folder: Path, module: str) -> None:
    later = "2026-11-22 08:00:00.000000 UTC"
    hand_in(folder, "two attempts", module, answer_file(module, perfect), moment=later)
    hand_in(folder, "王芳", module, answer_file(module, half, "en"), moment=later)
    hand_in(folder, "zhao-min", module, answer_file(module, half), moment="2026-11-19 08:00:00 UTC")  # an older one: stays unmarked


def course_of_events(folder: Path, modules: list[str], mark: Callable[..., None]) -> Left:
    """A class hands in, is marked, is marked by hand, hands in again, is marked again."""
    first_attempts(folder, modules)
    mark(folder, *modules)
    mark_by_hand(folder, modules[0])
    second_attempts(folder, modules[0])
    mark(folder, modules[0])
    return Left(classroom.rows(School(folder).db_url), classroom.scores(folder, modules), classroom.autograded(folder))


def registered(folder: Path, modules: list[str]) -> None:
    """Every exercise in the gradebook, the second with a date."""
    for module in modules:
        School(folder).register(module)
    classroom.due(folder, modules[1], datetime(2026, 11, 20, 12))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Left, Left]:
    """What nbgrader leaves behind and what we do, in the same folder, for outputs name it."""
    folder = classroom.new_course(tmp_path_factory.mktemp("equal") / "course", MODULES, LATE)
    registered(folder, MODULES)
    shutil.copy(folder / "gradebook.db", folder.parent / "fresh.db")
    stock = course_of_events(folder, MODULES, classroom.stock)
    shutil.rmtree(folder / "autograded")
    shutil.rmtree(folder / "submitted")
    shutil.copy(folder.parent / "fresh.db", folder / "gradebook.db")
    return stock, course_of_events(folder, MODULES, classroom.ours)


@pytest.mark.parametrize("table", ["students", "courses", "submissions", "grades", "comments", "cells", "points"])
def test_the_rows_of_the_gradebook_are_equal(both: tuple[Left, Left], table: str) -> None:
    stock, ours = both
    assert stock.rows[table]
    assert ours.rows[table] == stock.rows[table]


def test_the_scores_that_the_formgrader_shows_are_equal(both: tuple[Left, Left]) -> None:
    stock, ours = both
    assert {module for module, _ in stock.scores} == set(MODULES)
    assert ours.scores == stock.scores


def test_the_late_one_is_late_and_the_penalty_is_taken(both: tuple[Left, Left]) -> None:
    score, *_, penalty, late = both[1].scores["m02", "late"]
    assert late == pytest.approx(22 * 3600 + 0.5)
    assert penalty == score > 0


def test_manual_marks_and_comments_survive_a_second_attempt(both: tuple[Left, Left]) -> None:
    _, ours = both
    assert ("m01", "王芳", "as_customer", "TaskCell", None, 6.5, 0.5, 0) in ours.rows["grades"]
    assert ("m01", "王芳", "as_customer", "TaskCell", None, "写得很具体。") in ours.rows["comments"]
    assert ("m01", "two attempts", "potential", "GradeCell", 2.0, 1.0, 0.5, 1) in ours.rows["grades"]


def test_the_files_and_their_modes_are_equal(both: tuple[Left, Left]) -> None:
    stock, ours = both
    assert {name: mode for name, (mode, _) in ours.files.items()} == {name: mode for name, (mode, _) in stock.files.items()}
    others = [name for name in stock.files if not name.endswith(".ipynb")]
    assert [ours.files[name] for name in others] == [stock.files[name] for name in others]


def test_the_autograded_notebooks_are_equal_cell_by_cell(both: tuple[Left, Left]) -> None:
    stock, ours = both
    compared = 0
    for name, (_, theirs) in stock.files.items():
        if name.endswith(".ipynb"):
            mine = ours.files[name][1]
            for cell, its in zip(mine["cells"], theirs["cells"], strict=True):
                assert cell == its, f"{name}: {cell['id']}"
                compared += len(cell.get("outputs", []))
            assert mine == theirs
    assert compared > 10 * len(MODULES)


def test_a_text_of_too_many_lines_is_cut_where_nbgrader_cuts_it(both: tuple[Left, Left]) -> None:
    cells = both[1].files["Odd.One/m01/exercise.ipynb"][1]["cells"]
    printed = next(cell["outputs"][0]["text"] for cell in cells if cell["id"] == "m01-as-customer")
    assert printed[-1] == "... Output truncated ..."
    assert len(printed) <= 1000


def test_stock_marking_is_still_there_and_runs_no_code_of_a_learners(tmp_path: Path) -> None:
    folder = classroom.new_course(tmp_path / "course", ["m08"])
    place = hand_in(folder, "王芳", "m08", answer_file("m08", perfect))
    (place / "exercise.ipynb").write_text("no notebook", encoding="utf-8")
    report = grade.grade(folder, "m08", "王芳", stock=True)
    assert list(report.odd) == ["王芳"]
    auto = {row[2]: row[4] for row in classroom.rows(School(folder).db_url)["grades"]}
    assert auto == {"ticket": 10.0, "ticket_talk": 6.0, "follow_up": None}
