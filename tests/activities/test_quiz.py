from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities import QuizAnswer
from course.activities.quiz import Question, QuestionKey, question_share, read_number
from course.errors import AnswerError, KeyError_
from tests.samples import COMPLETE, QUIZ_KEY, Spec, both, changed, quiz, refusal, without
from tests.samples.quizzes import graded_quiz_spec, quiz_spec

PRACTICE = quiz("quiz")
GRADED = quiz("graded_quiz")
KEY = GRADED.read_own_key(QUIZ_KEY)
FULL_WIDTH = str.maketrans("0123456789,.%+-", "０１２３４５６７８９，．％＋－")


def one_of(*options: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(options), max_size=1)


def some_of(*options: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(options), unique=True)


chosen = st.fixed_dictionaries({}, optional={"one": one_of("a", "b"), "many": some_of(*"abcde"), "fact": one_of("true", "false")})
typed = st.fixed_dictionaries({}, optional={"number": st.one_of(st.sampled_from(["3", "3.5", "4", "5", "", "?"]), st.text(max_size=200))})
answers = st.fixed_dictionaries({"chosen": chosen, "typed": typed, "shown": some_of("one", "many", "fact", "number")})


def share(form: str, answer: list[str] | str, options: str = "abcde", **key: Any) -> float:
    spec: Spec = {"id": "q", "form": form, "text": both("q")}
    if form == "numeric":
        return question_share(Question.read(spec), QuizAnswer.read({"typed": {"q": answer}}), QuestionKey.read(key))
    names = ("true", "false") if form == "true_false" else options
    question = Question.read({**spec, "options": [{"id": option, "text": both(option)} for option in names]})
    return question_share(question, QuizAnswer.read({"chosen": {"q": answer}}), QuestionKey.read(key))


# The score.


@given(answers, st.integers(1, 100))
def test_score_is_a_float_between_0_and_the_points(answer: Spec, points: int) -> None:
    activity = quiz("graded_quiz", points=points)
    read = activity.read_answer(answer)
    score = activity.score(read, KEY)
    assert type(score.points) is float
    assert type(score.out_of) is float
    assert 0.0 <= score.points <= score.out_of == points
    assert score.attempted is activity.attempted(read)


@given(answers, st.data())
def test_order_of_questions_choices_and_entries_does_not_matter(answer: Spec, data: st.DataObject) -> None:
    other = quiz("graded_quiz", questions=data.draw(st.permutations(graded_quiz_spec()["questions"])))
    entries = data.draw(st.permutations(sorted(answer["chosen"].items())))
    shuffled = {**answer, "chosen": {question: data.draw(st.permutations(options)) for question, options in entries}}
    key = other.read_own_key({"questions": dict(data.draw(st.permutations(sorted(QUIZ_KEY["questions"].items()))))})
    assert other.score(other.read_answer(shuffled), key) == GRADED.score(GRADED.read_answer(answer), KEY)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (COMPLETE["graded_quiz"], 8.0),
        ({"chosen": {"one": ["b"]}}, 2.0),
        ({"chosen": {"one": ["b"], "fact": ["false"]}, "typed": {"number": "3.5"}}, 6.0),
        ({"chosen": {"many": ["a", "b"]}}, 1.33),
        ({"chosen": {"one": ["a"], "many": ["d", "e"], "fact": ["true"]}, "typed": {"number": "9"}}, 0.0),
    ],
)
def test_every_question_weighs_the_same(answer: Spec, points: float) -> None:
    score = GRADED.score(GRADED.read_answer(answer), KEY)
    assert score.points == points
    assert score.attempted


@pytest.mark.parametrize("answer", [{}, {"chosen": {"one": [], "many": []}}, {"typed": {"number": " "}}, {"typed": {"number": "a few"}}])
def test_nothing_chosen_and_no_number_is_not_attempted(answer: Spec) -> None:
    read = GRADED.read_answer(answer)
    assert not GRADED.attempted(read)
    assert GRADED.open_items(read) == ["one", "many", "fact", "number"]
    assert (GRADED.score(read, KEY).points, GRADED.score(read, KEY).attempted) == (0.0, False)


def test_open_items_are_the_questions_without_an_answer() -> None:
    assert GRADED.open_items(GRADED.read_answer({"chosen": {"many": ["a"]}, "typed": {"number": "3"}})) == ["one", "fact"]


# One question.


@pytest.mark.parametrize(
    ("answer", "earned"),
    [("a", 1 / 3), ("ab", 2 / 3), ("abc", 1), ("abcd", 2 / 3), ("abcde", 1 / 3), ("ad", 0), ("d", 0), ("de", 0), ("ade", 0), ("", 0)],
)
def test_multiple_choice_is_right_minus_wrong_and_not_below_0(answer: str, earned: float) -> None:
    assert share("multiple", list(answer), right=list("abc")) == earned


@given(some_of(*"abcde"), st.lists(st.sampled_from("abcde"), unique=True, min_size=1, max_size=4))
def test_multiple_choice_lies_between_0_and_1_and_is_1_for_the_key_alone(answer: list[str], right: list[str]) -> None:
    earned = share("multiple", answer, right=right)
    assert type(earned) is float
    assert 0.0 <= earned <= 1.0
    assert (earned == 1.0) == (set(answer) == set(right))


@pytest.mark.parametrize(("answer", "earned"), [(["b"], 1.0), (["a"], 0.0), ([], 0.0)])
def test_single_choice_is_right_or_not(answer: list[str], earned: float) -> None:
    assert share("single", answer, right=["b"]) == earned


@pytest.mark.parametrize(("answer", "earned"), [(["true"], 1.0), (["false"], 0.0), ([], 0.0)])
def test_true_false_is_right_or_not(answer: list[str], earned: float) -> None:
    assert share("true_false", answer, right=["true"]) == earned


@pytest.mark.parametrize(
    ("answer", "value", "tolerance", "earned"),
    [
        ("3", 3.5, 0.5, 1),
        ("4", 3.5, 0.5, 1),
        ("2.999", 3.5, 0.5, 0),
        ("4.001", 3.5, 0.5, 0),
        ("0.3", 0.1 + 0.2, 0, 1),
        ("0.4", 0.3, 0.1, 1),
        ("0.2", 0.3, 0.1, 1),
        ("-5", -5, 0, 1),
        ("5", -5, 0, 0),
        ("12,500", 12500, 0, 1),
        ("12.5 %", 12.5, 0, 1),
        ("", 0, 1, 0),
        ("about 3", 3, 1, 0),
        ("9" * 200, 3, 1, 0),
    ],
)
def test_a_number_is_right_within_the_tolerance_edges_included(answer: str, value: float, tolerance: float, earned: float) -> None:
    assert share("numeric", answer, value=value, tolerance=tolerance) == earned


@given(st.integers(-1_000_000, 1_000_000), st.integers(0, 1000), st.integers(-2000, 2000))
def test_tolerance_counts_the_distance_in_hundredths(value: int, tolerance: int, off: int) -> None:
    answer = f"{(value + off) / 100:.2f}"
    assert share("numeric", answer, value=value / 100, tolerance=tolerance / 100) == float(abs(off) <= tolerance)


# Numbers as people type them.


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("007", 7),
        ("3.5", 3.5),
        (".5", 0.5),
        ("5.", 5),
        ("+5", 5),
        ("-5", -5),
        ("−5", -5),
        ("  12.5  ", 12.5),
        ("12.5%", 12.5),
        ("12.5 %", 12.5),
        ("12.5％", 12.5),
        ("１２．５", 12.5),
        ("－５", -5),
        ("＋５", 5),
        ("１，２５０", 1250),
        ("1,250", 1250),
        ("-1,250.75", -1250.75),
        ("1,250,000", 1_250_000),
        ("1 250", 1250),
        ("1\u00a0250", 1250),
        ("1\u202f250", 1250),
        ("12\u3000%", 12),
        ("0", 0),
        ("9" * 200, float("9" * 200)),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\u3000", "%", "-", "+", ".", ",", "-.", "--5", "+-5", "5-", "5%%", "%5", "1.2.3"),
        *("1,25", "12,50", "1,2500", ",250", "1250,", "1,,250", "1.234,5", "1,-23", "12345,678"),
        *("nan", "NaN", "inf", "-inf", "Infinity", "1e5", "1E5", "1_000", "0x10", "1j", "True", "None"),
        *("five", "五", "５个", "about 5", "5 min", "5元", "½", "1/2", "3²", "x²", "٣", "5\u200b", "5\x00", "\ud800"),
        *("9" * 400, "-" + "9" * 400),
    ],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


@given(st.one_of(st.text(), st.text(st.characters()), st.text("0123456789,.+-−%％． ０９，_eEnaif\u3000²")))
def test_any_text_at_all_is_a_finite_number_or_none(text: str) -> None:
    value = read_number(text)
    assert value is None or (type(value) is float and math.isfinite(value))


@given(st.integers(-(10**15), 10**15), st.sampled_from(["", "%", " %"]), st.booleans(), st.booleans())
def test_every_integer_is_read_back_however_it_is_set(number: int, sign: str, grouped: bool, wide: bool) -> None:
    text = (f"{number:,}" if grouped else str(number)) + sign
    assert read_number(text.translate(FULL_WIDTH) if wide else text) == number


def test_typed_text_that_is_no_number_is_told_apart_from_none() -> None:
    assert GRADED.unreadable(GRADED.read_answer({"typed": {"number": "a few"}})) == ["number"]
    assert GRADED.unreadable(GRADED.read_answer({"typed": {"number": "  "}})) == []
    assert GRADED.unreadable(GRADED.read_answer({"typed": {"number": "3,5"}})) == ["number"]
    assert GRADED.unreadable(GRADED.read_answer({"typed": {"number": "3.5"}})) == []


# Answers that do not fit.


@pytest.mark.parametrize(
    ("answer", "item", "sentence"),
    [
        ({"chosen": {"nobody": ["a"]}}, "nobody", "unknown_item"),
        ({"chosen": {"one": ["z"]}}, "z", "unknown_item"),
        ({"chosen": {"many": ["a", "b", "a"]}}, "a", "doubled_item"),
        ({"chosen": {"one": ["a", "b"]}}, "one", "value_outside"),
        ({"chosen": {"fact": ["true", "false"]}}, "fact", "value_outside"),
        ({"chosen": {"number": []}}, "number", "value_outside"),
        ({"typed": {"one": "5"}}, "one", "value_outside"),
        ({"typed": {"nobody": "5"}}, "nobody", "unknown_item"),
        ({"shown": ["nobody"]}, "nobody", "unknown_item"),
        ({"shown": ["one", "one"]}, "one", "doubled_item"),
        ({"typed": {"number": 5}}, "typed.number", "malformed_answer"),
        ({"typed": {"number": "5" * 201}}, "typed.number", "malformed_answer"),
        ({"chosen": {"one": "a"}}, "chosen.one", "malformed_answer"),
        ({"chosen": {"fact": [True]}}, "chosen.fact.0", "malformed_answer"),
    ],
)
def test_what_does_not_fit_is_named(answer: Spec, item: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        GRADED.read_answer(answer)
    assert caught.value.sentence == sentence
    assert caught.value.values == {"activity": "m01.graded_quiz", "item": item}


# Explanations.


def test_only_questions_whose_explanation_was_asked_for_are_explained() -> None:
    verdicts = PRACTICE.feedback(PRACTICE.read_answer({**COMPLETE["quiz"], "shown": ["fact", "one"]}))
    assert verdicts is not None
    assert [(verdict.id, verdict.right) for verdict in verdicts] == [("one", True), ("fact", False)]


def test_every_option_is_explained_and_says_whether_it_was_chosen() -> None:
    verdicts = PRACTICE.feedback(PRACTICE.read_answer({**COMPLETE["quiz"], "shown": ["many"]}))
    assert verdicts is not None
    assert [(o.id, o.right, o.chosen, o.why and o.why.en) for o in verdicts[0].options] == [
        ("a", True, True, "because_many_a.-en"),
        ("b", True, False, "because_many_b.-en"),
        ("c", True, False, "because_many_c.-en"),
        ("d", False, True, "because_many_d.-en"),
        ("e", False, False, "because_many_e.-en"),
    ]
    assert not verdicts[0].right


def test_a_number_is_explained_with_its_value() -> None:
    verdicts = PRACTICE.feedback(PRACTICE.read_answer({"typed": {"number": "4"}, "shown": ["number"]}))
    assert verdicts is not None
    assert (verdicts[0].right, verdicts[0].value, verdicts[0].why and verdicts[0].why.zh) == (True, 3.5, "because_number·中")


def test_nothing_is_explained_unasked_and_nothing_at_all_in_an_exercise() -> None:
    assert PRACTICE.feedback(PRACTICE.read_answer({**COMPLETE["quiz"], "shown": []})) == ()
    assert GRADED.feedback(GRADED.read_answer({**COMPLETE["graded_quiz"], "shown": ["one"]})) is None


# Keys and specifications that do not hold.


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("questions.one.right", [], "questions.one: exactly one"),
        ("questions.one.right", ["a", "b"], "questions.one: exactly one"),
        ("questions.one.right", ["z"], "questions.one: right must list"),
        ("questions.one.right", None, "questions.one: right must list"),
        ("questions.one.right", "b", "questions.one.right"),
        ("questions.one.value", 1, "questions.one: right must list"),
        ("questions.many.right", list("abcde"), "questions.many: at least one"),
        ("questions.many.right", [], "questions.many: at least one"),
        ("questions.many.right", ["a", "a"], "questions.many: right must list"),
        ("questions.fact.right", [True], "questions.fact.right"),
        ("questions.number.value", None, "questions.number: give value and tolerance"),
        ("questions.number.tolerance", None, "questions.number: give value and tolerance"),
        ("questions.number.tolerance", -1, "questions.number.tolerance"),
        ("questions.number.tolerance", float("nan"), "questions.number.tolerance"),
        ("questions.number.tolerance", float("inf"), "questions.number.tolerance"),
        ("questions.number.value", float("nan"), "questions.number.value"),
        ("questions.number.value", float("inf"), "questions.number.value"),
        ("questions.number.value", "3.5", "questions.number.value"),
        ("questions.number.right", ["a"], "questions.number: give value and tolerance"),
        ("questions.extra", {"right": ["a"]}, "must name every question"),
        ("questions", {}, "must name every question"),
        ("questions", [], "questions"),
        ("remark", "hello", "remark"),
    ],
)
def test_a_key_that_does_not_fit_names_the_activity_and_the_question(path: str, value: Any, said: str) -> None:
    with pytest.raises(KeyError_) as caught:
        GRADED.read_own_key(changed(QUIZ_KEY, path, value))
    assert str(caught.value).startswith("m01.graded_quiz: key")
    assert said in str(caught.value)


def test_a_key_must_name_every_question() -> None:
    with pytest.raises(KeyError_, match="must name every question exactly once"):
        GRADED.read_own_key(without(QUIZ_KEY, "questions.fact"))


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("questions", [], "questions"),
        ("questions.1.id", "one", "questions: ids used twice: one"),
        ("questions.0.options.1.id", "a", "questions.0: options: ids used twice: a"),
        ("questions.0.form", "essay", "questions.0.form"),
        ("questions.0.options", [], "questions.0: options"),
        ("questions.0.options.0.right", None, "questions.one"),
        ("questions.0.options.0.why", None, "questions.one"),
        ("questions.0.options.0.why", {"en": "no Chinese"}, "questions.0.options.0.why.zh"),
        ("questions.0.options.0.right", True, "questions.one: exactly one"),
        ("questions.0.options.1.right", False, "questions.one: exactly one"),
        ("questions.0.unit", both("kg"), "questions.0: value, why and unit"),
        ("questions.0.hint", both("psst"), "questions.0.hint"),
        ("questions.2.options.0.id", "yes", "questions.2: options"),
        ("questions.3.options", quiz_spec()["questions"][0]["options"], "questions.3: options"),
        ("questions.3.value", None, "questions.number"),
        ("questions.3.tolerance", None, "questions.number"),
        ("questions.3.tolerance", -0.1, "questions.3.tolerance"),
        ("questions.3.value", float("inf"), "questions.3.value"),
        ("questions.3.value", float("nan"), "questions.3.value"),
        ("questions.3.why", None, "questions.number"),
    ],
)
def test_a_practice_quiz_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(quiz_spec(), path, value)).startswith(field)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("questions.0.options.1.right", True, "questions.one: the key"),
        ("questions.0.options.1.right", False, "questions.one: the key"),
        ("questions.1.options.4.why", both("because"), "questions.many: the key"),
        ("questions.3.value", 3.5, "questions.number: the key"),
        ("questions.3.tolerance", 0.5, "questions.number: the key"),
        ("questions.3.why", both("because"), "questions.number: the key"),
    ],
)
def test_a_graded_quiz_holds_no_key_and_no_explanation(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(graded_quiz_spec(), path, value)).startswith(field)
