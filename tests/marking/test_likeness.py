"""Who wrote the like: copies are found, own words and the course's own texts are not, in Chinese and in English."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from course.marking.likeness import Hint, Written, alike, plain, same, texts_in

QUEUE = "我在药店排队的时候，店员一边配药一边抬头对我说：“您先坐，轮到您我叫您。”那一刻我就不急了，觉得有人看见了我。"
PARCEL = "上周取快递，驿站的小哥看我抱着孩子，没等我开口就把箱子送到了车边，还问我要不要帮忙放进后备箱，我一路都很暖。"
HOTEL = "We reached the hotel at one in the morning with a sick child. The clerk looked up first, asked how she was, and found us soup."
BANK = "At the bank I had filled in the wrong form twice. The teller came round the counter, sat down beside me and we did it together."


def written(*texts: tuple[str, str]) -> list[Written]:
    return [Written(learner, "m01.as_customer", text) for learner, text in texts]


@pytest.mark.parametrize("text", [QUEUE, HOTEL])
def test_the_same_text_is_one_hint_whoever_many_have_it(text: str) -> None:
    found = alike(written(("li", text), ("wang", text), ("zhao", text)), [])
    assert found == [Hint("m01.as_customer", 100, ("li", "wang", "zhao"), " ".join(text.split())[:40])]


@pytest.mark.parametrize("text", [QUEUE, HOTEL])
def test_spaces_punctuation_case_and_width_do_not_hide_a_copy(text: str) -> None:
    changed = text.replace("，", ", ").replace("。", " . ").upper() + "\n"
    assert [hint.similarity for hint in alike(written(("li", text), ("wang", changed)), [])] == [100]


@pytest.mark.parametrize(("text", "word", "other"), [(QUEUE, "药店", "医院的药房"), (HOTEL, "a sick child", "a sleepy daughter")])
def test_a_copy_with_some_words_changed_is_found(text: str, word: str, other: str) -> None:
    (hint,) = alike(written(("li", text), ("wang", text.replace(word, other))), [])
    assert hint.learners == ("li", "wang")
    assert 80 <= hint.similarity < 100


@pytest.mark.parametrize("texts", [(QUEUE, PARCEL), (HOTEL, BANK)])
def test_two_stories_of_ones_own_are_no_hint(texts: tuple[str, str]) -> None:
    assert alike(written(("li", texts[0]), ("wang", texts[1])), [], least=70) == []


def test_what_the_course_gave_is_no_hint() -> None:
    learners = written(("li", QUEUE), ("wang", QUEUE))
    assert alike(learners, [QUEUE]) == []
    assert alike(learners, [PARCEL + QUEUE]) == []
    assert alike(learners, [QUEUE.replace("药店", "医院")]) == []
    assert len(alike(learners, [PARCEL])) == 1


def test_short_texts_oneself_and_other_activities_are_no_hint() -> None:
    assert alike(written(("li", "先听完，再说。"), ("wang", "先听完，再说。")), []) == []
    assert alike(written(("li", QUEUE), ("li", QUEUE)), []) == []
    assert alike([*written(("li", QUEUE)), Written("wang", "m01.other", QUEUE)], []) == []


def test_most_alike_comes_first() -> None:
    near = QUEUE.replace("药店", "医院")
    found = alike(written(("li", near), ("wang", QUEUE), ("zhao", QUEUE)), [])
    assert [(hint.similarity == 100, hint.learners) for hint in found] == [(True, ("wang", "zhao")), (False, ("li", "wang", "zhao"))]


def test_a_copy_is_found_across_blocks() -> None:
    draw = random.Random(7)
    signs = [chr(code) for code in range(0x4E00, 0x5200)]
    texts = [(f"learner{n}", "".join(draw.choices(signs, k=60))) for n in range(1201)]
    copy = texts[3][1][:-2]
    (hint,) = alike(written(*texts, ("copy", copy)), [])
    assert hint.learners == ("copy", "learner3")


def test_the_same_file_is_named_once() -> None:
    assert same("answers.json", {"li": "a", "wang": "b", "zhao": "a"}) == [Hint("answers.json", 100, ("li", "zhao"))]


@given(some.recursive(some.none() | some.integers() | some.text(), lambda inner: some.lists(inner) | some.dictionaries(some.text(), inner)))
def test_every_text_is_found_in_any_data(data: object) -> None:
    assert all(isinstance(text, str) for text in texts_in(data))
    assert sorted(texts_in([data, {"more": data}])) == sorted([*texts_in(data), *texts_in(data)])


def test_data_however_deep_is_read() -> None:
    deep: object = QUEUE
    for _ in range(100_000):
        deep = [deep]
    assert list(texts_in(deep)) == [QUEUE]


@given(some.text())
def test_a_plain_text_is_letters_alone(text: str) -> None:
    assert all(sign.isalnum() for sign in plain(text))
