"""Context: which folder, which books, which language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course import context, places
from course.answers import AnswerBook
from course.context import Context
from course.language import Language


def remember(folder: Path, language: object) -> None:
    """Let a learner's folder say a language, as ``course learn`` does."""
    (folder / places.MARKER).write_text(json.dumps({"language": language}), encoding="utf-8")


def exercise_in(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / places.EXERCISE).write_text("{}", encoding="utf-8")
    return folder


def lesson_in(folder: Path, language: str) -> Path:
    lesson = folder / "lessons" / language
    lesson.mkdir(parents=True)
    return lesson


def test_the_environment_decides_the_learners_folder(learner: Path, tmp_path: Path) -> None:
    assert Context(tmp_path).folder == learner


def test_else_the_nearest_folder_with_a_marker_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_FOLDER")
    remember(tmp_path, "zh")
    deep = tmp_path / "lessons" / "zh"
    deep.mkdir(parents=True)
    assert Context(deep).folder == tmp_path


def test_else_the_default_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_FOLDER")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert Context(tmp_path).folder == tmp_path / "home" / "service-course"


def test_a_notebook_beside_which_an_exercise_lies_is_in_it(tmp_path: Path) -> None:
    assert not Context(tmp_path).in_exercise
    assert Context(exercise_in(tmp_path)).in_exercise


def test_the_own_book_lies_in_the_learners_folder_one_a_module(learner: Path, tmp_path: Path) -> None:
    book = Context(tmp_path).own_book("m08")
    assert (book.path, book.module) == (learner / "answers" / "m08.json", "m08")


def test_both_languages_write_in_one_book(learner: Path) -> None:
    books = [Context(lesson_in(learner, language)).own_book("m08") for language in ("zh", "en")]
    assert books[0].path == books[1].path


def test_the_exercise_book_lies_beside_the_exercise(learner: Path, tmp_path: Path) -> None:
    here = exercise_in(tmp_path / "exercises" / "m08")
    assert Context(here).exercise_book("m08").path == here / "answers.json"


def test_one_file_has_one_book_in_a_kernel(learner: Path, tmp_path: Path) -> None:
    here = Context(tmp_path)
    assert here.own_book("m08") is here.own_book("m08")
    assert here.exercise_book("m08") is here.exercise_book("m08")
    assert here.own_book("m08") is not here.own_book("m09")


def test_making_books_makes_no_files(learner: Path, tmp_path: Path) -> None:
    here = Context(tmp_path / "nowhere")
    here.own_book("m08")
    here.exercise_book("m08")
    assert here.language() == "zh"
    assert list(learner.iterdir()) == []
    assert not here.here.exists()


def test_chinese_where_nothing_says_otherwise(learner: Path, tmp_path: Path) -> None:
    assert Context(tmp_path).language() == "zh"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_lesson_speaks_the_language_of_its_folder_whatever_else_is_wished(
    learner: Path, monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    other = {"zh": "en", "en": "zh"}[language]
    monkeypatch.setenv("COURSE_LANGUAGE", other)
    remember(learner, other)
    assert Context(lesson_in(learner, language)).language() == language


def test_an_exercise_remembers_before_all_else(learner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", "zh")
    here = Context(exercise_in(tmp_path / "m08"))
    here.exercise_book("m08").choose_language("en")
    assert here.language() == "en"


def test_an_exercise_speaks_its_language_even_of_what_does_not_exist(learner: Path, tmp_path: Path) -> None:
    here = Context(exercise_in(tmp_path / "m08"))
    here.exercise_book("m08").choose_language("en")
    assert here.language() == "en"


def test_outside_an_exercise_an_answers_file_says_nothing(learner: Path, tmp_path: Path) -> None:
    AnswerBook(tmp_path / "answers.json", "m08").choose_language("en")
    assert Context(tmp_path).language() == "zh"


def test_the_environment_goes_before_the_folder(learner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remember(learner, "zh")
    monkeypatch.setenv("COURSE_LANGUAGE", "en")
    assert Context(exercise_in(tmp_path / "m08")).language() == "en"


def test_the_folder_goes_before_chinese(learner: Path, tmp_path: Path) -> None:
    remember(learner, "en")
    assert Context(exercise_in(tmp_path / "m08")).language() == "en"


@pytest.mark.parametrize("odd", ["fr", "", "EN", "en_US"])
def test_an_unknown_wish_is_no_wish(learner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", odd)
    remember(learner, odd)
    assert Context(tmp_path).language() == "zh"


@pytest.mark.parametrize(
    "marker", [b"", b"{", b"[]", b"null", b'{"language": ["en"]}', b"\xff\xfe", b"[" * 100_000], ids=lambda m: repr(m[:12])
)
def test_a_broken_marker_says_nothing(learner: Path, tmp_path: Path, marker: bytes) -> None:
    (learner / places.MARKER).write_bytes(marker)
    assert Context(tmp_path).language() == "zh"


@pytest.mark.parametrize("data", [b"{", b'{"schema": 9, "activities": {}}', b""])
def test_a_bad_answers_file_is_not_touched_to_learn_the_language(learner: Path, tmp_path: Path, data: bytes) -> None:
    here = exercise_in(tmp_path / "m08")
    (here / "answers.json").write_bytes(data)
    assert Context(here).language() == "zh"
    assert {path.name for path in here.iterdir()} == {"exercise.ipynb", "answers.json"}
    assert (here / "answers.json").read_bytes() == data


def test_here_is_the_folder_that_the_kernel_works_in(learner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = context.here()
    assert first.here == Path.cwd()
    assert context.here() is first
    monkeypatch.chdir(learner)
    assert context.here().here == Path.cwd()
