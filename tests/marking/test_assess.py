from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities import Activity
from course.errors import AnswerError, BookError, KeyError_
from course.language import LANGUAGES, Language, explain, say
from course.marking.assess import Assessment, assess, read_key, trouble
from tests.samples import COMPLETE, DIALOGUE_KEY, QUIZ_KEY, RANKING_KEY, SORTING_KEY, Spec, activity, both, entry, page

KEYS: dict[str, Any] = {
    "graded_scorecard": None,
    "graded_dialogue": DIALOGUE_KEY,
    "graded_ranking": RANKING_KEY,
    "graded_quiz": QUIZ_KEY,
    "poles": None,
    "graded_rubric": None,
    "graded_sorting": SORTING_KEY,
}
"""What an exercise marks by program, with its keys."""
RIGHT: dict[str, Spec] = {**{name: COMPLETE[name] for name in KEYS}, "poles": {"completed": True}}

json_leaf = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(st.characters(), max_size=10))
any_json = st.recursive(json_leaf, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)))
any_entry = st.one_of(any_json, st.builds(entry, st.dictionaries(st.text(max_size=5), any_json, max_size=3)))

DAMAGED: dict[str, Any] = {
    "no object": 5,
    "nothing": None,
    "empty": {},
    "no date": {"answer": {}, "attempt": 1},
    "bad date": {**entry({}), "saved": "yesterday"},
    "answer is a list": {**entry({}), "answer": []},
    "attempt 0": {**entry({}), "attempt": 0},
    "more than there is": {**entry({}), "score": 10},
}
WRONG: dict[str, tuple[str, Spec, str, str]] = {
    "unknown line": ("graded_ranking", {"order": ["a", "nobody"]}, "unknown_item", "nobody"),
    "doubled line": ("graded_ranking", {"order": ["a", "b", "a"]}, "doubled_item", "a"),
    "unknown tag": ("graded_ranking", {"tags": {"nobody": True}}, "unknown_item", "nobody"),
    "unknown question": ("graded_quiz", {"chosen": {"nobody": ["a"]}}, "unknown_item", "nobody"),
    "unknown option": ("graded_quiz", {"chosen": {"one": ["nobody"]}}, "unknown_item", "nobody"),
    "doubled option": ("graded_quiz", {"chosen": {"many": ["a", "a"]}}, "doubled_item", "a"),
    "two where one is asked": ("graded_quiz", {"chosen": {"one": ["a", "b"]}}, "value_outside", "one"),
    "a line that cannot be said there": ("graded_dialogue", {"path": ["listen", "own"]}, "wrong_step", "own"),
    "no such field": ("graded_quiz", {"points": 8}, "malformed_answer", "points"),
    "unknown shared rating": ("poles", {"completed": True, "ratings": {"nobody": 1}}, "unknown_item", "nobody"),
    "unknown graded line": ("graded_rubric", {"sheets": {"s1": {"rater": "peer", "grades": {"nobody": 1}}}}, "unknown_item", "nobody"),
    "a rater who may not": ("graded_rubric", {"sheets": {"s1": {"rater": "self"}}}, "value_outside", "self"),
    "unknown column": ("graded_scorecard", {"rows": {"r1": {"nobody": "x"}}}, "unknown_item", "nobody"),
    "unknown choice": ("graded_scorecard", {"rows": {"r1": {"channel": "nobody"}}}, "unknown_item", "nobody"),
    "doubled row": ("graded_scorecard", {"order": ["r1", "r1"]}, "doubled_item", "r1"),
    "unknown card": ("graded_sorting", {"placed": {"nobody": "one"}}, "unknown_item", "nobody"),
    "unknown bin": ("graded_sorting", {"placed": {"a": "nobody"}}, "unknown_item", "nobody"),
    "ratings instead of completion": ("poles", {"completed": "yes"}, "malformed_answer", "completed"),
}


def assessed(name: str, entries: dict[str, Any], language: Language = "en") -> Assessment:
    return assess(activity(name), page(language, **entries), KEYS[name], language)


def lost(result: Assessment, out_of: float) -> bool:
    """Whether a result is an honest nothing: 0.0, a built-in float, not attempted."""
    score = result.score
    return type(score.points) is float and (score.points, score.out_of, score.attempted) == (0.0, out_of, False)


# What was not attempted, partly right, wholly right.


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entries", [{}, {"entry": {}}], ids=["no entry", "empty answer"])
def test_not_attempted_is_0_and_says_so(name: str, language: Language, entries: Spec) -> None:
    result = assessed(name, {name: entry({})} if entries else {}, language)
    assert lost(result, activity(name).points)
    assert result.trouble is None
    assert result.sentence == f"{activity(name).title.of(language)}: {say(language, 'mark.not_attempted')}"


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("graded_ranking", 10.0),
        ("graded_quiz", 8.0),
        ("poles", 2.0),
        ("graded_dialogue", 10.0),
        ("graded_rubric", 6.0),
        ("graded_scorecard", 8.0),
        ("graded_sorting", 11.0),
    ],
)
def test_all_right_is_full_points(name: str, points: float) -> None:
    result = assessed(name, {name: entry(RIGHT[name])})
    assert type(result.score.points) is float
    assert (result.score.points, result.score.out_of, result.score.attempted) == (points, points, True)
    assert result.trouble is None


@pytest.mark.parametrize(
    ("name", "answer", "points"),
    [
        ("graded_ranking", {"order": list("bacd"), "tags": {"a": True, "b": True}}, 5.7),
        ("graded_ranking", {"order": list("dcba")}, 0.0),
        ("graded_ranking", {"tags": {"a": True, "b": True, "c": False, "d": False}}, 3.0),
        ("graded_quiz", {"chosen": {"one": ["b"], "many": ["a", "b", "d"]}}, 2.67),
        ("graded_quiz", {"typed": {"number": "４．０"}}, 2.0),
        ("graded_quiz", {"chosen": {"one": ["a"]}}, 0.0),
        ("graded_dialogue", {"path": ["listen"]}, 5.71),
        ("graded_dialogue", {"path": ["rules", "shout"]}, 0.0),
        ("graded_sorting", {"placed": {"a": "one", "b": "many", "c": "none", "d": "one"}}, 5.0),
        ("graded_sorting", {"placed": {"a": "one", "d": "many"}}, 0.0),
        ("graded_scorecard", {"rows": {"s1": {"score": "1"}, "s2": {"score": "9"}}}, 2.67),
        ("graded_rubric", {"sheets": {"s1": {"rater": "peer", "grades": {"a": 5}}}}, 0.0),
    ],
)
def test_partly_right_earns_its_part_and_counts_as_attempted(name: str, answer: Spec, points: float) -> None:
    result = assessed(name, {name: entry(answer)})
    assert (result.score.points, result.score.attempted) == (points, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_gives_the_points_and_those_of_each_part(language: Language) -> None:
    result = assessed("graded_ranking", {"graded_ranking": entry({"order": list("bacd"), "tags": {"a": True, "b": True}})}, language)
    title = both("ranking title")[language]
    total = say(language, "mark.title", title=title, points="5.7", out_of="10")
    order, tags = say(language, "mark.order", points="4.2", out_of="7"), say(language, "mark.tags", points="1.5", out_of="3")
    assert result.sentence == f"{total} ({order}, {tags})"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_a_single_part_is_the_total_alone(language: Language) -> None:
    result = assessed("graded_quiz", {"graded_quiz": entry({"chosen": {"one": ["b"]}})}, language)
    assert result.sentence == say(language, "mark.title", title=both("quiz title")[language], points="2", out_of="8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_of_a_talk_that_was_broken_off_says_so(language: Language) -> None:
    result = assessed("graded_dialogue", {"graded_dialogue": entry({"path": ["listen"]})}, language)
    assert say(language, "mark.unfinished") in result.sentence
    finished = assessed("graded_dialogue", {"graded_dialogue": entry({"path": ["listen", "gift"]})}, language)
    assert finished.sentence == say(language, "mark.title", title=both("dialogue title")[language], points="7.14", out_of="10")


@pytest.mark.parametrize("name", ["graded_ranking", "graded_quiz"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_shines_through_the_sentence(name: str, language: Language) -> None:
    sentence = assessed(name, {name: entry(COMPLETE[name])}, language).sentence
    texts = [both(text)[language] for text in ("item a", "item d", "one b", "many a", "question one")]
    assert [text for text in [*texts, "3.5"] if text in sentence] == []


def test_shared_ratings_earn_and_cost_nothing() -> None:
    low = {"completed": True, "ratings": {f"i{n}": 1 for n in range(10)}}
    assert assessed("poles", {"poles": entry(low)}).score == assessed("poles", {"poles": entry({"completed": True})}).score


# What cannot be read.


@pytest.mark.parametrize("case", WRONG)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_that_does_not_fit_is_0_and_says_why_in_the_learners_language(case: str, language: Language) -> None:
    name, answer, sentence, item = WRONG[case]
    result = assessed(name, {name: entry(answer)}, language)
    assert lost(result, activity(name).points)
    assert isinstance(result.trouble, AnswerError)
    assert result.trouble.sentence == sentence
    assert result.trouble.values["item"] == item
    reason = say(language, "mark.trouble", reason=explain(result.trouble, language))
    assert result.sentence == f"{activity(name).title.of(language)}: {reason}"


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_damaged_entry_is_0_and_says_why_in_the_learners_language(damage: str, name: str, language: Language) -> None:
    result = assessed(name, {name: DAMAGED[damage]}, language)
    assert lost(result, activity(name).points)
    assert isinstance(result.trouble, BookError)
    assert result.trouble.values == {"activity": f"m01.{name}"}
    assert explain(result.trouble, language) in result.sentence


@pytest.mark.parametrize("broken", KEYS)
@pytest.mark.parametrize("damage", [*DAMAGED.values(), entry({"nobody": 1})])
def test_one_broken_entry_costs_that_activity_alone(broken: str, damage: Any) -> None:
    entries = {**{name: entry(answer) for name, answer in RIGHT.items()}, broken: damage}
    earned = {name: assessed(name, entries).score.points for name in KEYS}
    assert earned == {name: 0.0 if name == broken else float(activity(name).points) for name in KEYS}


def test_entries_of_nobody_are_passed_over() -> None:
    entries = {"graded_quiz": entry(RIGHT["graded_quiz"]), "nobody": {"answer": "?"}, "": None}
    assert assessed("graded_quiz", entries).score.points == 8.0


@given(st.sampled_from(sorted(KEYS)), any_entry)
def test_whatever_stands_in_an_entry_earns_a_float_between_0_and_the_points(name: str, data: Any) -> None:
    result = assessed(name, {name: data})
    assert type(result.score.points) is float
    assert 0.0 <= result.score.points <= activity(name).points
    assert result.score.attempted or result.score.points == 0.0
    assert result.sentence.encode("utf-8")


@pytest.mark.parametrize("name", ["graded_ranking", "graded_quiz"])
def test_a_forged_id_writes_no_line_of_its_own_into_what_is_said(name: str) -> None:
    forged = "x\nranking title-en: 10 of 10 points\n"
    answers: list[Spec] = [{"order": [forged]}, {"chosen": {forged: []}}, {forged: 1}]
    for answer in answers:
        assert len(assessed(name, {name: entry(answer)}).sentence.splitlines()) == 1


def test_an_entry_nested_beyond_reading_is_0() -> None:
    deep: Any = 1
    for _ in range(5000):
        deep = [deep]
    assert lost(assessed("graded_quiz", {"graded_quiz": {**entry({}), "answer": {"chosen": deep}}}), 8)
    assert lost(assessed("graded_quiz", {"graded_quiz": deep}), 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_trouble_names_the_activity_and_the_reason(language: Language) -> None:
    error = BookError("malformed_file", file="answers.json", folder="m01")
    result = trouble(activity("graded_quiz"), error, language)
    assert lost(result, 8)
    assert result.trouble is error
    assert both("quiz title")[language] in result.sentence
    assert "answers.json" in result.sentence


# The instructor's mistakes.

BAD_KEYS: dict[str, tuple[str, Any]] = {
    "ranking without one": ("graded_ranking", None),
    "ranking with an empty one": ("graded_ranking", {}),
    "ranking with a quiz's": ("graded_ranking", QUIZ_KEY),
    "ranking with a line too few": ("graded_ranking", {"order": [["a"], ["b", "c"]], "can": ["a"]}),
    "ranking with all in one tier": ("graded_ranking", {"order": [["a", "b", "c", "d"], []], "can": ["a"]}),
    "ranking without its tags": ("graded_ranking", {"order": RANKING_KEY["order"]}),
    "quiz without one": ("graded_quiz", None),
    "quiz with a ranking's": ("graded_quiz", RANKING_KEY),
    "quiz with a question too few": ("graded_quiz", {"questions": {"one": {"right": ["b"]}}}),
    "quiz with a word": ("graded_quiz", "b"),
    "sorting without one": ("graded_sorting", None),
    "sorting with a card too few": ("graded_sorting", {"cards": {"a": ["one"]}}),
    "sorting with a quiz's": ("graded_sorting", QUIZ_KEY),
    "dialogue without one": ("graded_dialogue", None),
    "dialogue with a line too few": ("graded_dialogue", {"lines": {"hello.listen": 1}}),
    "dialogue with a quiz's": ("graded_dialogue", QUIZ_KEY),
    "scale with one": ("poles", {}),
    "scorecard with one": ("graded_scorecard", {}),
    "scorecard for practice": ("scorecard", None),
    "rubric with one": ("graded_rubric", {}),
    "scale with an order": ("poles", RANKING_KEY),
    "writing": ("graded_writing", None),
    "writing with one": ("graded_writing", {"texts": {}}),
    "figure": ("figure", None),
    "calculator": ("calculator", None),
    "figure with one": ("figure", {}),
}


@pytest.mark.parametrize("case", BAD_KEYS)
@pytest.mark.parametrize("state", ["missing", "complete", "broken"])
def test_a_wrong_or_missing_key_is_an_error_whatever_was_handed_in(case: str, state: str) -> None:
    name, key = BAD_KEYS[case]
    states: dict[str, Spec] = {"missing": {}, "complete": {name: entry(RIGHT.get(name, COMPLETE[name]))}, "broken": {name: 5}}
    with pytest.raises(KeyError_) as caught:
        assess(activity(name), page("en", **states[state]), key, "en")
    assert str(caught.value).startswith(f"m01.{name}: ")


@pytest.mark.parametrize("case", BAD_KEYS)
def test_a_wrong_or_missing_key_is_found_without_any_answer(case: str) -> None:
    name, key = BAD_KEYS[case]
    with pytest.raises(KeyError_):
        read_key(activity(name), key)


def test_writing_says_that_it_is_marked_by_hand() -> None:
    with pytest.raises(KeyError_, match="marked by hand"):
        read_key(activity("graded_writing"), None)


@pytest.mark.parametrize("name", KEYS)
def test_a_right_key_is_taken(name: str) -> None:
    kind: Activity = activity(name)
    assert (read_key(kind, KEYS[name]) is None) is (KEYS[name] is None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_person_marks_as_well_gives_the_programs_points_alone(language: Language) -> None:
    canvas = activity("canvas")
    full = assess(canvas, page(language, canvas=entry(COMPLETE["canvas"])), None, language)
    assert (full.score.points, full.score.out_of) == (4.0, 4.0)
    assert full.sentence == say(language, "mark.title", title=both("scorecard title")[language], points="4", out_of="4")
    assert lost(assess(canvas, page(language, canvas=entry({"rows": {"nobody": {}}})), None, language), 4)
