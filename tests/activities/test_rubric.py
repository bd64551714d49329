from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities.rubric import RubricFeedback
from course.activities.rubric_comparison import Comparison, to_tenth
from course.answers import merged
from course.errors import AnswerError
from tests.samples import Spec, both, changed, refusal, rubric
from tests.samples.rubrics import graded_rubric_spec, rubric_spec, scaled_rubric_spec, sheet

PRACTICE = rubric("rubric")
GRADED = rubric("graded_rubric")
SCALED = rubric("scaled_rubric")

names = st.sampled_from(["", "LM", "l.m.", "WF", " W F ", "王", "?"])


def sheets_of(items: str, *raters: str) -> st.SearchStrategy[Spec]:
    filled = st.fixed_dictionaries(
        {"rater": st.sampled_from(raters)},
        optional={
            "of": names,
            "by": names,
            "grades": st.one_of(
                st.dictionaries(st.sampled_from(items), st.integers(1, 5)),
                st.fixed_dictionaries({item: st.integers(1, 5) for item in items}),
            ),
            "remark": st.text(max_size=20),
        },
    )
    return st.fixed_dictionaries({"sheets": st.dictionaries(st.sampled_from([f"s{n}" for n in range(20)]), filled, max_size=8)})


practice_answers = sheets_of("abcd", "self", "peer", "trainer")
scaled_answers = sheets_of("abcde", "peer", "trainer")


def told(*sheets: Spec, activity: str = "rubric") -> RubricFeedback:
    """The feedback to these sheets, s1 and so on."""
    kind = rubric(activity)
    result = kind.feedback(kind.read_answer({"sheets": {f"s{n}": one for n, one in enumerate(sheets, start=1)}}))
    assert result is not None
    return result


def compared(*sheets: Spec) -> Comparison:
    found = told(*sheets).comparison
    assert found is not None
    return found


def columns(found: Comparison) -> dict[tuple[str, str], list[float]]:
    """The grades of each voice, by its kind and name, in the order of the sheet."""
    items = sorted(found.items, key=lambda item: item.number)
    return {(voice.kind, voice.by): [item.grades[n] for item in items] for n, voice in enumerate(found.voices)}


# The score.


@given(scaled_answers)
def test_score_is_all_or_nothing_and_grades_do_not_matter(answer: Spec) -> None:
    read = SCALED.read_answer(answer)
    score = SCALED.score(read)
    complete = any(not SCALED.missing(one) for one in read.sheets.values())
    assert type(score.points) is float
    assert (score.points, score.out_of) == (3.0 if complete else 0.0, 3.0)
    assert score.attempted is SCALED.attempted(read)


@given(scaled_answers, st.sampled_from("abcde"), st.integers(1, 5), st.data())
def test_one_more_grade_never_costs_points(answer: Spec, item: str, grade: int, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(answer["sheets"]) or ["s1"]))
    before = answer["sheets"].get(name, {"rater": "peer"})
    more = {"sheets": {**answer["sheets"], name: {**before, "grades": {**before.get("grades", {}), item: grade}}}}
    assert SCALED.score(SCALED.read_answer(more)).points >= SCALED.score(SCALED.read_answer(answer)).points


@pytest.mark.parametrize(
    ("sheets", "points", "attempted"),
    [
        ({}, 0.0, False),
        ({"s1": {"rater": "peer"}}, 0.0, False),
        ({"s1": {"rater": "peer", "by": "WF", "of": "LM", "remark": " \n"}}, 0.0, False),
        ({"s1": sheet("1-")}, 0.0, True),
        ({"s1": {"rater": "peer", "remark": "You looked up."}}, 0.0, True),
        ({"s1": sheet("1-"), "s2": sheet("-5")}, 0.0, True),
        ({"s1": sheet("11")}, 6.0, True),
        ({"s1": sheet("55", "trainer")}, 6.0, True),
        ({"s1": sheet("55"), "s2": sheet("11")}, 6.0, True),
    ],
)
def test_points_are_for_one_complete_sheet(sheets: Spec, points: float, attempted: bool) -> None:
    score = GRADED.score(GRADED.read_answer({"sheets": sheets}))
    assert (score.points, score.out_of, score.attempted) == (points, 6.0, attempted)


def test_the_instructors_points_are_not_the_programs() -> None:
    assert (SCALED.hand_points, SCALED.auto_points) == (80, 3)
    assert (GRADED.hand_points, GRADED.auto_points) == (0, 6)


def test_what_is_open_is_what_the_fullest_sheet_lacks() -> None:
    answer = PRACTICE.read_answer({"sheets": {"s1": sheet("5---"), "s2": sheet("-44-", "self"), "s3": {"rater": "trainer"}}})
    assert PRACTICE.open_items(answer) == ["a", "d"]


# Totals.


def test_a_total_is_the_sum_of_the_grades() -> None:
    result = told(sheet("4434", "self"), sheet("5-55"), sheet("1111"))
    assert [(total.id, total.points, total.out_of, total.groups) for total in result.sheets] == [("s1", 15.0, 20, ()), ("s3", 4.0, 20, ())]


def test_groups_are_scaled_to_their_points_and_rounded_to_one_decimal() -> None:
    [total] = told(sheet("54321"), activity="scaled_rubric").sheets
    assert [(group.id, group.points, group.out_of) for group in total.groups] == [("early", 12.0, 15), ("late", 2.4, 8)]
    assert (total.points, total.out_of) == (14.4, 23)


@given(st.lists(st.integers(1, 5), min_size=17, max_size=17))
def test_the_capstones_four_sheets_make_eighty(grades: list[int]) -> None:
    """M10: five items scaled to 20 and three groups of four, 20 each."""
    ids = [f"i{n}" for n in range(17)]
    parts = {"receive": ids[:5], "understand": ids[5:9], "help": ids[9:13], "retain": ids[13:]}
    activity = rubric(
        "graded_rubric",
        points=80,
        hand=80,
        items=[{"id": name, "text": both(name)} for name in ids],
        groups=[{"id": name, "title": both(name), "items": items, "scaled_to": 20} for name, items in parts.items()],
    )
    answer = activity.read_answer({"sheets": {"s1": {"rater": "trainer", "grades": dict(zip(ids, grades, strict=True))}}})
    result = activity.feedback(answer)
    assert result is not None
    [total] = result.sheets
    assert total.out_of == 80
    assert total.points == pytest.approx(sum(grades[:5]) * 0.8 + sum(grades[5:]))
    assert (activity.auto_points, activity.hand_points) == (0, 80)


@pytest.mark.parametrize(("amount", "parts", "rounded"), [(9, 4, 2.3), (29, 20, 1.5), (2, 3, 0.7), (1, 3, 0.3), (15, 5, 3.0), (0, 7, 0.0)])
def test_a_tenth_is_rounded_half_up(amount: int, parts: int, rounded: float) -> None:
    assert to_tenth(amount, parts) == rounded


@given(scaled_answers)
def test_totals_lie_between_a_fifth_and_all_of_what_there_is(answer: Spec) -> None:
    result = SCALED.feedback(SCALED.read_answer(answer))
    for total in result.sheets if result else ():
        assert total.out_of / 5 <= total.points <= total.out_of
        assert total.points == pytest.approx(sum(group.points for group in total.groups))


def test_nothing_is_said_before_a_sheet_is_complete() -> None:
    assert PRACTICE.feedback(PRACTICE.read_answer({"sheets": {"s1": sheet("555-"), "s2": sheet("-555", "self")}})) is None


# Side by side.


@pytest.mark.parametrize("sheets", [[sheet("4444", "self")], [sheet("4444")], [sheet("4444", "self"), sheet("444-")]])
def test_one_complete_sheet_is_compared_with_nothing(sheets: list[Spec]) -> None:
    assert told(*sheets).comparison is None


def test_two_own_sheets_are_compared_with_nothing() -> None:
    result = told(sheet("4444", "self"), sheet("1111", "self"))
    assert (len(result.sheets), result.comparison, result.left_out) == (2, None, 0)


def test_the_learner_and_one_other_have_a_dot_each() -> None:
    found = compared(sheet("4435", "self"), sheet("4413", by="WF"))
    assert columns(found) == {("self", ""): [4, 4, 3, 5], ("peer", "WF"): [4, 4, 1, 3]}
    assert [(item.number, item.difference, item.talk) for item in found.items] == [(3, 2, True), (4, 2, True), (1, 0, False), (2, 0, False)]


def test_two_others_are_not_averaged_and_need_no_own_sheet() -> None:
    assert columns(compared(sheet("1234"), sheet("2345", "trainer"))) == {("peer", ""): [1, 2, 3, 4], ("trainer", ""): [2, 3, 4, 5]}
    with_own = compared(sheet("5555", "self"), sheet("1234"), sheet("2345", "trainer"))
    assert [voice.kind for voice in with_own.voices] == ["self", "peer", "trainer"]


def test_from_three_others_on_there_is_their_mean_and_their_number() -> None:
    found = compared(sheet("5532", "self"), sheet("1234"), sheet("2244"), sheet("2245", "trainer"))
    assert columns(found) == {("self", ""): [5, 5, 3, 2], ("mean", ""): [1.7, 2, 3.7, 4.3]}
    assert [voice.n for voice in found.voices] == [1, 3]
    assert [(item.number, item.difference, item.talk) for item in found.items] == [
        (1, 3.3, True),
        (2, 3, True),
        (4, 2.3, True),
        (3, 0.7, False),
    ]


def test_three_others_alone_have_their_mean_between_lowest_and_highest() -> None:
    found = compared(sheet("1234"), sheet("2244"), sheet("2245", "trainer"))
    assert columns(found) == {("lowest", ""): [1, 2, 3, 4], ("mean", ""): [1.7, 2, 3.7, 4.3], ("highest", ""): [2, 2, 4, 5]}


def test_three_sheets_of_two_people_are_not_averaged() -> None:
    found = compared(sheet("5555", "self"), sheet("1234", by="WF"), sheet("2234", by="w.f."), sheet("3333", by="LM"))
    assert [(voice.kind, voice.by, voice.number) for voice in found.voices] == [
        ("self", "", None),
        ("peer", "WF", 2),
        ("peer", "w.f.", 3),
        ("peer", "LM", None),
    ]


def test_others_without_a_name_are_told_apart_by_their_sheets_number() -> None:
    found = compared(sheet("1---", "trainer"), sheet("1234"), sheet("4321"))
    assert [(voice.kind, voice.number) for voice in found.voices] == [("peer", 2), ("peer", 3)]


def test_of_two_own_sheets_the_newer_one_is_compared() -> None:
    assert columns(compared(sheet("1111", "self"), sheet("5555", "self"), sheet("4444")))["self", ""] == [5, 5, 5, 5]


@pytest.mark.parametrize(("first", "second"), [("", ""), ("LM", ""), ("LM", " l. m."), ("王芳", "王 芳")])
def test_one_name_or_none_is_one_role_play(first: str, second: str) -> None:
    result = told(sheet("4444", "self"), sheet("3333", of=first), sheet("2222", of=second))
    assert result.comparison is not None
    assert (len(result.comparison.voices), result.left_out) == (3, 0)


def test_sheets_about_different_people_are_kept_apart() -> None:
    mine = told(sheet("4444", "self"), sheet("3333"), sheet("2222", of="LM"), sheet("1111", of="WF"), sheet("1111", of="WF"))
    assert mine.comparison is not None
    assert columns(mine.comparison) == {("self", ""): [4, 4, 4, 4], ("peer", ""): [3, 3, 3, 3]}
    assert mine.left_out == 3
    theirs = told(sheet("4444", "self"), sheet("2222", of="LM"), sheet("1111", of="WF"), sheet("3333", "trainer", of="wf"))
    assert theirs.comparison is not None
    assert columns(theirs.comparison) == {("peer", ""): [1, 1, 1, 1], ("trainer", ""): [3, 3, 3, 3]}
    assert theirs.left_out == 2
    nobody = told(sheet("2222", of="LM"), sheet("1111", of="WF"))
    assert (nobody.comparison, nobody.left_out) == (None, 2)


@given(practice_answers)
def test_a_comparison_averages_nobody_below_three_people(answer: Spec) -> None:
    read = PRACTICE.read_answer(answer)
    result = PRACTICE.feedback(read)
    if result is None or result.comparison is None:
        return
    found = result.comparison
    others = [one for one in read.sheets.values() if one.rater != "self" and not PRACTICE.missing(one)]
    if any(voice.kind == "mean" for voice in found.voices):
        assert len(others) >= 3
        assert all(voice.n >= 3 for voice in found.voices if voice.kind != "self")
    assert len(found.voices) >= 2
    assert sorted(item.number for item in found.items) == [1, 2, 3, 4]
    differences = [item.difference for item in found.items]
    assert differences == sorted(differences, reverse=True)
    for item in found.items:
        assert len(item.grades) == len(found.voices)
        assert all(1 <= grade <= 5 for grade in item.grades)
        assert item.talk is (item.difference >= 2)


# What two pages leave.


def test_sheets_of_two_pages_are_all_kept() -> None:
    base = {"sheets": {"s1": sheet("1111", "self")}}
    mine = {"sheets": {**base["sheets"], "s2": sheet("2222"), "own": sheet("3333", "self")}}
    theirs = {"sheets": {f"t{n}": sheet("4444") for n in range(12)}}
    both_pages = PRACTICE.read_answer(merged(base, mine, {"sheets": {**base["sheets"], **theirs["sheets"]}}))
    assert set(both_pages.sheets) == {"s1", "s2", "own", *theirs["sheets"]}
    result = PRACTICE.feedback(both_pages)
    assert result is not None
    assert len(result.sheets) == 15
    assert result.comparison is not None


def test_sheets_stand_in_the_order_in_which_they_were_made_whatever_merging_does() -> None:
    mine = {"s2": sheet("2222"), "s1": sheet("1111"), "s3": sheet("3333")}
    assert list(PRACTICE.read_answer({"sheets": mine}).sheets) == ["s1", "s2", "s3"]


# What an answer may hold.


@pytest.mark.parametrize("grade", [0, 6, -1, 10**30])
def test_a_grade_outside_names_its_item(grade: int) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer({"sheets": {"s1": {"rater": "peer", "grades": {"c": grade}}}})
    assert (caught.value.sentence, caught.value.values["item"]) == ("value_outside", "c")


@pytest.mark.parametrize(
    ("sheets", "where"),
    [
        ({"s1": {}}, "rater"),
        ({"s1": {"rater": "boss"}}, "rater"),
        ({"s1": {"rater": "peer", "grades": {"a": True}}}, "grades"),
        ({"s1": {"rater": "peer", "grades": {"a": 3.5}}}, "grades"),
        ({"s1": {"rater": "peer", "grades": {"a": "5"}}}, "grades"),
        ({"s1": {"rater": "peer", "of": "x" * 41}}, "of"),
        ({"s1": {"rater": "peer", "by": "x" * 41}}, "by"),
        ({"s1": {"rater": "peer", "remark": "x" * 2001}}, "remark"),
        ({"s1": {"rater": "peer", "points": 25}}, "points"),
        ({"1": {"rater": "peer"}}, "sheets"),
        ({"": {"rater": "peer"}}, "sheets"),
        ({"s" * 41: {"rater": "peer"}}, "sheets"),
        ({"__proto__": {"rater": "peer"}}, "sheets"),
        ({f"s{n}": {"rater": "peer"} for n in range(101)}, "sheets"),
        ([sheet("4444")], "sheets"),
    ],
)
def test_what_is_no_sheet_is_refused(sheets: Any, where: str) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer({"sheets": sheets})
    assert caught.value.sentence == "malformed_answer"
    assert where in str(caught.value.values["item"])


def test_a_rater_who_is_not_asked_is_refused() -> None:
    with pytest.raises(AnswerError) as caught:
        GRADED.read_answer({"sheets": {"s1": sheet("55", "self")}})
    assert (caught.value.sentence, caught.value.values["item"]) == ("value_outside", "self")


# What an author may write.


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("items", [], "items"),
        ("items", [{"id": f"i{n}", "text": both("x")} for n in range(26)], "items"),
        ("items.1.id", "a", "items: used twice: a"),
        ("items.1.id", "A", "items.1.id"),
        ("items.1.right", True, "items.1.right"),
        ("grades", {}, "grades: give anchors"),
        ("grades.levels", [both("one")], "grades: levels: give five"),
        ("grades.anchors", {"first": both("none")}, "grades.anchors.last"),
        ("raters", [], "raters"),
        ("raters", ["peer", "peer"], "raters: used twice: peer"),
        ("raters", ["boss"], "raters.0"),
        ("most_sheets", 0, "most_sheets"),
        ("most_sheets", 13, "most_sheets"),
        ("hand", 1, "hand"),
        ("hand", -1, "hand"),
    ],
)
def test_a_rubric_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(rubric_spec(), path, value)).startswith(field)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("groups.1.items", ["d"], "groups"),
        ("groups.1.items", ["d", "e", "a"], "groups"),
        ("groups.1.items", ["d", "nobody"], "groups"),
        ("groups.1.id", "early", "groups: used twice: early"),
        ("groups.1.scaled_to", 0, "groups.1.scaled_to"),
        ("hand", 84, "hand"),
    ],
)
def test_groups_that_do_not_hold_are_refused_with_their_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(scaled_rubric_spec(), path, value)).startswith(field)


def test_a_self_rating_is_not_handed_in(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**graded_rubric_spec(), "raters": ["self", "peer"]}).startswith("raters: a self-rating is private")


def test_the_words_of_the_ends_come_from_the_levels_where_there_are_no_anchors() -> None:
    assert PRACTICE.grades.ends.first.en == "level 1-en"
    assert PRACTICE.grades.ends.last.en == "level 5-en"
    assert [bool(word) for word in GRADED.grades.words] == [True, False, False, False, True]


def test_a_chart_is_drawn_where_there_can_be_two_sheets() -> None:
    assert PRACTICE.draws
    assert not rubric("rubric", most_sheets=1).draws
