"""Feedback as it reaches learners: handed in, marked, commented, released and fetched through a real exchange by the real nbgrader."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from course import catalog, grade, places
from course.answers import AnswerBook
from course.errors import SetupError
from course.feedback import Report, feedback
from course.marking import feedback as marked
from course.marking import grades
from tests.marking.learners import middling, perfect
from tests.marking.test_core_day import graded, key
from tests.test_cli import run

ROOT = Path(__file__).parents[1]
FANG, LI, NOBODY, BY_FILE = "王芳", "li_lei", "qian_wu", "zhao-min"
NASTY = "</pre><script>alert('x')</script><img src=http://example.com/x.png>\n我在药店排队，店员说：“您先坐。”\x1b[2J"
COMMENT = "写得具体 <b>很好</b>\n再写写你的感受"


@dataclass(frozen=True)
class School:
    """An instructor's folder, the exchange, and the learners' folders."""

    folder: Path
    exchange: Path
    learners: Path

    def nbgrader(self, *arguments: str, learner: str | None = None) -> None:
        own = self.learners / str(learner)
        command = [sys.executable, "-m", "nbgrader", *arguments, "--course=service", f"--Exchange.root={self.exchange}"]
        command += [f"--Exchange.cache={own / 'cache'}"] if learner else ["--JupyterApp.config_file=grader_config"]
        cwd = own if learner else self.folder
        done = subprocess.run(command, cwd=cwd, env=places.environment(), capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stderr

    def page(self, learner: str) -> str:
        return (self.folder / "feedback" / learner / "m01" / "exercise.html").read_text(encoding="utf-8")

    @property
    def report(self) -> Report:
        return feedback(self.folder, "m01")


class Outline(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._style = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._style else data

    def names(self) -> set[str]:
        return {tag for tag, _ in self.tags}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    """m01 handed in by two learners through the exchange, by one with nothing answered, by one as a file; marked; one text commented."""
    base = tmp_path_factory.mktemp("school")
    school = School(base / "course", base / "exchange", base / "learners")
    school.exchange.mkdir()
    school.exchange.chmod(0o777)
    school.folder.mkdir()
    shutil.copy(ROOT / "grader_config.py", school.folder)
    for name in ("solutions", "exercises"):
        shutil.copytree(ROOT / name / "m01", school.folder / name / "m01", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    grade.register(school.folder, "m01")
    school.nbgrader("release_assignment", "m01")
    for learner in (FANG, LI, NOBODY):
        (school.learners / learner).mkdir(parents=True)
        school.nbgrader("fetch_assignment", "m01", learner=learner)
        answer(school.learners / learner / "m01", learner)
        school.nbgrader("submit", "m01", f"--student={learner}", learner=learner)
    school.nbgrader("collect", "m01")
    by_file = school.folder / "submitted" / BY_FILE / "m01"
    shutil.copytree(ROOT / "exercises" / "m01", by_file)
    (by_file / "submission_secret.txt").symlink_to(school.folder / "gradebook.db")
    (by_file / "answers.json").write_text('{"schema": 1, "module": "m01", "activ', encoding="utf-8")
    grade.grade(school.folder, "m01")
    mark_by_hand(school.folder)
    first = school.report
    assert [path.parts[-3] for path in first.written] == sorted([FANG, LI, NOBODY, BY_FILE])
    yield school


def answer(where: Path, learner: str) -> None:
    book = AnswerBook(where / "answers.json", "m01", language="en" if learner == LI else "zh")
    for activity in graded("m01") if learner != NOBODY else []:
        given = (perfect if learner == FANG else middling)(activity, key(activity))
        if learner == FANG and activity.kind == "writing":
            given = {"texts": dict.fromkeys(given["texts"], NASTY)}
        if learner == FANG and activity.kind == "scale":
            given = {"completed": True, "ratings": {item.id: 2 for item in activity.items}}  # type: ignore[attr-defined]
        book.save(activity.name, given)


def mark_by_hand(folder: Path) -> None:
    """As the formgrader does: points and a comment for one text, and another number than the program's for one quiz."""
    from nbgrader.api import Gradebook

    before = os.environ["PATH"]
    os.environ["PATH"] = places.environment()["PATH"]
    try:
        with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "service") as book:
            mark = book.find_grade("as_customer", "exercise", "m01", FANG)
            mark.manual_score, mark.needs_manual_grade = 6.5, False
            book.find_comment("as_customer", "exercise", "m01", FANG).manual_comment = COMMENT
            book.find_comment("as_customer", "exercise", "m01", LI).manual_comment = "a first thought, not for the learner yet"
            book.find_grade("check", "exercise", "m01", LI).manual_score = 7.0
            book.db.commit()
    finally:
        os.environ["PATH"] = before


def test_a_learner_fetches_the_page_through_the_exchange_and_no_other(school: School) -> None:
    school.nbgrader("release_feedback", "m01")
    for learner in (FANG, LI):
        school.nbgrader("fetch_feedback", "m01", f"--student={learner}", learner=learner)
        (fetched,) = (school.learners / learner / "m01" / "feedback").rglob("*.html")
        assert fetched.name == "exercise.html"
        assert fetched.read_text(encoding="utf-8") == school.page(learner)
        assert stat.S_IMODE(fetched.stat().st_mode) & 0o444 == 0o444


def test_a_learner_who_handed_in_a_file_is_named_and_costs_nobody_else_the_release(school: School) -> None:
    report = school.report
    assert [path.parts[-3] for path in report.to_send] == [BY_FILE]
    secret = school.folder / "feedback" / BY_FILE / "m01" / "submission_secret.txt"
    assert not secret.is_symlink()
    assert re.fullmatch(r"[0-9a-f]{128}", secret.read_text(encoding="ascii"))


def test_the_command_says_what_it_made_and_what_comes_next(school: School) -> None:
    done = run("feedback", "m01", cwd=school.folder)
    assert done.returncode == 0
    assert "4 pages written: feedback/*/m01/exercise.html. Next: nbgrader release_feedback m01" in done.stdout
    assert f"so send this page yourself: {school.folder / 'feedback' / BY_FILE / 'm01' / 'exercise.html'}" in done.stdout


def test_points_comment_and_what_waits_are_told(school: School) -> None:
    fang, li = Outline(school.page(FANG)).text, Outline(school.page(LI)).text
    assert "得分：18.5 / 20 分" in fang
    assert "6.5 / 8" in fang
    assert COMMENT in fang
    assert "Points: 7 of 12" in li
    assert "Another 8 points wait for your instructor" in li
    assert "a first thought" not in li


def test_points_that_the_instructor_changed_come_without_the_programs_reason(school: School) -> None:
    assert "Your instructor gave 7 of 10 points." in Outline(school.page(LI)).text
    assert "5 of 10" not in school.page(LI)


@pytest.mark.parametrize(("learner", "languages"), [(FANG, ["zh-CN"]), (LI, ["en"]), (NOBODY, ["zh-CN", "en"]), (BY_FILE, ["zh-CN", "en"])])
def test_a_page_is_in_the_learners_language_or_in_both(school: School, learner: str, languages: list[str]) -> None:
    page = Outline(school.page(learner))
    assert [facts["lang"] for tag, facts in page.tags if tag == "article"] == languages
    assert next(facts["lang"] for tag, facts in page.tags if tag == "html") == languages[0]


def test_what_a_learner_wrote_stays_text(school: School) -> None:
    page = Outline(school.page(FANG))
    assert page.names() & {"script", "img", "b", "iframe", "link"} == set()
    assert "</pre><script>alert('x')</script>" in page.text
    assert "\x1b" not in page.text


def test_a_page_needs_no_network_and_forbids_it(school: School) -> None:
    page = Outline(school.page(FANG))
    assert not [facts for _, facts in page.tags if {"src", "href", "srcset", "style", "onclick"} & set(facts)]
    assert "url(" not in school.page(FANG)
    policies = [facts.get("content") for tag, facts in page.tags if tag == "meta" and facts.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_no_key_no_rubric_no_hidden_test_and_nobody_else_is_in_a_page(school: School) -> None:
    for learner in (FANG, LI, NOBODY, BY_FILE):
        page = school.page(learner)
        for word in ("key=", "HIDDEN TESTS", "MARK SCHEME", "mark(", str(school.folder)):
            assert word not in page
        assert not [other for other in (FANG, LI, NOBODY, BY_FILE) if other != learner and other in page]


def test_a_self_rating_is_told_as_completed_unless_it_is_shared(school: School) -> None:
    shared, private = Outline(school.page(FANG)).text, Outline(school.page(LI)).text
    first = catalog.activity("m01.potential").items[0]  # type: ignore[attr-defined]
    assert first.left.of("zh") in shared
    assert first.left.of("en") not in private
    assert "Not finished yet" in private


def test_a_damaged_file_is_told_without_the_instructors_folders(school: School) -> None:
    text = Outline(school.page(BY_FILE)).text
    assert "answers.json 读不出来" in text
    assert "answers.json cannot be read" in text


def test_headings_and_tables_serve_a_screen_reader(school: School) -> None:
    page = Outline(school.page(FANG))
    assert [tag for tag, _ in page.tags if tag == "h1"] == ["h1"]
    assert {facts.get("scope") for tag, facts in page.tags if tag == "th"} == {"col", "row"}
    assert "caption" in page.names()


def test_making_the_pages_does_not_touch_the_gradebook(school: School) -> None:
    before = (school.folder / "gradebook.db").read_bytes()
    assert school.report.troubles == []
    assert (school.folder / "gradebook.db").read_bytes() == before


def test_pages_made_again_are_the_same_and_take_the_place_of_nbgraders_own(school: School) -> None:
    path = school.folder / "feedback" / LI / "m01" / "exercise.html"
    before = path.read_bytes()
    path.write_text("nbgrader's page, with the hidden tests", encoding="utf-8")
    path.chmod(0o444)
    assert feedback(school.folder, "m01", LI).written == [path]
    assert path.read_bytes() == before


def test_points_of_another_key_make_no_page(school: School, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(school.folder, folder, ignore=shutil.ignore_patterns("feedback"), symlinks=True)
    book = AnswerBook(folder / "answers.json", "m01", language="zh")
    target = folder / "autograded" / FANG / "m01" / "answers.json"
    target.unlink()
    book.choose_language("zh")
    book.path.replace(target)
    report = feedback(folder, "m01", FANG)
    assert report.written == []
    assert "m01.check earns 0 points and has 10 in the gradebook. Mark it again: course grade m01 --again" in report.troubles[0]


def test_extra_credit_on_what_the_program_marked_is_added(school: School, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(school.folder, folder, ignore=shutil.ignore_patterns("feedback"), symlinks=True)
    with closing(sqlite3.connect(folder / "gradebook.db")) as book, book:
        book.execute("UPDATE grade SET extra_credit = 0.5 WHERE auto_score = 10")
    (fang,) = (one for one in grades.submissions(grades.address(folder), "m01") if one.learner == FANG)
    assert (fang.grades["check"].points, fang.grades["check"].extra) == (10.0, 0.5)
    assert feedback(folder, "m01", FANG).troubles == []
    assert "得分：19 / 20 分" in Outline((folder / "feedback" / FANG / "m01" / "exercise.html").read_text(encoding="utf-8")).text


def test_a_fault_of_ours_in_one_answer_costs_nobody_else_a_page(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    def gather(module: str, cells: Any, page: Any, submission: grades.Submission, language: Any) -> Any:
        if submission.learner == LI:
            raise KeyError("no\x1bsuch")
        return real(module, cells, page, submission, language)

    real = marked.gather
    monkeypatch.setattr(marked, "gather", gather)
    report = school.report
    assert [path.parts[-3] for path in report.written] == sorted([FANG, NOBODY, BY_FILE])
    (trouble,) = report.troubles
    assert trouble.startswith(f"{LI}: no page could be made: KeyError: ")
    assert trouble.isprintable()


def test_what_is_missing_is_said(school: School, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"there is no such exercise\. There are: m01"):
        feedback(school.folder, "m02")
    with pytest.raises(SetupError, match="nothing of wu is marked"):
        feedback(school.folder, "m01", "wu")
    shutil.copytree(school.folder / "solutions", tmp_path / "solutions")
    shutil.copy(ROOT / "grader_config.py", tmp_path)
    with pytest.raises(SetupError, match=r"the gradebook cannot be read: .*\. Mark the exercise first: course grade m01"):
        feedback(tmp_path, "m01")
    assert not (tmp_path / "gradebook.db").exists()


@pytest.mark.parametrize("odd", ["import nothing", "c = get_config()\nc.CourseDirectory.db_url = 'gradebook.db'"])
def test_a_configuration_that_cannot_be_used_is_a_sentence(tmp_path: Path, odd: str) -> None:
    (tmp_path / "grader_config.py").write_text(odd, encoding="utf-8")
    with pytest.raises(SetupError, match=r"grader_config\.py"):
        grades.address(tmp_path)


def test_the_gradebooks_address_is_that_of_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "grader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    assert grades.address(tmp_path) == f"sqlite:///{tmp_path / 'gradebook.db'}"
    (tmp_path / "grader_config.py").write_text("c.CourseDirectory.db_url = 'postgresql+psycopg://a:b@host/course'\n", encoding="utf-8")
    assert grades.address(tmp_path) == "postgresql+psycopg://a:b@host/course"
