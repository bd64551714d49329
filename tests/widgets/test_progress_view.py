from __future__ import annotations

from course import catalog, places
from course.answers import AnswerBook
from course.context import Context
from course.language import say
from course.widgets import ProgressView


def row(lesson: Context, module: str) -> dict[str, object]:
    rows = ProgressView(lesson, "en").content["rows"]
    found: dict[str, object] = next(row for row in rows if row["title"].startswith(module.upper()))
    return found


def test_every_written_module_has_its_line_and_nothing_is_done_at_first(lesson: Context) -> None:
    rows = ProgressView(lesson, "zh").content["rows"]
    assert len(rows) == sum(module.lesson is not None for module in catalog.modules())
    assert not any(row["done"] for row in rows)
    assert all(row["state"].startswith("做过 0/") and row["how"].startswith("做完 0/") for row in rows)
    assert not (lesson.folder / "answers").exists()


def test_practice_counts_once_begun_and_an_exercise_once_finished(lesson: Context) -> None:
    path = catalog.activity("m09.always_right").fields[0].id  # type: ignore[attr-defined]
    AnswerBook(lesson.folder / "answers" / "m09.json", "m09").save("always_right", {"texts": {path: "mine"}})
    letter = {"texts": {field.id: "Dear Ms Fang" for field in catalog.activity("m09.reply").fields}}  # type: ignore[attr-defined]
    AnswerBook(lesson.folder / "exercises" / "m09" / places.ANSWERS, "m09").save("reply", letter)
    activities = [activity for activity in catalog.activities("m09") if activity.stored]
    graded = sum(activity.graded for activity in activities)
    found = row(lesson, "m09")
    assert found["state"] == say("en", "progress.tried", done=1, all=len(activities) - graded)
    assert found["how"] == say("en", "progress.finished", done=1, all=graded)


def test_a_self_rating_counts_in_the_exercise_by_what_the_learner_keeps(lesson: Context) -> None:
    ratings = {item.id: 8 for item in catalog.activity("m01.potential").items}  # type: ignore[attr-defined]
    AnswerBook(lesson.folder / "answers" / "m01.json", "m01").save("potential", {"ratings": ratings})
    assert str(row(lesson, "m01")["how"]).startswith("1 of")


def test_the_text_says_the_same(lesson: Context) -> None:
    view = ProgressView(lesson, "en")
    assert all(str(entry["title"]) in view.summary() for entry in view.content["rows"])
    assert view.content["verdict"] in repr(view)
