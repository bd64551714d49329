"""What goes into a learner's page: worked out from plain data, for every exercise of the course, and nothing of it from the key alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from course import catalog
from course.activities import Writing
from course.answers import Page
from course.authoring import build
from course.errors import BookError, ContentError, SetupError
from course.language import LANGUAGES, Language
from course.marking.assess import assess
from course.marking.feedback import LONGEST, Cell, Feedback, cells, gather
from course.marking.feedback_page import page as as_html
from course.marking.grades import Grade, Submission
from tests.marking.learners import middling, perfect

ROOT = Path(__file__).parents[2]
MODULES = [path.parent.name for path in build.solutions(ROOT)]
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def solution(module: str) -> list[Cell]:
    return cells(ROOT / "solutions" / module / "exercise.ipynb")


def handed_in(module: str, does: Any) -> Page:
    """A learner's answers to all activities of an exercise."""
    keys = {cell.activity.id: (cell.activity, None) for cell in solution(module) if cell.activity}
    keys |= {cell.activity.id: (cell.activity, cell.key) for cell in solution(module) if cell.activity and not cell.by_person}
    answers = {activity.name: does(activity, key) for activity, key in keys.values()} if does else {}
    return Page(module, "zh", {name: {"answer": answer, "saved": MOMENT.isoformat()} for name, answer in answers.items()})


def marked(module: str, page: Page, by_hand: float | None = None, **more: Any) -> Submission:
    """The gradebook's side: the program's points as ``mark`` gives them, and ``by_hand`` of each task's points (None: still waiting)."""
    grades = {}
    for cell in solution(module):
        if cell.by_person:
            grades[cell.name] = Grade(cell.out_of * (by_hand or 0), by_hand is None, by_hand is not None)
        elif cell.activity:
            grades[cell.name] = Grade(assess(cell.activity, page, cell.key, "zh").score.points, False, False)
    return Submission("li", MOMENT, more.pop("penalty", 0.0), grades | more)


def read(module: str, does: Any, language: Language = "zh", by_hand: float | None = None, **more: Any) -> Feedback:
    page = handed_in(module, does)
    return gather(module, solution(module), page, marked(module, page, by_hand, **more), language)


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("does", [perfect, middling, None])
def test_every_exercise_has_a_page_in_both_languages(module: str, does: Any) -> None:
    total = sum(activity.points for activity in catalog.activities(module))
    by_program = any(not cell.by_person for cell in solution(module))
    for language in LANGUAGES:
        found = read(module, does, language, by_hand=1.0)
        assert found.marked == total
        assert found.waiting == 0
        assert (found.earned == total) == (does is perfect or not by_program)
        html = as_html([found])
        for part in found.parts:
            assert f". {part.title}</h2>" in html.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")


def test_parts_stand_in_the_order_of_the_exercise() -> None:
    assert [part.title for part in read("m01", perfect).parts] == [
        catalog.activity(f"m01.{name}").title.zh for name in ("check", "potential", "as_customer")
    ]


def test_a_page_does_not_depend_on_the_key_beyond_the_points() -> None:
    page = handed_in("m01", middling)
    submission = marked("m01", page)
    chosen = page.activities["check"]["answer"]["chosen"]
    changed = []
    for cell in solution("m01"):
        if cell.activity and cell.activity.id == "m01.check":
            questions = dict(cell.key["questions"])  # type: ignore[index]
            unanswered = next(question for question in cell.activity.questions if question.id not in chosen)  # type: ignore[attr-defined]
            other = next(option.id for option in unanswered.options if option.id not in questions[unanswered.id]["right"])
            cell = replace(cell, key={"questions": {**questions, unanswered.id: {"right": [other]}}})
        changed.append(cell)
    assert changed != solution("m01")
    for language in LANGUAGES:
        pages = [as_html([gather("m01", of, page, submission, language)]) for of in (solution("m01"), changed)]
        assert pages[0] == pages[1]


def test_a_comment_waits_until_its_points_are_given() -> None:
    waiting = read("m01", perfect, as_customer=Grade(3.0, True, True, "not yet"))
    given = read("m01", perfect, as_customer=Grade(3.0, False, True, "now"))
    assert "not yet" not in as_html([waiting])
    assert (waiting.earned, waiting.waiting) == (12.0, 8.0)
    assert "now" in as_html([given])
    assert (given.earned, given.waiting) == (15.0, 0.0)


def test_being_late_takes_points_off_and_never_below_nothing() -> None:
    assert read("m01", perfect, penalty=2.0).earned == 10.0
    assert "已减 2 分" in as_html([read("m01", perfect, penalty=2.0)])
    assert read("m01", None, penalty=2.0).earned == 0.0


@pytest.mark.parametrize(
    ("does", "by_hand", "begins"),
    [
        (None, None, ["Nothing was answered this time."]),
        (middling, None, ["Your instructor is still reading.", "“Service potential: ten pairs, one honest look” is still empty."]),
        (perfect, None, ["Your instructor is still reading.", "You have a good grasp"]),
        (perfect, 0.5, ["Take another look at “I have been a customer too”"]),
        (perfect, 1.0, ["You have a good grasp"]),
    ],
)
def test_the_next_step_fits_what_was_done(does: Any, by_hand: float | None, begins: list[str]) -> None:
    steps = read("m01", does, "en", by_hand).next_steps
    assert [step[: len(begin)] for step, begin in zip(steps, begins, strict=True)] == begins


def test_where_all_waits_nothing_is_said_of_how_well_it_went() -> None:
    cell = next(cell for cell in solution("m01") if isinstance(cell.activity, Writing))
    submission = Submission("li", MOMENT, 0.0, {})
    assert len(gather("m01", [cell], handed_in("m01", perfect), submission, "en").next_steps) == 1


def test_points_of_another_key_are_refused() -> None:
    with pytest.raises(SetupError, match=r"m01\.check earns 10 points and has 4 in the gradebook"):
        read("m01", perfect, check=Grade(4.0, False, False))


def test_extra_credit_counts_and_is_no_other_key() -> None:
    found = read("m01", perfect, check=Grade(10.0, False, False, extra=1.5))
    assert (found.parts[0].points[0].earned, found.earned) == (11.5, 13.5)
    assert found.parts[0].points[0].reason == read("m01", perfect).parts[0].points[0].reason


def test_a_file_that_cannot_be_read_gives_its_reason_once_an_activity() -> None:
    error = BookError("malformed_file", file="answers.json", folder="m01")
    found = gather("m01", solution("m01"), error, marked("m01", handed_in("m01", None)), "en")
    assert all("answers.json cannot be read" in part.answer for part in found.parts)
    assert found.lines[0].reason.startswith("Why service is the edge: eight small scenes: cannot be marked and counts 0")


def test_an_answer_of_no_honest_length_is_cut() -> None:
    page = handed_in("m01", perfect)
    field = next(iter(page.activities["as_customer"]["answer"]["texts"]))
    page.activities["as_customer"]["answer"]["texts"][field] = "长\n" * 9_999
    page.activities["as_customer"]["answer"]["texts"] |= dict.fromkeys(page.activities["as_customer"]["answer"]["texts"], "长\n" * 9_999)
    answer = gather("m01", solution("m01"), page, marked("m01", page), "zh").parts[-1].answer
    assert len(answer) == LONGEST + 1


def test_code_of_an_exercise_with_code_is_a_part_by_its_cells_name() -> None:
    found = gather(
        "m01", [Cell("sum_up", 3.0, False)], Page("m01", "en", {}), Submission("li", None, 0.0, {"sum_up": Grade(2, False, False)}), "en"
    )
    assert [(part.title, part.answer, found.earned) for part in found.parts] == [("sum_up", "", 2.0)]


@pytest.mark.parametrize(
    "odd", ["", "[]", '{"cells": [{"cell_type": "code"}]}', '{"cells": [{"cell_type": "code", "source": "(", "metadata": {}}]}']
)
def test_a_solution_that_is_none_is_a_sentence(tmp_path: Path, odd: str) -> None:
    (tmp_path / "exercise.ipynb").write_text(odd, encoding="utf-8")
    with pytest.raises(ContentError, match="run: course check"):
        cells(tmp_path / "exercise.ipynb")


def test_signs_that_html_cannot_hold_are_replaced() -> None:
    odd = "a\x00b\x1bc\ud800d\x85e"
    html = as_html([replace(read("m01", perfect), learner=odd)])
    assert "a�b�c�d�e" in html
    assert html.encode("utf-8")


def test_cells_are_read_without_running_them() -> None:
    found = {cell.name: cell for cell in solution("m01")}
    assert found["check"].key == json.loads(json.dumps(found["check"].key))
    assert (found["as_customer"].by_person, found["as_customer"].key) == (True, None)
    assert str(found["check"].key) not in repr(found["check"])
