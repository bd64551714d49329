"""The whole way of an answer with the real nbgrader: build, release, fetch, answer, submit, collect, autograde, mark by hand, export."""

from __future__ import annotations

import ast
import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course import catalog, grade, places
from course.authoring import build, notebooks
from course.context import Context
from course.drawer import drawer_for
from course.widgets import VIEWS

PERFECT, PARTIAL, EMPTY, MALFORMED = "王芳", "li_lei", "空白", "zhao-min"
TEXT = "我在药店排队时，店员说：“您先坐，轮到您我叫您。”\n那一刻我就不急了。<script>alert('x')</script>"


@dataclass(frozen=True)
class Class:
    """An instructor's folder and the exchange that the learners share with it."""

    folder: Path
    exchange: Path
    learners: Path

    def nbgrader(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run an nbgrader command and return what it said."""
        command = [sys.executable, "-m", "nbgrader", *arguments, "--course=service", f"--Exchange.root={self.exchange}"]
        if cwd is None:
            command.append("--JupyterApp.config_file=grader_config")
        done = subprocess.run(command, cwd=cwd or self.folder, env=places.environment(), capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return done.stderr

    def exercise(self, learner: str, module: str) -> Path:
        return self.learners / learner / module

    def grades(self, learner: str, module: str) -> dict[str, tuple[float | None, float | None, bool]]:
        """Of each graded cell: automatic score, manual score, whether it waits for a person."""
        with _gradebook(self) as book:
            submission = book.find_submission(module, learner)
            return {
                g.name: (g.auto_score, g.manual_score, bool(g.needs_manual_grade))
                for notebook in submission.notebooks
                for g in notebook.grades
            }


def _gradebook(school: Class) -> Any:
    from nbgrader.api import Gradebook

    before = os.environ["PATH"]
    os.environ["PATH"] = places.environment()["PATH"]
    try:
        return Gradebook(f"sqlite:///{school.folder / 'gradebook.db'}", "service")
    finally:
        os.environ["PATH"] = before


def key_of(root: Path, activity: str) -> Any:
    """The instructor's key, read out of the solution."""
    for cell in notebooks.read(root / "solutions" / activity[:3] / "exercise.ipynb").cells:
        if cell.cell_type == "code":
            for node in ast.walk(ast.parse(cell.source)):
                if isinstance(node, ast.Call) and ast.unparse(node).startswith(f"mark('{activity}'"):
                    return ast.literal_eval(node.keywords[0].value)
    raise AssertionError(f"no key for {activity}")


def answer(school: Class, learner: str, activity_id: str, raw: dict[str, Any]) -> dict[str, Any]:
    """Answer as the page does: a message to the real widget. Returns the state that the page gets back."""
    activity = catalog.activity(activity_id)
    context = Context(school.exercise(learner, activity.module))
    view = VIEWS[type(activity)](activity, drawer_for(activity, context), "zh")
    view._receive(None, {"do": "answer", "answer": raw, "view": "test", "seq": 1}, [])
    assert view.state["status"]["kind"] == "saved"
    return dict(view.state)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """A class of four whose exercises m01, m08 and m09 were handed in and autograded."""
    root = Path(__file__).parents[2]
    base = tmp_path_factory.mktemp("school")
    folder, exchange = base / "course", base / "exchange"
    folder.mkdir()
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    for module in ("m01", "m08", "m09"):  # test_core_day.py marks them all
        shutil.copytree(root / "solutions" / module, folder / "solutions" / module, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(root / "grader_config.py", folder)
    school = Class(folder, exchange, base / "learners")
    build.build(folder)
    before = os.environ.get("COURSE_FOLDER")
    try:
        for module, learners in {"m01": [PERFECT, PARTIAL, EMPTY, MALFORMED], "m08": [PERFECT, PARTIAL], "m09": [PERFECT]}.items():
            grade.register(folder, module)
            school.nbgrader("release_assignment", module)
            for learner in learners:
                home = school.learners / learner
                home.mkdir(parents=True, exist_ok=True)
                os.environ["COURSE_FOLDER"] = str(base / "private" / learner)
                school.nbgrader("fetch_assignment", module, cwd=home)
                _do(school, root, learner, module)
                school.nbgrader("submit", module, f"--student={learner}", cwd=home)
            school.nbgrader("collect", module)
            grade.grade(folder, module)
    finally:
        if before is not None:
            os.environ["COURSE_FOLDER"] = before
    yield school


def _do(school: Class, root: Path, learner: str, module: str) -> None:
    if learner == MALFORMED:
        (school.exercise(learner, module) / "answers.json").write_bytes(b'{"schema": 1, "module": "m01", "activ')
    elif learner == PERFECT:
        _do_all(school, root, module)
    elif learner == PARTIAL and module == "m01":
        questions = key_of(root, "m01.check")["questions"]
        half = dict(list(questions.items())[:4])
        answer(school, learner, "m01.check", {"chosen": {item: key["right"] for item, key in half.items()}})
        answer(school, learner, "m01.potential", {"ratings": _ratings("m01.potential", 9)})
    elif learner == PARTIAL:
        key = key_of(root, "m08.ticket")
        tiers = key["order"]
        turned = [item for tier in [tiers[1], tiers[0], *tiers[2:]] for item in tier]
        answer(school, learner, "m08.ticket", {"order": turned, "tags": dict.fromkeys(turned, True)})


def _ratings(activity_id: str, how_many: int) -> dict[str, int]:
    return {item.id: 2 for item in catalog.activity(activity_id).items[:how_many]}  # type: ignore[attr-defined]


def _do_all(school: Class, root: Path, module: str) -> None:
    if module == "m01":
        questions = key_of(root, "m01.check")["questions"]
        answer(school, PERFECT, "m01.check", {"chosen": {item: key["right"] for item, key in questions.items()}})
        answer(school, PERFECT, "m01.potential", {"ratings": _ratings("m01.potential", 10)})
        fields = [field.id for field in catalog.activity("m01.as_customer").fields]  # type: ignore[attr-defined]
        answer(school, PERFECT, "m01.as_customer", {"texts": dict.fromkeys(fields, TEXT)})
    elif module == "m08":
        key = key_of(root, "m08.ticket")
        order = [item for tier in key["order"] for item in tier]
        answer(school, PERFECT, "m08.ticket", {"order": order, "tags": {item: item in key["can"] for item in order}})
    else:
        answer(school, PERFECT, "m09.self_check", {"ratings": _ratings("m09.self_check", 20)})


def test_a_perfect_exercise_earns_every_point_that_the_program_gives(school: Class) -> None:
    grades = school.grades(PERFECT, "m01")
    assert grades["check"] == (10.0, None, False)
    assert grades["potential"] == (2.0, None, False)
    assert school.grades(PERFECT, "m08")["ticket"] == (10.0, None, False)
    assert school.grades(PERFECT, "m09")["self_check"] == (2.0, None, False)


def test_half_of_the_questions_right_is_half_of_the_points(school: Class) -> None:
    assert school.grades(PARTIAL, "m01")["check"] == (5.0, None, False)


def test_a_self_rating_with_one_line_open_is_not_completed(school: Class) -> None:
    assert school.grades(PARTIAL, "m01")["potential"] == (0.0, None, False)


def test_a_ranking_with_two_tiers_turned_round_loses_those_pairs_twice(school: Class, root: Path) -> None:
    key = key_of(root, "m08.ticket")
    sizes = [len(tier) for tier in key["order"]]
    pairs = (sum(sizes) ** 2 - sum(n * n for n in sizes)) // 2
    order = 7 * (pairs - 2 * sizes[0] * sizes[1]) / pairs
    tags = 3 * 0.5  # everything tagged "can": one class all right, the other all wrong
    assert school.grades(PARTIAL, "m08")["ticket"][0] == pytest.approx(order + tags, abs=0.01)


@pytest.mark.parametrize("learner", [EMPTY, MALFORMED])
def test_nothing_readable_earns_nothing(school: Class, learner: str) -> None:
    grades = school.grades(learner, "m01")
    assert (grades["check"][0], grades["potential"][0]) == (0.0, 0.0)


def test_free_text_waits_for_a_person(school: Class) -> None:
    assert school.grades(PERFECT, "m01")["as_customer"][2] is True


def test_the_instructor_reads_the_text_in_the_autograded_notebook_and_no_ratings(school: Class) -> None:
    notebook = json.loads((school.folder / "autograded" / PERFECT / "m01" / "exercise.ipynb").read_text(encoding="utf-8"))
    outputs = {cell["id"]: "".join("".join(o.get("text", "")) for o in cell.get("outputs", [])) for cell in notebook["cells"]}
    assert "您先坐，轮到您我叫您" in outputs["m01-as-customer"]
    assert "已完成" in outputs["m01-potential"]
    assert ": 2" not in outputs["m01-potential"]


def test_a_malformed_file_is_named_in_the_autograded_notebook(school: Class) -> None:
    text = (school.folder / "autograded" / MALFORMED / "m01" / "exercise.ipynb").read_text(encoding="utf-8")
    assert "answers.json 读不出来" in text


def test_the_malformed_file_itself_reaches_the_instructor_unchanged(school: Class) -> None:
    assert (school.folder / "submitted" / MALFORMED / "m01" / "answers.json").read_bytes() == b'{"schema": 1, "module": "m01", "activ'


def test_a_submission_holds_the_notebook_and_the_answers_and_nothing_else(school: Class) -> None:
    assert (school.exercise(PERFECT, "m01") / "answers.json.bak").is_file()
    names = {path.name for path in (school.folder / "submitted" / PERFECT / "m01").iterdir()}
    assert names - {"submission_secret.txt"} == {"exercise.ipynb", "answers.json", "timestamp.txt"}  # the secret is nbgrader's own


def test_what_learners_get_holds_no_key_and_no_rubric(school: Class) -> None:
    for path in (school.folder / "exercises").rglob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert "key=" not in text
        assert "MARK SCHEME" not in text
        assert "HIDDEN TESTS" not in text


def test_the_instructor_sees_the_rubric_again_when_marking(school: Class) -> None:
    text = (school.folder / "autograded" / PERFECT / "m01" / "exercise.ipynb").read_text(encoding="utf-8")
    assert "BEGIN MARK SCHEME" in text


def test_a_manual_mark_reaches_the_export(school: Class) -> None:
    with _gradebook(school) as book:
        mark = book.find_grade("as_customer", "exercise", "m01", PERFECT)
        mark.manual_score, mark.needs_manual_grade = 6.5, False
        book.db.commit()
    school.nbgrader("export", "--to=grades.csv")
    with (school.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}
    assert float(rows[PERFECT, "m01"]["score"]) == 18.5
    assert float(rows[PERFECT, "m01"]["max_score"]) == 20.0
    assert float(rows[PARTIAL, "m01"]["score"]) == 5.0
    assert float(rows[PERFECT, "m08"]["max_score"]) == 20.0


def test_a_hand_in_file_is_taken_in_by_zip_collect(school: Class, tmp_path: Path) -> None:
    from course.handin import hand_in

    folder = tmp_path / "folder"
    shutil.copytree(school.exercise(PERFECT, "m08"), folder / "exercises" / "m08")
    archive = school.folder / "downloaded" / "m08" / "archive"
    archive.mkdir(parents=True)
    hand_in(folder, "m08", "陈晨", archive)
    school.nbgrader("zip_collect", "m08")
    taken = school.folder / "submitted" / "陈晨" / "m08"
    assert (taken / "answers.json").read_bytes() == (folder / "exercises/m08/answers.json").read_bytes()
    assert (taken / "exercise.ipynb").is_file()
    assert (taken / "timestamp.txt").read_text(encoding="utf-8").startswith("20")
