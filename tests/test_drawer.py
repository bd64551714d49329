"""Drawer: where an activity's answer is kept, and that ratings stay private unless they are shared."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any, cast

import pytest

from course import answers, catalog
from course.activities import RankingAnswer, Scale, ScaleAnswer
from course.context import Context
from course.drawer import Drawer, SelfRatingDrawer, drawer_for
from course.errors import BookError, LearnerError

RATING = 7
"""The value given to each line: easy to look for in a file."""


def potential() -> Scale:
    return cast(Scale, catalog.activity("m01.potential"))


def rating_drawer(context: Context) -> SelfRatingDrawer:
    drawer = drawer_for(potential(), context)
    assert isinstance(drawer, SelfRatingDrawer)
    return drawer


def ratings(count: int = 10) -> ScaleAnswer:
    return ScaleAnswer(ratings={item.id: RATING for item in potential().items[:count]})


def handed_in(context: Context) -> Any:
    """What the exercise's book holds of the self-rating, as plain JSON; None if nothing."""
    entry = answers.read(context.here / "answers.json", "m01").entry("potential")
    return entry.answer if entry else None


def files_with_ratings(context: Context) -> list[str]:
    """The files of the exercise in which a rating of the learner can be read."""
    found = [
        path for path in context.here.iterdir() if path.is_file() and f'"{potential().items[0].id}"' in path.read_text(encoding="utf-8")
    ]
    return sorted(path.name for path in found)


def test_a_lesson_keeps_answers_in_the_learners_own_book(lesson: Context, learner: Path) -> None:
    for name in ("m01.potential", "m01.myths"):
        drawer = drawer_for(catalog.activity(name), lesson)
        assert type(drawer) is Drawer
        assert drawer.book.path == learner / "answers" / "m01.json"


def test_an_exercise_keeps_answers_beside_it(exercise: Context) -> None:
    drawer = drawer_for(catalog.activity("m01.check"), exercise)
    assert type(drawer) is Drawer
    assert drawer.book.path == exercise.here / "answers.json"


def test_a_self_rating_in_an_exercise_has_two_books(exercise: Context, learner: Path) -> None:
    drawer = rating_drawer(exercise)
    assert drawer.book.path == learner / "answers" / "m01.json"
    assert drawer.handed_in.path == exercise.here / "answers.json"


def test_an_empty_drawer_holds_an_empty_answer(lesson: Context) -> None:
    kept = drawer_for(catalog.activity("m08.ticket_practice"), lesson).load()
    assert (kept.answer, kept.entry, kept.notice) == (RankingAnswer(), None, None)


def test_what_is_saved_is_loaded(lesson: Context) -> None:
    activity = catalog.activity("m08.ticket_practice")
    answer = RankingAnswer(order=["budget", "fare"], tags={"fare": False}, compared=True)
    saved = drawer_for(activity, lesson).save(answer)
    kept = drawer_for(activity, Context(lesson.here)).load()
    assert (kept.answer, kept.entry, kept.notice) == (answer, saved, None)


def test_a_restart_empties_and_keeps_the_earlier(lesson: Context) -> None:
    drawer = drawer_for(catalog.activity("m08.ticket_practice"), lesson)
    drawer.save(RankingAnswer(order=["budget"]))
    entry = drawer.restart()
    assert drawer.load().answer == RankingAnswer()
    assert (entry.attempt, entry.earlier[0].answer["order"]) == (2, ["budget"])


def test_an_answer_that_no_longer_fits_is_told_and_kept(lesson: Context) -> None:
    drawer = drawer_for(catalog.activity("m08.ticket_practice"), lesson)
    drawer.book.save("ticket_practice", {"order": ["gone"]})
    before = drawer.book.path.read_bytes()
    kept = drawer.load()
    assert (kept.answer, kept.entry) == (RankingAnswer(), None)
    assert isinstance(kept.notice, LearnerError)
    assert kept.notice.sentence == "damaged_entry"
    assert drawer.book.path.read_bytes() == before
    drawer.save(RankingAnswer(order=["budget"]))
    (aside,) = drawer.book.path.parent.glob("*.damaged.json")
    assert aside.read_bytes() == before


def test_an_exercise_tells_of_a_scale_that_was_completed_in_the_lesson_meanwhile(exercise: Context, learner: Path) -> None:
    in_exercise = rating_drawer(exercise)
    in_lesson = drawer_for(potential(), Context(learner / "lessons" / "zh"))
    assert in_exercise.progress()[0] == 10
    in_lesson.save(ratings())
    assert in_exercise.progress() == (0, True)
    assert handed_in(exercise) == {"completed": True, "ratings": None}


def test_an_instructor_who_tries_an_exercise_leaves_nothing_in_the_course_folder(learner: Path, tmp_path: Path) -> None:
    for folder in ("solutions", "exercises"):
        here = tmp_path / "course" / folder / "m08"
        here.mkdir(parents=True)
        (here / "exercise.ipynb").write_text("{}", encoding="utf-8")
        (tmp_path / "course" / "grader_config.py").write_text("", encoding="utf-8")
        drawer_for(catalog.activity("m08.ticket"), Context(here)).save(RankingAnswer(order=["here"]))
        assert [path.name for path in here.iterdir()] == ["exercise.ipynb"]


def test_the_notice_of_a_damaged_file_comes_once(lesson: Context) -> None:
    drawer = drawer_for(catalog.activity("m08.ticket_practice"), lesson)
    drawer.save(RankingAnswer(order=["budget"]))
    drawer.save(RankingAnswer(order=["fare"]))
    drawer.book.path.write_bytes(b"{")
    kept = drawer.load()
    assert kept.answer == RankingAnswer(order=["budget"])
    assert kept.notice is not None
    assert kept.notice.sentence == "restored"
    assert drawer.load().notice is None


def test_a_newer_file_is_the_notice(lesson: Context) -> None:
    drawer = drawer_for(catalog.activity("m08.ticket_practice"), lesson)
    drawer.book.path.parent.mkdir()
    drawer.book.path.write_text('{"schema": 2, "activities": {}}', encoding="utf-8")
    kept = drawer.load()
    assert isinstance(kept.notice, BookError)
    assert (kept.notice.sentence, kept.answer) == ("newer_schema", RankingAnswer())


# Self-ratings in an exercise


def test_a_begun_rating_hands_in_nothing(exercise: Context) -> None:
    rating_drawer(exercise).save(ratings(9))
    assert handed_in(exercise) is None
    assert files_with_ratings(exercise) == []


def test_a_finished_rating_hands_in_that_it_is_finished(exercise: Context) -> None:
    rating_drawer(exercise).save(ratings())
    assert handed_in(exercise) == {"completed": True, "ratings": None}
    assert files_with_ratings(exercise) == []
    assert rating_drawer(exercise).load().answer == ratings()


def test_changing_ratings_leaves_no_trace_in_the_exercise(exercise: Context) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    before = (exercise.here / "answers.json").read_bytes()
    drawer.save(ScaleAnswer(ratings={item.id: 1 for item in potential().items}))
    assert (exercise.here / "answers.json").read_bytes() == before


def test_a_rating_taken_back_is_no_longer_finished(exercise: Context) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    drawer.save(ratings(9))
    assert handed_in(exercise) == {"completed": False, "ratings": None}


def test_a_rating_finished_in_the_lesson_counts_once_the_exercise_is_opened(lesson: Context, exercise: Context) -> None:
    drawer_for(potential(), lesson).save(ratings())
    assert handed_in(exercise) is None
    assert rating_drawer(exercise).load().answer == ratings()
    assert handed_in(exercise) == {"completed": True, "ratings": None}


def test_opening_an_exercise_unanswered_writes_nothing(exercise: Context, learner: Path) -> None:
    rating_drawer(exercise).load()
    assert [path.name for path in exercise.here.iterdir()] == ["exercise.ipynb"]
    assert not (learner / "answers").exists()


def test_shared_ratings_are_handed_in_and_follow_changes(exercise: Context) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings(3))
    drawer.share(True)
    assert drawer.shared()
    assert handed_in(exercise) == {"completed": False, "ratings": dict(ratings(3).ratings)}
    drawer.save(ratings())
    assert handed_in(exercise) == {"completed": True, "ratings": dict(ratings().ratings)}


def test_sharing_before_rating_is_remembered(exercise: Context) -> None:
    rating_drawer(exercise).share(True)
    again = rating_drawer(Context(exercise.here))
    assert again.shared()
    again.save(ratings())
    assert handed_in(exercise)["ratings"] == ratings().ratings


def test_taking_back_removes_ratings_from_file_and_backup(exercise: Context) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    drawer.share(True)
    exercise.exercise_book("m01").save("check", {"chosen": {}})
    assert files_with_ratings(exercise) == ["answers.json", "answers.json.bak"]
    drawer.share(False)
    assert not drawer.shared()
    assert files_with_ratings(exercise) == []
    assert handed_in(exercise) == {"completed": True, "ratings": None}
    assert drawer.load().answer == ratings()


def test_taking_back_a_second_time_clears_what_the_first_could_not(exercise: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    drawer.share(True)
    real, calls = answers.put, []

    def full_after_two(path: Path, data: bytes, *, shared: bool) -> None:
        calls.append(path)
        if len(calls) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(path, data, shared=shared)

    with monkeypatch.context() as patch:
        patch.setattr(answers, "put", full_after_two)
        with pytest.raises(BookError):
            drawer.share(False)
    drawer.share(False)
    assert files_with_ratings(exercise) == []


def test_loading_a_shared_rating_keeps_it_shared(exercise: Context) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    drawer.share(True)
    rating_drawer(Context(exercise.here)).load()
    assert handed_in(exercise) == {"completed": True, "ratings": dict(ratings().ratings)}


def spoil_own_entry(learner: Path) -> None:
    path = learner / "answers" / "m01.json"
    page = json.loads(path.read_text(encoding="utf-8"))
    page["activities"]["potential"] = "spoilt"
    path.write_text(json.dumps(page), encoding="utf-8")


def test_an_unreadable_own_rating_does_not_take_the_completion_away(exercise: Context, learner: Path) -> None:
    rating_drawer(exercise).save(ratings())
    spoil_own_entry(learner)
    kept = rating_drawer(exercise).load()
    assert kept.notice is not None
    assert kept.notice.sentence == "damaged_entry"
    assert handed_in(exercise) == {"completed": True, "ratings": None}


def test_sharing_what_cannot_be_read_is_an_error_and_keeps_the_completion(exercise: Context, learner: Path) -> None:
    drawer = rating_drawer(exercise)
    drawer.save(ratings())
    spoil_own_entry(learner)
    with pytest.raises(LearnerError):
        drawer.share(True)
    assert handed_in(exercise) == {"completed": True, "ratings": None}


def test_a_completion_spoilt_by_hand_is_written_anew_and_kept_aside(exercise: Context) -> None:
    rating_drawer(exercise).save(ratings())
    path = exercise.here / "answers.json"
    page = json.loads(path.read_text(encoding="utf-8"))
    page["activities"]["potential"] = 5
    path.write_text(json.dumps(page), encoding="utf-8")
    kept = rating_drawer(Context(exercise.here)).load()
    assert kept.answer == ratings()
    assert handed_in(exercise) == {"completed": True, "ratings": None}
    assert kept.notice is not None
    assert kept.notice.sentence == "entry_set_aside"
    assert list(exercise.here.glob("*.damaged.json")) == []  # nothing set aside may be handed in
    assert len(list((exercise.folder / "answers" / "set-aside").glob("m01-answers.*.damaged.json"))) == 1


def test_a_newer_file_of_the_exercise_is_told_and_the_rating_still_saved(exercise: Context) -> None:
    (exercise.here / "answers.json").write_text('{"schema": 2, "activities": {}}', encoding="utf-8")
    drawer = rating_drawer(exercise)
    with pytest.raises(BookError):
        drawer.save(ratings())
    kept = drawer.load()
    assert kept.answer == ratings()
    assert kept.notice is not None
    assert kept.notice.sentence == "newer_schema"
