from __future__ import annotations

from course import catalog, places
from course.activities import Collection
from course.answers import AnswerBook
from course.context import Context
from course.drawer import drawer_for
from course.widgets import VIEWS
from course.widgets.collection import CollectionView
from tests.samples import activity


def opened(lesson: Context) -> CollectionView:
    sample = activity("collection")
    assert isinstance(sample, Collection)
    view = VIEWS[Collection](sample, drawer_for(sample, lesson), "en")
    assert isinstance(view, CollectionView)
    return view


def write(lesson: Context, module: str, name: str, *, exercise: bool) -> str:
    """Answer the first field of a text in its lesson or its exercise; returns what was written."""
    text = f"my own words on {name}"
    field = catalog.activity(f"{module}.{name}").fields[0].id  # type: ignore[attr-defined]
    folder = lesson.folder / ("exercises" if exercise else "answers")
    path = folder / module / places.ANSWERS if exercise else folder / f"{module}.json"
    AnswerBook(path, module).save(name, {"texts": {field: text}})
    return text


def test_what_was_not_begun_is_said_with_its_place(lesson: Context) -> None:
    assert [piece["text"] for piece in opened(lesson).state["pieces"]] == [None, None]
    assert opened(lesson).state["status"]["text"] == "Gathered here for reading; what you wrote stays where it is"
    text = opened(lesson).summary()
    assert "it is in the lesson M09" in text
    assert "it is in the exercise M08" in text


def test_answers_come_from_the_lesson_and_from_the_exercise(lesson: Context) -> None:
    first = write(lesson, "m09", "always_right", exercise=False)
    second = write(lesson, "m08", "follow_up", exercise=True)
    pieces = opened(lesson).state["pieces"]
    assert first in pieces[0]["text"]
    assert second in pieces[1]["text"]
    assert pieces[0]["hint"] == "read it again-en"
    assert first in opened(lesson).summary()


def test_looking_again_shows_what_was_written_meanwhile_and_keeps_nothing(lesson: Context) -> None:
    view = opened(lesson)
    text = write(lesson, "m09", "always_right", exercise=False)
    view._receive(None, {"do": "answer", "answer": {}, "view": "v", "seq": 1}, [])
    assert text in view.state["pieces"][0]["text"]
    assert not (lesson.folder / "answers" / "m01.json").exists()


def test_an_answers_file_that_cannot_be_read_is_left_as_it_is(lesson: Context) -> None:
    path = lesson.folder / "exercises" / "m08" / places.ANSWERS
    path.parent.mkdir(parents=True)
    path.write_text("not json", encoding="utf-8")
    assert opened(lesson).state["pieces"][1]["text"] is None
    assert path.read_text(encoding="utf-8") == "not json"
