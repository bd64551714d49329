"""Views: a message of the page is saved and answered; nothing that only an instructor may know goes to the page."""

from __future__ import annotations

import errno
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import answers, catalog, words
from course.activities import Activity, Dialogue, Quiz, Ranking, Scale, Scorecard, Sorting, Writing
from course.context import Context
from course.drawer import drawer_for
from course.errors import BookError
from course.language import LANGUAGES, OTHER, Language, Text, explain, say
from course.widgets import VIEWS, CheckView, View

PRACTICE = "m08.ticket_practice"
ORDER = ["budget", "fare", "certain", "window", "in_time", "departure", "hold", "change"]
NAMES = [f"{path.parent.name}.{path.stem}" for path in catalog.activity_files()]
SHOWN = [name for name in NAMES if catalog.activity(name).kind != "figure"]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(ORDER),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["order", "tags", "compared", *ORDER]), inner, max_size=3),
    max_leaves=8,
)


def opened(name: str, context: Context, language: Language = "zh", **more: Any) -> View:
    """The view of an activity as a kernel that starts now would make it."""
    activity = catalog.activity(name)
    fresh = Context(context.here)
    return VIEWS[type(activity)](activity, drawer_for(activity, fresh), language, **more)


def send(view: View, message: Any) -> dict[str, Any]:
    """Send one message as the page does; returns the state that goes back."""
    view._receive(None, message, [])
    return dict(view.state)


def answer(view: View, given: Any, seq: int = 1) -> dict[str, Any]:
    return send(view, {"do": "answer", "answer": given, "view": "v", "seq": seq})


def saved_in(view: View) -> Any:
    """What the book holds on disk of this activity, as plain JSON."""
    entry = answers.read(view.drawer.book.path, view.activity.module).entry(view.activity.name)
    return entry.answer if entry else None


def full(ratings: Activity, value: int = 7) -> dict[str, Any]:
    assert isinstance(ratings, Scale)
    return {"ratings": {item.id: min(value, max(ratings.values)) for item in ratings.items}}


def in_chinese(text: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def assert_error(state: dict[str, Any], language: Language) -> None:
    assert state["status"]["kind"] == "error"
    assert in_chinese(state["status"]["text"]) == (language == "zh")


# Answering


def test_an_unanswered_view_says_so(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    assert view.state["status"] == {"kind": "empty", "text": "还没作答"}
    assert view.state["answer"] == {"order": [], "tags": {}, "compared": False}
    assert view.state["open"] != []
    assert not view.drawer.book.path.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_saved_and_confirmed(lesson: Context, language: Language) -> None:
    view = opened(PRACTICE, lesson, language)
    state = answer(view, {"order": ORDER}, seq=4)
    entry = view.drawer.book.entry("ticket_practice")
    assert entry is not None
    assert state["status"] == {"kind": "saved", "text": say(language, "status.saved", time=entry.clock)}
    assert state["echo"] == {"view": "v", "seq": 4}
    assert state["answer"]["order"] == ORDER == saved_in(view)["order"]
    assert state["rebuild"] is False


def test_an_answer_is_back_in_a_new_kernel(lesson: Context) -> None:
    text = "客户说：\n“😀”\t'\"\\"
    answer(opened("m09.always_right", lesson), {"texts": {"expectations": text}})
    view = opened("m09.always_right", lesson)
    assert view.state["answer"]["texts"] == {"expectations": text}
    assert view.state["status"]["kind"] == "saved"
    assert view.state["status"]["text"].startswith("上次作答 ")
    assert view.state["rebuild"] is True


def test_an_answer_is_back_in_the_other_language(lesson: Context) -> None:
    answer(opened(PRACTICE, lesson, "zh"), {"order": ORDER})
    assert opened(PRACTICE, lesson, "en").state["answer"]["order"] == ORDER


def test_a_change_is_told_on_only_once_it_is_saved(lesson: Context) -> None:
    told: list[View] = []
    view = opened(PRACTICE, lesson, on_change=told.append)
    answer(view, {"order": ORDER})
    assert told == [view]
    answer(view, {"order": ["nothing"]})
    view.drawer.book.path.chmod(0o444)
    answer(view, {"order": []})
    assert told == [view]


def test_messages_on_many_threads_leave_page_and_file_the_same(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    messages = [{"order": ORDER[n:] + ORDER[:n]} for n in range(8)]
    threads = [threading.Thread(target=answer, args=(view, message)) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert view.state["answer"] == saved_in(view)
    assert view.state["answer"]["order"] in [message["order"] for message in messages]


# Bad messages


def deep() -> list[Any]:
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]
    return nested


BAD_ANSWERS: dict[str, Any] = {
    "missing": None,
    "words": "order",
    "list": [],
    "number": 5,
    "true": True,
    "order_of_words": {"order": "budget"},
    "order_of_numbers": {"order": [1]},
    "unknown_item": {"order": ["nothing"]},
    "doubled_item": {"order": ["fare", "fare"]},
    "endless_item": {"order": ["x" * 100_000]},
    "item_in_braces": {"order": ["{0}{item}%s"]},
    "item_is_null": {"order": [None]},
    "unknown_tag": {"tags": {"nothing": True}},
    "tag_of_words": {"tags": {"fare": "true"}},
    "tag_of_number": {"tags": {"fare": 1}},
    "unknown_field": {"order": [], "points": 10},
    "half_a_character": {"order": ["\ud83d"]},
    "deep": {"order": deep()},
    "infinite": {"order": float("inf")},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("bad", BAD_ANSWERS.values(), ids=BAD_ANSWERS.keys())
def test_a_bad_answer_is_an_error_in_the_learners_language_and_costs_nothing(lesson: Context, bad: Any, language: Language) -> None:
    view = opened(PRACTICE, lesson, language)
    answer(view, {"order": ORDER})
    before = view.drawer.book.path.read_bytes()
    state = answer(view, bad, seq=2)
    assert_error(state, language)
    assert state["echo"] == {"view": "v", "seq": 2}
    assert state["answer"]["order"] == ORDER
    assert view.drawer.book.path.read_bytes() == before
    assert answer(view, {"order": ORDER[::-1]})["status"]["kind"] == "saved"


@pytest.mark.parametrize(
    "message", [{}, {"do": "dance"}, {"do": None}, {"do": ["answer"]}, {"do": "answer"}, {"do": "share", "share": True}, {"do": "language"}]
)
def test_a_message_that_asks_for_nothing_known_is_an_error(lesson: Context, message: dict[str, Any]) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    before = view.drawer.book.path.read_bytes()
    assert_error(send(view, message), "zh")
    assert view.drawer.book.path.read_bytes() == before


@pytest.mark.parametrize("message", [None, "answer", 5, [], [{"do": "answer"}]])
def test_what_is_no_message_at_all_changes_nothing(lesson: Context, message: Any) -> None:
    view = opened(PRACTICE, lesson)
    before = answer(view, {"order": ORDER})
    assert send(view, message)["answer"] == before["answer"]
    assert saved_in(view)["order"] == ORDER


@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["do", "answer", "view", "seq", "share"]), JSON | st.sampled_from(["answer", "restart", "share"])))
def test_no_message_breaks_a_view(lesson: Context, message: dict[str, Any]) -> None:
    view = opened(PRACTICE, lesson)
    state = send(view, message)
    assert state["status"]["kind"] in ("saved", "error")
    assert state["answer"] == (saved_in(view) or {"order": [], "tags": {}, "compared": False})


BAD_BY_KIND = [
    ("m01.myths", {"chosen": {"nothing": ["about"]}}),
    ("m01.myths", {"chosen": {"hardware": ["nothing"]}}),
    ("m01.myths", {"chosen": {"hardware": ["about", "example"]}}),
    ("m01.myths", {"chosen": {"hardware": "about"}}),
    ("m01.myths", {"typed": {"hardware": "7"}}),
    ("m01.myths", {"typed": {"recipe_days": 79}}),
    ("m01.myths", {"typed": {"recipe_days": "7" * 201}}),
    ("m01.myths", {"shown": ["nothing"]}),
    ("m01.potential", {"ratings": {"nothing": 5}}),
    ("m01.potential", {"ratings": {"smile": 11}}),
    ("m01.potential", {"ratings": {"smile": 0}}),
    ("m01.potential", {"ratings": {"smile": "5"}}),
    ("m01.potential", {"ratings": {"smile": 5.5}}),
    ("m01.potential", {"ratings": {"smile": None}}),
    ("m01.potential", {"ratings": {"smile": True}}),
    ("gallery.sorting", {"placed": {"nothing": "heard"}}),
    ("gallery.sorting", {"placed": {"when": "nothing"}}),
    ("gallery.sorting", {"placed": {"when": ["heard"]}}),
    ("gallery.sorting", {"placed": ["when"]}),
    ("gallery.dialogue", {"path": ["nothing"]}),
    ("gallery.dialogue", {"path": ["look", "look"]}),
    ("gallery.dialogue", {"path": "look"}),
    ("gallery.dialogue", {"reviewed": 1}),
    ("gallery.scorecard", {"rows": {"r1": {"nothing": "x"}}}),
    ("gallery.scorecard", {"rows": {"r1": {"channel": "nothing"}}}),
    ("gallery.scorecard", {"rows": {"r1": {"score": 2}}}),
    ("gallery.scorecard", {"rows": {"r1": {"moment": "x" * 2001}}}),
    ("gallery.scorecard", {"rows": {"Row 1": {}}}),
    ("gallery.scorecard", {"rows": {f"r{n}": {} for n in range(201)}}),
    ("gallery.scorecard", {"order": ["booking", "booking"]}),
    ("m09.always_right", {"texts": {"nothing": "x"}}),
    ("m09.always_right", {"texts": {"skills": 5}}),
    ("m09.always_right", {"texts": {"skills": "x" * 20_001}}),
]


@pytest.mark.parametrize(("name", "bad"), BAD_BY_KIND, ids=lambda value: str(value)[:40])
def test_every_kind_refuses_what_does_not_fit_and_saves_nothing(lesson: Context, name: str, bad: dict[str, Any]) -> None:
    view = opened(name, lesson, "en")
    assert_error(answer(view, bad), "en")
    assert not view.drawer.book.path.exists()


# Saving fails


def protect(view: View) -> None:
    """Make the next save fail."""
    view.drawer.book.path.chmod(0o444)


def release(view: View) -> None:
    view.drawer.book.path.chmod(0o644)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_saved_stays_on_the_page_and_goes_out_with_the_next_change(lesson: Context, language: Language) -> None:
    view = opened(PRACTICE, lesson, language)
    answer(view, {"order": ORDER})
    protect(view)
    state = answer(view, {"order": ORDER[::-1]}, seq=2)
    assert_error(state, language)
    assert (state["answer"]["order"], saved_in(view)["order"]) == (ORDER[::-1], ORDER)
    release(view)
    state = answer(view, {**state["answer"], "tags": {"fare": True}}, seq=3)
    assert state["status"]["kind"] == "saved"
    assert saved_in(view) == {"order": ORDER[::-1], "tags": {"fare": True}, "compared": False}


def test_a_full_disk_is_told_as_a_full_disk(lesson: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    view = opened(PRACTICE, lesson, "en")

    def full_disk(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("course.files.os.fsync", full_disk)
    state = answer(view, {"order": ORDER})
    assert state["status"]["kind"] == "error"
    assert state["status"]["text"].startswith("The disk is full")
    assert not view.drawer.book.path.exists()


def test_what_was_not_saved_is_not_called_saved_in_another_language(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    protect(view)
    answer(view, {"order": ORDER[::-1]})
    view.speak("en")
    assert view.state["answer"]["order"] == ORDER[::-1]
    assert view.state["status"]["kind"] == "error"


def test_ratings_that_were_not_saved_are_not_called_saved_by_sharing(exercise: Context) -> None:
    view = opened("m01.potential", exercise)
    answer(view, full(view.activity))
    protect(view)
    answer(view, full(view.activity, 3))
    assert send(view, {"do": "share", "share": True})["status"]["kind"] == "error"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newer_answers_file_is_told_and_kept(lesson: Context, language: Language) -> None:
    view = opened(PRACTICE, lesson, language)
    path = view.drawer.book.path
    path.parent.mkdir()
    path.write_text('{"schema": 2, "activities": {}}', encoding="utf-8")
    view = opened(PRACTICE, lesson, language)
    assert_error(dict(view.state), language)
    assert in_chinese(view.content["notice"]) == (language == "zh")
    assert_error(answer(view, {"order": ORDER}), language)
    assert path.read_text(encoding="utf-8") == '{"schema": 2, "activities": {}}'


def test_a_damaged_file_is_told_once_with_the_answer_from_the_backup(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    answer(view, {"order": ORDER[::-1]})
    view.drawer.book.path.write_bytes(b"{")
    view = opened(PRACTICE, lesson)
    assert view.state["answer"]["order"] == ORDER
    assert "已从备份恢复" in view.content["notice"]
    assert opened(PRACTICE, lesson).content["notice"] is None


def test_a_file_damaged_while_the_page_is_open_is_told_with_the_next_answer(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    view.drawer.book.path.parent.mkdir(exist_ok=True)
    view.drawer.book.path.write_bytes(b"{")
    state = answer(view, {"order": ORDER})
    assert "没有删除" in state["status"]["text"]
    assert saved_in(view)["order"] == ORDER
    assert answer(view, {"order": ORDER})["status"]["kind"] == "saved"


def test_an_answer_spoilt_by_hand_costs_its_activity_alone(lesson: Context) -> None:
    answer(opened("m01.challenges", lesson), {"order": ["demand"]})
    view = opened("m01.myths", lesson)
    answer(view, {"chosen": {"hardware": ["about"]}})
    page = json.loads(view.drawer.book.path.read_text(encoding="utf-8"))
    page["activities"]["myths"]["answer"]["chosen"] = {"hardware": "about"}
    view.drawer.book.path.write_text(json.dumps(page), encoding="utf-8")
    assert_error(dict(opened("m01.myths", lesson).state), "zh")
    assert opened("m01.challenges", lesson).state["answer"]["order"] == ["demand"]


def test_a_moment_spoilt_by_hand_does_not_break_the_view(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    page = json.loads(view.drawer.book.path.read_text(encoding="utf-8"))
    page["activities"]["ticket_practice"]["saved"] = "0001-01-01T00:00:00"
    view.drawer.book.path.write_text(json.dumps(page), encoding="utf-8")
    assert opened(PRACTICE, lesson).state["status"]["kind"] in ("saved", "error")


# Starting again


def test_a_restart_empties_and_keeps_the_earlier_attempt(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    state = send(view, {"do": "restart", "view": "v", "seq": 2})
    assert (state["answer"]["order"], state["rebuild"], state["status"]["kind"]) == ([], True, "saved")
    entry = view.drawer.book.entry("ticket_practice")
    assert entry is not None
    assert (entry.attempt, [old.answer["order"] for old in entry.earlier]) == (2, [ORDER])


def test_a_restart_that_fails_leaves_the_answer(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    protect(view)
    state = send(view, {"do": "restart"})
    assert_error(state, "zh")
    assert state["answer"]["order"] == ORDER == saved_in(view)["order"]


@pytest.mark.parametrize("place", ["lesson", "exercise"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_restart_works_exactly_where_the_page_offers_it(request: pytest.FixtureRequest, place: str, name: str) -> None:
    view = opened(name, request.getfixturevalue(place))
    state = send(view, {"do": "restart"})
    assert (state["status"]["kind"] == "saved") == view.content["again"]


# Language


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_a_view_speaks_either_language_and_can_change(lesson: Context, name: str, language: Language) -> None:
    activity = catalog.activity(name)
    view = opened(name, lesson, language)
    for spoken in (language, OTHER[language]):
        view.speak(spoken)
        assert view.content["title"] == activity.title.of(spoken)
        assert view.content["lang"] == {"zh": "zh-CN", "en": "en"}[spoken]
        assert view.state["status"]["text"] == say(spoken, "status.empty" if activity.stored else view.nothing_kept)
        assert view.content["words"]["status"]["empty"] == say(spoken, "status.empty")
        assert view.summary().splitlines()[0] == words.head(activity, spoken)[0]


def test_a_new_language_keeps_the_answer(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    answer(view, {"order": ORDER})
    view.speak("en")
    assert view.state["answer"]["order"] == ORDER
    assert view.state["status"]["text"].startswith("Last answered")
    assert view.state["rebuild"] is True


def test_only_an_exercise_has_a_language_button(lesson: Context) -> None:
    asked: list[bool] = []
    assert opened(PRACTICE, lesson).content["other_language"] is False
    view = opened(PRACTICE, lesson, on_language=lambda: asked.append(True))
    assert view.content["other_language"] is True
    send(view, {"do": "language"})
    assert asked == [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_that_cannot_be_remembered_is_an_error_on_the_page(lesson: Context, language: Language) -> None:
    def refuse() -> None:
        raise BookError("not_writable", file="answers.json", folder=lesson.here)

    view = opened(PRACTICE, lesson, language, on_language=refuse)
    assert_error(send(view, {"do": "language"}), language)


# What goes to the page


def texts(*found: Text | None) -> Iterator[str]:
    for text in found:
        if text is not None:
            yield from (text.zh, text.en)


def secrets(activity: Activity) -> list[str]:
    """Every text of an activity that nobody may read before asking."""
    found: list[str] = []
    if isinstance(activity, Quiz):
        for question in activity.questions:
            found += texts(question.why, *(option.why for option in question.options))
    if isinstance(activity, Ranking):
        found += texts(*(item.note for item in activity.items))
        if activity.key:
            found += texts(*activity.key.reasons.values(), *(pair.why for pair in activity.key.pairs))
    if isinstance(activity, Sorting):
        found += texts(*(text for card in activity.cards for text in (card.why, card.note)))
    if isinstance(activity, Writing):
        found += texts(activity.sample, *(() if activity.graded else activity.checklist))
    if isinstance(activity, Scorecard):
        found += texts(activity.sample)
    if isinstance(activity, Dialogue):
        found += texts(*(line.why for node in activity.nodes for line in node.lines))
    if isinstance(activity, Scale):
        found += texts(*(band.advice for band in activity.bands))
    return found


def fields_of(value: Any) -> set[str]:
    """All names of fields in nested JSON."""
    if isinstance(value, dict):
        return set(value) | {name for item in value.values() for name in fields_of(item)}
    if isinstance(value, list):
        return {name for item in value for name in fields_of(item)}
    return set()


def told(view: View, *found: str) -> list[str]:
    """Which of these texts the page knows."""
    page = json.dumps([view.content, view.state], ensure_ascii=False)
    return [text for text in found if json.dumps(text, ensure_ascii=False)[1:-1] in page]


def test_there_are_secrets_to_look_for() -> None:
    kinds = {catalog.activity(name).kind for name in SHOWN if secrets(catalog.activity(name))}
    assert kinds == {"quiz", "ranking", "writing", "scale", "dialogue", "sorting", "scorecard"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["lesson", "exercise"])
@pytest.mark.parametrize("name", SHOWN)
def test_no_key_no_flag_and_no_reason_is_on_the_page_unasked(
    request: pytest.FixtureRequest, place: str, name: str, language: Language
) -> None:
    view = opened(name, request.getfixturevalue(place), language)
    assert told(view, *secrets(view.activity)) == []
    content = {key: value for key, value in view.content.items() if key != "words"}
    forbidden = {"key", "why", "value", "tolerance", "can", "reasons", "pairs", "sample", "bands"}
    if not isinstance(view.activity, Scale):  # whose items have a right pole, and whose note is for all to read
        forbidden |= {"right", "note", "order"}
    assert fields_of(content) & forbidden == set()


@pytest.mark.parametrize("name", SHOWN)
def test_content_and_state_are_plain_json_in_one_language(lesson: Context, name: str) -> None:
    view = opened(name, lesson, "en")
    content = {key: value for key, value in view.content.items() if key != "words"}
    assert json.loads(json.dumps(content)) == content
    assert not in_chinese(json.dumps(content, ensure_ascii=False))
    assert json.loads(json.dumps(view.state)) == view.state


def test_a_quiz_explains_a_question_only_once_it_was_asked_for(lesson: Context) -> None:
    view = opened("m01.myths", lesson)
    assert isinstance(view.activity, Quiz)
    by_question = {
        question.id: [w.zh for w in (question.why, *(option.why for option in question.options)) if w]
        for question in view.activity.questions
    }
    everything = [why for whys in by_question.values() for why in whys]
    chosen = {"hardware": ["example"], "order": ["true"]}
    assert answer(view, {"chosen": chosen, "typed": {"recipe_days": "79"}})["feedback"] == []
    assert told(view, *everything) == []
    state = answer(view, {"chosen": chosen, "shown": ["order"]})
    assert [verdict["id"] for verdict in state["feedback"]] == ["order"]
    assert told(view, *everything) == by_question["order"]


def test_a_quiz_names_what_is_no_number(lesson: Context) -> None:
    view = opened("m01.myths", lesson)
    assert answer(view, {"typed": {"recipe_days": "很久"}})["unreadable"] == ["recipe_days"]
    assert answer(view, {"typed": {"recipe_days": "７９"}})["unreadable"] == []


def test_a_graded_quiz_explains_nothing_even_if_asked(exercise: Context) -> None:
    view = opened("m01.check", exercise)
    assert isinstance(view.activity, Quiz)
    chosen = {question.id: [question.options[0].id] for question in view.activity.questions}
    state = answer(view, {"chosen": chosen, "shown": list(chosen)})
    assert (state["status"]["kind"], state["feedback"], view.content["explains"]) == ("saved", None, False)
    assert fields_of(state) & {"right", "why", "value"} == set()


def test_a_ranking_is_compared_only_once_it_was_asked_for(lesson: Context) -> None:
    view = opened(PRACTICE, lesson)
    whole = {"order": ORDER, "tags": dict.fromkeys(ORDER, True)}
    assert answer(view, whole)["feedback"] is None
    assert told(view, *secrets(view.activity)) == []
    state = answer(view, {**whole, "compared": True})
    assert state["feedback"]["pairs"] > 0
    assert told(view, *secrets(view.activity)) != []


def test_a_sample_is_shown_only_once_something_is_written_and_it_was_asked_for(lesson: Context) -> None:
    view = opened("m09.always_right", lesson)
    assert answer(view, {"texts": {"skills": "先道歉"}})["feedback"] is None
    assert answer(view, {"texts": {"skills": "  "}, "compared": True})["feedback"] is None
    assert told(view, *secrets(view.activity)) == []
    assert answer(view, {"texts": {"skills": "先道歉"}, "compared": True})["feedback"]["sample"]


def test_a_scale_says_nothing_before_it_is_complete(lesson: Context) -> None:
    view = opened("m01.potential", lesson)
    ratings = full(view.activity)["ratings"]
    some = dict(list(ratings.items())[:-1])
    state = answer(view, {"ratings": some})
    assert (state["feedback"], state["open"]) == (None, [list(ratings)[-1]])
    assert answer(view, {"ratings": ratings})["feedback"]["total"] == 70


# Self-ratings in an exercise


def traces(context: Context) -> list[str]:
    """Files beside the exercise in which a rated line is named."""
    return sorted(path.name for path in context.here.iterdir() if b'"smile"' in path.read_bytes())


def test_ratings_go_to_the_learners_own_folder_alone(exercise: Context, learner: Path) -> None:
    view = opened("m01.potential", exercise, "en")
    for value in (5, 7):
        assert answer(view, full(view.activity, value))["status"]["kind"] == "saved"
    assert traces(exercise) == []
    assert '"smile": 7' in (learner / "answers" / "m01.json").read_text(encoding="utf-8")
    page = json.loads((exercise.here / "answers.json").read_text(encoding="utf-8"))
    assert page["activities"]["potential"]["answer"] == {"completed": True, "ratings": None}
    assert opened("m01.potential", exercise).state["answer"] == full(view.activity, 7)


@pytest.mark.parametrize("share", [False, True])
def test_the_text_beside_a_self_rating_holds_no_rating(exercise: Context, share: bool) -> None:
    view = opened("m01.potential", exercise, "en")
    send(view, {"do": "share", "share": share})
    texts = []
    for value in (2, 7):
        answer(view, full(view.activity, value))
        texts.append(view.summary())
    assert texts[0] == texts[1] == repr(view)
    assert "Finished." in texts[0]
    assert not re.search(r"\d", texts[0])


def test_sharing_hands_ratings_in_and_taking_back_leaves_no_trace(exercise: Context) -> None:
    view = opened("m01.potential", exercise)
    answer(view, full(view.activity))
    assert (view.content["shareable"], view.state["shared"]) == (True, False)
    assert send(view, {"do": "share", "share": True, "view": "v", "seq": 5})["status"]["kind"] == "saved"
    assert view.state["echo"] == {"view": "v", "seq": 5}
    assert traces(exercise) == ["answers.json"]
    answer(opened("m01.check", exercise), {"chosen": {}})
    assert traces(exercise) == ["answers.json", "answers.json.bak"]
    assert opened("m01.potential", exercise).state["shared"] is True
    assert send(view, {"do": "share", "share": False})["status"]["kind"] == "saved"
    assert traces(exercise) == []
    again = opened("m01.potential", exercise)
    assert (again.state["shared"], again.state["answer"]) == (False, full(view.activity))


@pytest.mark.parametrize("odd", [None, "true", 1, [True], {"share": True}])
def test_only_a_plain_yes_shares(exercise: Context, odd: Any) -> None:
    view = opened("m01.potential", exercise)
    answer(view, full(view.activity))
    send(view, {"do": "share", "share": odd})
    assert traces(exercise) == []


def test_a_lesson_asks_for_no_sharing(lesson: Context) -> None:
    view = opened("m01.potential", lesson)
    assert (view.content["shareable"], view.state["shared"]) == (False, False)
    assert_error(send(view, {"do": "share", "share": True}), "zh")


# Text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHOWN)
def test_the_text_of_a_view_is_the_whole_summary(lesson: Context, name: str, language: Language) -> None:
    view = opened(name, lesson, language)
    bundle = view._repr_mimebundle_()
    assert bundle is not None
    data = bundle[0]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == view.summary() == repr(view)
    assert data["text/plain"].startswith("\n".join(words.head(view.activity, language)))


def test_a_long_text_is_not_cut(lesson: Context) -> None:
    assert len(opened("m01.potential", lesson, "zh")._repr_mimebundle_()[0]["text/plain"]) > 110  # where anywidget would cut it


def test_the_text_of_a_view_holds_the_answer(lesson: Context) -> None:
    view = opened("m09.always_right", lesson)
    answer(view, {"texts": {"skills": "先听完，再道歉"}})
    bundle = view._repr_mimebundle_()
    assert bundle is not None
    assert "先听完，再道歉" in bundle[0]["text/plain"]


# The list of what is open


def listed(context: Context, *names: str, language: Language = "zh") -> CheckView:
    return CheckView([catalog.activity(name) for name in names], context, language)


def test_the_list_follows_the_answers(exercise: Context) -> None:
    view = listed(exercise, "m01.check", "m01.as_customer", "m01.potential")
    assert [row["done"] for row in view.content["rows"]] == [False, False, False]
    assert view.content["verdict"] == say("zh", "check.some_open")
    rating = opened("m01.potential", exercise)
    answer(rating, full(rating.activity))
    view.refresh()
    assert [row["done"] for row in view.content["rows"]] == [False, False, True]
    view.speak("en")
    assert view.content["rows"][2]["state"] == "done"


def test_the_list_is_text_too(exercise: Context) -> None:
    view = listed(exercise, "m01.check", "m01.as_customer", language="en")
    bundle = view._repr_mimebundle_()
    assert bundle is not None
    assert bundle[0]["text/plain"] == repr(view)
    assert "not begun (10, by the program)" in repr(view)
    assert "not begun (8, by your instructor)" in repr(view)


def test_the_list_does_not_swallow_what_a_learner_must_be_told(exercise: Context) -> None:
    book = exercise.exercise_book("m01")
    book.save("check", {"chosen": {}})
    book.path.write_bytes(b"{")
    checked = listed(exercise, "m01.check")
    activity = catalog.activity("m01.check")
    shown = VIEWS[type(activity)](activity, drawer_for(activity, exercise), "zh")
    (aside,) = (exercise.folder / "answers" / "set-aside").glob("*.damaged.json")
    assert aside.name in (checked.summary() + str(shown.content["notice"]))


def test_a_newer_file_does_not_break_the_list(exercise: Context) -> None:
    (exercise.here / "answers.json").write_text('{"schema": 2, "activities": {}}', encoding="utf-8")
    view = listed(exercise, "m01.check")
    assert [row["done"] for row in view.content["rows"]] == [False]


def test_every_sentence_of_a_book_can_be_said_in_both_languages(tmp_path: Path) -> None:
    values = {"file": "answers.json", "folder": tmp_path, "aside": "x", "reason": "y", "activity": "m01.check"}
    source = Path(answers.__file__).read_text(encoding="utf-8")
    sentences = set(re.findall(r'BookError\("(\w+)"', source))
    assert len(sentences) >= 8
    for sentence in sentences:
        zh, en = (explain(BookError(sentence, **values), language) for language in LANGUAGES)
        assert in_chinese(zh)
        assert not in_chinese(en)
