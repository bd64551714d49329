"""The room's side of the server: the list and the language, whatever lies in the folder."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course import catalog, learn, places
from course.answers import AnswerBook
from course.context import Context
from course.lab import handing_in, room
from course.lab.extension import lesson_list
from course.language import LANGUAGES, say
from course.outline import outline


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A learner's folder."""
    learn.lay(tmp_path)
    return tmp_path


def test_the_list_names_every_module_and_counts_what_is_done(folder: Path) -> None:
    AnswerBook(folder / "answers" / "m09.json", "m09").save("always_right", {"texts": {"expectations": "按时"}})
    found = {line["id"]: line for line in lesson_list(folder)["modules"]}
    assert list(found) == [module.id for module in catalog.modules()]
    assert (found["m09"]["lesson"]["done"], found["m08"]["lesson"]["done"]) == (1, 0)
    assert found["m10"]["exercise"]["points"] == 100
    assert found["m09"]["exercise"]["standing"] == say("zh", "handin.state_open")
    assert all((folder / line["lesson"]["path"]).is_file() for line in found.values())


def test_what_is_not_laid_here_is_not_offered(folder: Path) -> None:
    (folder / "exercises/m09/exercise.ipynb").unlink()
    found = {line["id"]: line for line in lesson_list(folder)["modules"]}
    assert found["m09"]["exercise"] is None
    assert found["m09"]["lesson"] is not None


def test_one_file_that_cannot_be_read_costs_the_list_nothing_but_its_own_line(folder: Path) -> None:
    (folder / "exercises/m03/answers.json").write_text("{", encoding="utf-8")
    (folder / "handed-in").mkdir()
    (folder / "handed-in/m04__li__20260301T140200Z.zip").write_bytes(b"PK\x03\x04 damaged")
    found = {line["id"]: line for line in lesson_list(folder)["modules"]}
    assert "answers.json" in found["m03"]["exercise"]["standing"]
    assert found["m04"]["exercise"]["standing"] == say("zh", "handin.state_open")


def test_a_language_is_remembered_for_lessons_exercises_and_jupyterlab(folder: Path) -> None:
    book = AnswerBook(folder / "exercises/m09/answers.json", "m09")
    book.save("reply", {"texts": {"reply": "Dear"}})
    (folder / "exercises/m03/answers.json").write_text("{", encoding="utf-8")
    before = places.read_marker(folder)["laid"]
    room.choose_language(folder, "en")
    assert room.language(folder) == "en"
    assert places.remembered_language(book.path) == "en"
    assert places.read_marker(folder)["laid"] == before
    setting = folder / places.LAB / "settings/@jupyterlab/translation-extension/plugin.jupyterlab-settings"
    assert json.loads(setting.read_text(encoding="utf-8")) == {"locale": "default"}


def test_many_presses_at_once_leave_a_whole_marker(folder: Path) -> None:
    room.choose_language(folder, "zh")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: room.choose_language(folder, LANGUAGES[n % 2]), range(24)))
    assert places.read_marker(folder)["laid"]


def test_a_broken_marker_does_not_stop_the_switch(folder: Path) -> None:
    (folder / places.MARKER).write_text("[", encoding="utf-8")
    room.choose_language(folder, "en")
    assert room.language(folder) == "en"


@pytest.mark.parametrize("name", ["../answers.json", "m01__li__x/../y.zip", "m01__a/b__20260301T140200Z.zip", "answers.json", ""])
def test_only_files_that_were_handed_in_can_be_fetched(folder: Path, name: str) -> None:
    assert handing_in.made(folder, name) is None


def test_the_outline_says_the_same_in_both_languages(folder: Path) -> None:
    zh, en = (outline(Context(folder), language) for language in LANGUAGES)
    assert [(line.id, line.minutes, line.exercise) for line in zh] == [(line.id, line.minutes, line.exercise) for line in en]
