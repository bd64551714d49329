"""A learner's whole day: every exercise answered by a perfect, a middling and an absent-minded learner, marked as a class is."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course import catalog, grade, places
from course.activities import Activity
from course.answers import AnswerBook
from course.authoring import build
from tests.marking.learners import middling, perfect
from tests.marking.test_loop import key_of

ROOT = Path(__file__).parents[2]
MODULES = [path.parent.name for path in build.solutions(ROOT)]
LEARNERS = {"perfect": perfect, "middling": middling, "empty": None}


def graded(module: str) -> list[Activity]:
    paths = sorted((places.content() / module).glob("*.yaml"))
    return [activity for path in paths if (activity := catalog.activity(f"{module}.{path.stem}")).graded]


def key(activity: Activity) -> Any:
    return key_of(ROOT, activity.id) if activity.keyed and activity.auto_points else None


@dataclass(frozen=True)
class Marked:
    """What the gradebook says of one submission."""

    score: float
    max_score: float
    auto: dict[str, float]
    needs_manual: set[str]


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], Marked]]:
    """All submissions of all exercises, marked; by module and learner."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "grader_config.py", folder)
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for module in MODULES:
        for learner, does in LEARNERS.items():
            submitted = folder / "submitted" / learner / module
            shutil.copytree(ROOT / "exercises" / module, submitted)
            book = AnswerBook(submitted / places.ANSWERS, module, language="zh")
            for activity in graded(module) if does else []:
                book.save(activity.name, does(activity, key(activity)))
        grade.grade(folder, module)
    yield read(folder)


def read(folder: Path) -> dict[tuple[str, str], Marked]:
    from nbgrader.api import Gradebook

    found = {}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "service") as book:
        for module in MODULES:
            for learner in LEARNERS:
                submission = book.find_submission(module, learner)
                grades = [g for notebook in submission.notebooks for g in notebook.grades]
                auto = {g.name: g.auto_score for g in grades if g.auto_score is not None}
                waiting = {g.name for g in grades if g.needs_manual_grade}
                found[module, learner] = Marked(submission.score, submission.max_score, auto, waiting)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_the_points_of_an_exercise_are_those_of_the_curriculum(gradebook: dict[tuple[str, str], Marked], module: str) -> None:
    points = sum(activity.points for activity in graded(module))
    assert points == (100 if module == "m10" else 20)
    assert {gradebook[module, learner].max_score for learner in LEARNERS} == {points}


@pytest.mark.parametrize("module", MODULES)
def test_a_perfect_learner_gets_all_that_the_program_gives_and_waits_for_the_rest(
    gradebook: dict[tuple[str, str], Marked], module: str
) -> None:
    marked = gradebook[module, "perfect"]
    assert marked.score == sum(activity.auto_points for activity in graded(module))
    assert marked.auto == {activity.name: activity.auto_points for activity in graded(module) if activity.auto_points}
    hand = {activity.name + ("_hand" if activity.auto_points else "") for activity in graded(module) if activity.hand_points}
    assert marked.needs_manual == hand


@pytest.mark.parametrize("module", MODULES)
def test_a_middling_learner_gets_what_the_scores_say(gradebook: dict[tuple[str, str], Marked], module: str) -> None:
    marked = gradebook[module, "middling"]
    for activity in graded(module):
        if activity.auto_points:
            own = activity.read_own_key(key(activity)) if activity.keyed else None
            expected = activity.score(activity.read_handed_in(middling(activity, key(activity))), own).points
            assert marked.auto[activity.name] == expected
            assert 0 <= expected < activity.auto_points
    assert marked.score == pytest.approx(sum(marked.auto.values()))


@pytest.mark.parametrize("module", MODULES)
def test_who_answers_nothing_gets_nothing(gradebook: dict[tuple[str, str], Marked], module: str) -> None:
    assert gradebook[module, "empty"].score == 0
    assert set(gradebook[module, "empty"].auto.values()) <= {0.0}
