from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from course import catalog, places
from course.activities import ScorecardAnswer
from course.activities.scorecard import MOST_KEPT
from course.activities.scorecard_curve import Curve
from course.answers import merged
from course.errors import AnswerError, KeyError_
from tests.samples import COMPLETE, Spec, both, changed, refusal, scorecard, without
from tests.samples.scorecards import canvas_spec, graded_scorecard_spec, ideas_spec, scorecard_spec

PRACTICE = scorecard("scorecard")
GRADED = scorecard("graded_scorecard")
IDEAS = scorecard("ideas")
CANVAS = scorecard("canvas")
BLANKS = ["", " ", "\n\t", "\u3000", "\u200b\ufeff"]


def of(rows: Spec, *order: str) -> ScorecardAnswer:
    answer: ScorecardAnswer = PRACTICE.read_answer({"rows": rows, "order": list(order)})
    return answer


def row(moment: str = "paying", channel: str = "face", score: str = "1", **more: str) -> dict[str, str]:
    """A row of the learner's own, complete unless something is taken out."""
    return {"moment": moment, "channel": channel, "score": score, **more}


def ideas(*texts: str) -> ScorecardAnswer:
    answer: ScorecardAnswer = IDEAS.read_answer({"rows": {f"r{n}": {"idea": text} for n, text in enumerate(texts)}})
    return answer


# Which rows there are.


def test_seeds_stand_there_without_being_stored() -> None:
    assert PRACTICE.row_ids(of({})) == ["s1", "s2"]
    assert PRACTICE.shown(of({}), "s1", "channel") == "machine"
    assert [PRACTICE.shown(of({}), "s1", "moment").of(language) for language in ("zh", "en")] == ["seed s1·中", "seed s1-en"]  # type: ignore[union-attr]


def test_an_edited_cell_of_a_seed_leaves_its_other_cells() -> None:
    answer = of({"s1": {"channel": "face"}})
    assert PRACTICE.shown(answer, "s1", "channel") == "face"
    assert PRACTICE.shown(answer, "s1", "moment") == PRACTICE.shown(of({}), "s1", "moment")


def test_an_emptied_cell_of_a_seed_stays_empty() -> None:
    assert PRACTICE.shown(of({"s1": {"moment": ""}}), "s1", "moment") == ""


def test_a_removed_seed_stays_removed() -> None:
    assert PRACTICE.row_ids(of({"s1": None, "r1": row()}, "s1", "r1", "s2")) == ["r1", "s2"]


def test_rows_that_the_order_lacks_come_last_and_ids_without_a_row_are_passed_over() -> None:
    assert PRACTICE.row_ids(of({"r1": {}, "r2": {}}, "r2", "gone", "s2")) == ["r2", "s2", "s1", "r1"]


def test_two_pages_that_both_add_a_row_keep_both() -> None:
    base = of({"r1": row("a")}, "s1", "s2", "r1").model_dump(mode="json")
    mine = of({"r1": row("a"), "r2": row("b")}, "s1", "s2", "r1", "r2").model_dump(mode="json")
    theirs = of({"r1": row("changed"), "r3": row("c"), "s1": None}, "s2", "r1", "r3").model_dump(mode="json")
    both_ = PRACTICE.read_answer(merged(base, mine, theirs))
    assert PRACTICE.row_ids(both_) == ["s2", "r1", "r2", "r3"]
    assert PRACTICE.shown(both_, "r1", "moment") == "changed"


def test_rows_of_two_full_pages_are_an_answer_still() -> None:
    first, second = ({f"{page}{n}": row(f"{page} {n}") for n in range(40)} for page in "ab")
    answer = of({**first, **second})
    assert len(PRACTICE.row_ids(answer)) == 82
    assert PRACTICE.counting(answer) == 80
    assert PRACTICE.score(answer).points == 0.0


def test_the_rows_of_a_form_are_its_seeds_whatever_an_answer_says() -> None:
    answer = CANVAS.read_answer({"rows": {"what": {"mine": "x"}, "who": None}, "order": ["what", "gone"]})
    assert CANVAS.row_ids(answer) == ["who", "what"]


# What a cell holds.


@pytest.mark.parametrize(("column", "text"), [("wait", "long"), ("wait", "700"), ("by", "next week"), ("score", "7")])
def test_what_cannot_be_read_is_kept_as_typed_and_named(column: str, text: str) -> None:
    answer = of({"r1": row(**{column: text})})
    assert PRACTICE.shown(answer, "r1", column) == text
    [verdict] = PRACTICE.verdicts(answer)
    assert (verdict.unreadable, verdict.missing) == ((column,), ())


# Which rows count.


def test_a_complete_row_counts_and_an_optional_cell_is_not_missed() -> None:
    assert PRACTICE.counting(of({"r1": row()})) == 1


@pytest.mark.parametrize("column", ["moment", "channel", "score"])
def test_a_required_cell_that_is_empty_keeps_the_row_from_counting(column: str) -> None:
    [verdict] = PRACTICE.verdicts(of({"r1": row(**{column: ""}, wait="5")}))
    assert (verdict.counts, verdict.missing, verdict.unreadable) == (False, (column,), ())


def test_white_space_is_an_empty_cell() -> None:
    for blank in BLANKS:
        assert PRACTICE.verdicts(of({"r1": row(blank)}))[0].missing == ("moment",)
        assert not PRACTICE.attempted(of({"r1": row(blank, channel="", score=blank)}))


def test_an_unreadable_required_cell_keeps_the_row_from_counting_and_an_optional_one_does_not() -> None:
    assert PRACTICE.counting(of({"r1": row(score="9")})) == 0
    assert PRACTICE.counting(of({"r1": row(wait="long")})) == 1


def test_an_untouched_seed_does_not_count_and_a_completed_one_does() -> None:
    assert PRACTICE.verdicts(of({})) == []
    assert PRACTICE.counting(of({"s1": {"score": "-1"}})) == 1


@pytest.mark.parametrize("cells", [{"moment": "SEED s1 — EN"}, {"moment": "seed s1·中"}, {"channel": "machine"}, {"moment": " "}, {}])
def test_what_a_seed_says_anyway_is_nothing_of_the_learners_own(cells: Spec) -> None:
    answer = of({"s1": cells})
    assert not PRACTICE.touched(answer, "s1")
    assert not PRACTICE.attempted(answer)


def test_of_rows_that_say_the_same_the_first_counts_and_the_other_names_it() -> None:
    answer = of({"r1": row("Paying at the till"), "r2": row("paying, at the ＴＩＬＬ !"), "r3": row("leaving")}, "r2", "r1", "r3")
    assert [(verdict.id, verdict.counts, verdict.same_as) for verdict in PRACTICE.verdicts(answer)] == [
        ("r2", True, None),
        ("r1", False, "r2"),
        ("r3", True, None),
    ]


@pytest.mark.parametrize("text", ["seed s1·中", "Seed s1 – EN"])
def test_a_row_that_says_what_a_completed_seed_says_in_either_language_is_the_same(text: str) -> None:
    verdicts = PRACTICE.verdicts(of({"s1": {"score": "1"}, "r1": row(text)}))
    assert [verdict.same_as for verdict in verdicts] == [None, "s1"]


def test_an_incomplete_row_takes_nothing_from_one_that_says_the_same() -> None:
    verdicts = PRACTICE.verdicts(of({"r1": row(score=""), "r2": row()}, "r1", "r2"))
    assert [(verdict.counts, verdict.same_as) for verdict in verdicts] == [(False, None), (True, None)]


@pytest.mark.parametrize(("name", "more"), [("canvas", {"distinct": "mine"}), ("ideas", {"fixed": True, "most": 2})])
def test_what_a_form_says_twice_is_still_open(name: str, more: Spec) -> None:
    seeds = [{"id": row, "cells": {"topic": both(row)} if name == "canvas" else {}} for row in ("who", "what")]
    activity = scorecard(name, **more, seeds=seeds)
    cell = "mine" if name == "canvas" else "idea"
    twice = activity.read_answer({"rows": {"who": {cell: "families"}, "what": {cell: "Families!"}}})
    assert (activity.counting(twice), activity.open_items(twice)) == (1, [f"what.{cell}"])


def test_without_a_distinct_column_equal_rows_both_count() -> None:
    activity = scorecard("scorecard", distinct=None)
    assert activity.counting(of({"r1": row(), "r2": row()})) == 2


def test_a_brainstorm_counts_distinct_ideas() -> None:
    assert IDEAS.brainstorm
    assert IDEAS.counting(ideas("ring him", "write", "Ring him!", " ", "send a cake")) == 3
    assert not PRACTICE.brainstorm
    assert not CANVAS.brainstorm


def test_a_row_of_a_form_counts_with_the_learners_own_required_cells() -> None:
    counting = [CANVAS.counting(CANVAS.read_answer({"rows": {"who": cells}})) for cells in ({}, {"proof": "x"}, {"mine": "x"})]
    assert counting == [0, 0, 1]


def test_a_seeded_number_with_another_sign_is_the_learners_own() -> None:
    seeded = scorecard("scorecard", seeds=[{"id": "s1", "cells": {"moment": both("x"), "channel": "face", "score": -2}}])
    assert [seeded.touched(of({"s1": {"score": score}}), "s1") for score in ("-2", " -2 ", "2")] == [False, False, True]


# What is still open.


def test_open_items_of_a_table_are_the_rows_still_wanted() -> None:
    assert PRACTICE.open_items(of({})) == ["row_1", "row_2", "row_3"]
    assert PRACTICE.open_items(of({"r1": row(), "r2": row("leaving", score="")})) == ["row_2", "row_3"]
    assert PRACTICE.open_items(of({f"r{n}": row(str(n)) for n in range(5)})) == []


def test_open_items_of_a_form_are_its_cells() -> None:
    assert CANVAS.open_items(CANVAS.read_answer({})) == ["who.mine", "what.mine"]
    assert CANVAS.open_items(CANVAS.read_answer({"rows": {"who": {"mine": "x"}, "what": {"proof": "y"}}})) == ["what.mine"]


@pytest.mark.parametrize(
    "answer",
    [{}, {"asked": True}, {"rows": {"r1": {}}}, {"rows": {"s1": None}}, {"rows": {"r1": {"moment": "\t"}}}, {"order": ["s2", "s1"]}],
)
def test_rows_without_a_word_are_no_attempt(answer: Spec) -> None:
    assert not PRACTICE.attempted(PRACTICE.read_answer(answer))


# Points.


def test_points_go_by_complete_rows_up_to_the_least() -> None:
    points = [GRADED.score(of({f"r{n}": row(str(n)) for n in range(rows)})).points for rows in range(6)]
    assert points == [0.0, 2.67, 5.33, 8.0, 8.0, 8.0]


def test_a_person_gives_the_rest() -> None:
    assert (CANVAS.points, CANVAS.auto_points, CANVAS.hand_points) == (12, 4, 8)
    half = CANVAS.score(CANVAS.read_answer({"rows": {"who": {"mine": "x"}}}))
    assert (half.points, half.out_of, [part.name for part in half.parts]) == (2.0, 4.0, ["rows"])
    plan = scorecard("graded_scorecard", hand=8)
    assert (plan.auto_points, plan.hand_points) == (0, 8)


def test_nothing_of_ones_own_is_not_attempted() -> None:
    score = GRADED.score(of({"s1": None, "r1": {}}))
    assert (score.points, score.out_of, score.attempted, score.parts) == (0.0, 8.0, False, ())


def test_a_begun_row_is_an_attempt() -> None:
    assert GRADED.score(of({"r1": {"moment": "x"}})).attempted


def test_a_table_has_no_key() -> None:
    with pytest.raises(KeyError_, match="has no key"):
        GRADED.read_own_key({"rows": 3})


cell = st.one_of(st.sampled_from(["", " ", "a", "A!", "b", "machine", "face", "1", "-2", "9", "soon", "2025-03-01"]), st.text(max_size=8))
cells = st.dictionaries(st.sampled_from(["moment", "score", "wait", "by"]), cell)
some_rows = st.dictionaries(st.sampled_from(["s1", "s2", "r1", "r2", "r3", "r4"]), st.one_of(st.none(), cells))
some_order = st.lists(st.sampled_from(["s1", "s2", "r1", "r2", "r3", "r4", "gone"]), unique=True)


@given(some_rows, some_order)
@example({"r1": row("a"), "r2": row("A!")}, ["r2", "r1"])
def test_points_lie_between_0_and_the_points_and_follow_the_rows_that_count(rows: Spec, order: list[str]) -> None:
    answer = of(rows, *order)
    score = GRADED.score(answer)
    assert type(score.points) is float
    assert 0.0 <= score.points <= score.out_of == 8.0
    assert score.points == round(8.0 * min(GRADED.counting(answer), 3) / 3, 2)
    assert len(GRADED.open_items(answer)) == 3 - min(GRADED.counting(answer), 3)


@given(some_rows, some_order)
def test_a_complete_row_more_never_costs_points(rows: Spec, order: list[str]) -> None:
    assert GRADED.score(of({**rows, "r9": row("something new")}, *order)).points >= GRADED.score(of(rows, *order)).points


@given(some_rows, some_order)
def test_the_order_of_rows_changes_no_points(rows: Spec, order: list[str]) -> None:
    assert GRADED.score(of(rows, *order)).points == GRADED.score(of(rows)).points


@given(some_rows, some_order)
def test_every_row_stands_there_once(rows: Spec, order: list[str]) -> None:
    ids = GRADED.row_ids(of(rows, *order))
    assert sorted(ids) == sorted({"s1", "s2", *rows} - {row for row, cells in rows.items() if cells is None})


# The curve.


def curve(*scores: str) -> Curve:
    """The curve over rows r0, r1, … with these scores."""
    found = scorecard("scorecard", seeds=[]).journey(of({f"r{n}": row(f"moment {n}", score=score) for n, score in enumerate(scores)}))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("scores", "peak"),
    [
        (["1", "-2", "1"], "r1"),
        (["3", "-2", "1"], "r0"),
        (["3", "-3", "1"], "r1"),  # as strong, but bad
        (["-2", "1", "-2"], "r2"),  # the later of two
        (["0", "1", "0"], "r1"),
    ],
)
def test_the_peak_is_the_strongest_moment_good_or_bad(scores: list[str], peak: str) -> None:
    found = curve(*scores).peak
    assert found is not None
    assert found.id == peak


def test_where_all_is_0_there_is_no_peak() -> None:
    assert curve("0", "0").peak is None


def test_the_end_is_the_last_moment_with_a_score() -> None:
    found = curve("1", "-2", "", "x")
    assert (found.end.id, found.end.number, [moment.id for moment in found.moments]) == ("r1", 2, ["r0", "r1"])


def test_moments_at_the_threshold_or_less_are_listed_in_their_order() -> None:
    assert [moment.id for moment in curve("-1", "0", "-3", "2", "-2").low] == ["r0", "r2", "r4"]
    assert curve("0", "1").low == ()


@pytest.mark.parametrize("rows", [{}, {"s1": {"score": "1"}}, {"s1": {"score": "1"}, "s2": {"score": "9"}}])
def test_one_score_makes_no_curve(rows: Spec) -> None:
    assert PRACTICE.journey(of(rows)) is None


def test_a_curve_names_a_seed_in_both_languages_and_counts_every_row() -> None:
    found = PRACTICE.journey(of({"r1": row("mine", score=""), "s2": {"score": "1"}, "r2": row("", score="2")}, "s1", "r1", "s2", "r2"))
    assert found is not None
    assert [(moment.number, moment.label) for moment in found.moments] == [(3, PRACTICE.shown(of({}), "s2", "moment")), (4, "")]


def test_only_a_table_with_a_curve_draws() -> None:
    assert (PRACTICE.draws, CANVAS.draws) == (True, False)
    assert CANVAS.journey(CANVAS.read_answer(COMPLETE["canvas"])) is None


# What the learner reads at once.


def test_the_example_is_shown_when_asked_for_and_never_in_an_exercise() -> None:
    shown = [PRACTICE.feedback(PRACTICE.read_answer({"asked": asked})) for asked in (False, True)]
    assert shown[0] is None
    assert shown[1] is not None
    assert shown[1].sample == PRACTICE.sample
    assert PRACTICE.for_learner()["has_example"] is True
    assert GRADED.for_learner()["has_example"] is False
    assert GRADED.feedback(GRADED.read_answer({"asked": True})) is None


def test_feedback_counts_the_complete_rows_and_names_what_is_missing() -> None:
    result = GRADED.feedback(of({"r1": row(), "r2": row("leaving", score="")}, "r1", "r2"))
    assert result is not None
    assert result.counting == 1
    assert [(verdict.id, verdict.missing) for verdict in result.rows] == [("r1", ()), ("r2", ("score",))]


# Answers that do not fit.


@pytest.mark.parametrize(
    ("answer", "item", "sentence"),
    [
        ({"rows": {"r1": {"nobody": "x"}}}, "nobody", "unknown_item"),
        ({"rows": {"r1": {"channel": "boat"}}}, "boat", "unknown_item"),
        ({"rows": {"s1": {"channel": "boat"}}}, "boat", "unknown_item"),
        ({"order": ["s1", "s1"]}, "s1", "doubled_item"),
        ({"rows": {"r1": {"moment": "x" * 2001}}}, "rows.r1.moment", "malformed_answer"),
        ({"rows": {"r1": {"moment": 5}}}, "rows.r1.moment", "malformed_answer"),
        ({"rows": {"r1": {"score": -2}}}, "rows.r1.score", "malformed_answer"),
        ({"rows": {"r1": []}}, "rows.r1", "malformed_answer"),
        ({"rows": []}, "rows", "malformed_answer"),
        ({"rows": {f"r{n}": {} for n in range(MOST_KEPT + 1)}}, "rows", "malformed_answer"),
        ({"rows": {"r1": {f"c{n}": "" for n in range(9)}}}, "rows.r1", "malformed_answer"),
        ({"order": [f"r{n}" for n in range(MOST_KEPT + 1)]}, "order", "malformed_answer"),
        ({"asked": "yes"}, "asked", "malformed_answer"),
    ],
)
def test_what_does_not_fit_is_named(answer: Spec, item: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer(answer)
    assert caught.value.sentence == sentence
    assert caught.value.values == {"activity": "m01.scorecard", "item": item}


@pytest.mark.parametrize("name", ["", "Row", "r 1", "1r", "r" * 41, "__proto__", "r\n", "行"])
def test_row_ids_are_plain(name: str) -> None:
    for answer in ({"rows": {name: {}}}, {"order": [name]}):
        with pytest.raises(AnswerError):
            PRACTICE.read_answer(answer)


@pytest.mark.parametrize(
    ("rows", "item", "sentence"),
    [({"nobody": {"mine": "x"}}, "nobody", "unknown_item"), ({"who": {"topic": "x"}}, "who.topic", "value_outside")],
)
def test_a_form_takes_no_other_rows_and_keeps_its_own_words(rows: Spec, item: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        CANVAS.read_answer({"rows": rows})
    assert (caught.value.sentence, caught.value.values["item"]) == (sentence, item)


def test_two_thousand_characters_and_forty_rows_are_taken() -> None:
    answer = of({f"r{n}": row("字" * 2000) for n in range(40)})
    assert answer.rows["r39"] == row("字" * 2000)


@given(st.text(max_size=100))
def test_a_text_is_kept_to_the_letter(text: str) -> None:
    assert of({"r1": {"moment": text, "score": text, "by": text}}).rows["r1"] == {"moment": text, "score": text, "by": text}


@given(some_rows, some_order)
def test_a_saved_answer_is_read_back_the_same(rows: Spec, order: list[str]) -> None:
    answer = of(rows, *order)
    assert PRACTICE.read_answer(answer.model_dump(mode="json")) == answer


@given(some_rows, some_rows, some_rows, some_order, some_order)
def test_a_merge_of_two_answers_is_an_answer(base: Spec, mine: Spec, theirs: Spec, first: list[str], second: list[str]) -> None:
    one, two, three = (of(rows, *order).model_dump(mode="json") for rows, order in ((base, first), (mine, first), (theirs, second)))
    assume(two != three)
    together = PRACTICE.read_answer(merged(one, two, three))
    assert len(PRACTICE.row_ids(together)) == len(set(PRACTICE.row_ids(together)))


# Specifications that do not hold.

SEED = {"id": "s1", "cells": {"moment": both("x")}}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("columns", [], "columns"),
        ("columns", [{"id": f"c{n}", "title": both("x"), "type": "text"} for n in range(9)], "columns"),
        ("columns.1.id", "moment", "columns: ids used twice: moment"),
        ("columns.0.type", "picture", "columns.0.type"),
        ("columns.0.title", {"zh": "只有中文"}, "columns.0.title.en: the English text is missing"),
        ("columns.0.colour", "red", "columns.0.colour: is not a field"),
        ("columns.0.rows", 0, "columns.0.rows"),
        ("columns.0.rows", 13, "columns.0.rows"),
        ("columns.0.lowest", 1, "columns.0: lowest, highest and unit: only for a number"),
        ("columns.0.options", [{"id": "a", "text": both("a")}], "columns.0: options"),
        ("columns.1.options", [{"id": "a", "text": both("a")}], "columns.1: options: a choice needs at least two"),
        ("columns.1.options.1.id", "machine", "columns.1: options: ids used twice: machine"),
        ("columns.1.rows", 2, "columns.1: rows: only for a text"),
        ("columns.1.unit", both("x"), "columns.1: lowest, highest and unit"),
        ("columns.2.lowest", 3, "columns.2: lowest and highest"),
        ("columns.2.lowest", 0, "curve.value"),
        ("columns.2.lowest", 0.5, "columns.2.lowest"),
        ("least", 0, "least"),
        ("least", 7, "least: may not exceed most"),
        ("most", 41, "most"),
        ("seeds.1.id", "s1", "seeds: ids used twice: s1"),
        ("seeds", [{"id": f"s{n}", "cells": {}} for n in range(7)], "seeds: there may be 6 at most"),
        ("seeds.0.cells.nobody", both("x"), "seeds.s1.cells.nobody: there is no such column"),
        ("seeds.0.cells.channel", both("x"), "seeds.s1.cells.channel: a text column wants zh and en"),
        ("seeds.0.cells.moment", "x", "seeds.s1.cells.moment: a text column wants zh and en"),
        ("seeds.0.cells.channel", "boat", "seeds.s1.cells.channel: 'boat' is not what a choice column holds"),
        ("seeds.0.cells.score", 4, "seeds.s1.cells.score: 4 is not what a number column holds"),
        ("seeds.0.cells.by", "soon", "seeds.s1.cells.by: 'soon' is not what a date column holds"),
        ("seeds.0.cells.moment", {"zh": "只有中文"}, "seeds.0.cells.moment.Text.en: the English text is missing"),
        ("fixed", True, "fixed: the seeds are the rows"),
        ("columns.2.lowest", -(10**30), "columns.2.lowest"),  # a view could not even count so many numbers
        ("columns.2.highest", 10**400, "columns.2.highest"),
        ("distinct", "nobody", "distinct"),
        ("distinct", "channel", "distinct"),
        ("curve.value", "moment", "curve.value"),
        ("curve.value", "wait", "curve.value"),
        ("curve.value", "nobody", "curve.value"),
        ("curve.label", "score", "curve.label"),
        ("curve.threshold", -4, "curve.threshold"),
        ("hand", 1, "hand: may not exceed points"),
        ("hand", -1, "hand"),
        ("points", 20, "sample: the model answer of a graded table belongs into solutions/"),
        ("sample", {"en": "English only"}, "sample.zh: the Chinese text is missing"),
        ("row_name", "moment", "row_name"),
    ],
)
def test_a_table_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(scorecard_spec(), path, value)).startswith(field)


@pytest.mark.parametrize("field", ["row_name", "columns", "least", "most"])
def test_what_is_required_is_named(tmp_path: Path, field: str) -> None:
    assert refusal(tmp_path, without(scorecard_spec(), field)) == f"{field}: is missing; add it"


def test_a_number_needs_both_its_ends(tmp_path: Path) -> None:
    assert refusal(tmp_path, without(scorecard_spec(), "columns.2.highest")).startswith("columns.2: lowest and highest")


def test_something_must_be_required(tmp_path: Path) -> None:
    assert refusal(tmp_path, changed(ideas_spec(), "columns.0.required", False)).startswith("columns: at least one must be required")


def test_a_distinct_column_must_be_required(tmp_path: Path) -> None:
    assert refusal(tmp_path, changed(scorecard_spec(), "columns.0.required", False)).startswith("distinct")


def test_a_form_is_told_apart_by_what_the_learner_fills(tmp_path: Path) -> None:
    spec = {**canvas_spec(), "distinct": "topic"}
    assert refusal(tmp_path, spec) == "distinct: must name a column of the form that the learner fills"


def test_every_row_of_a_form_leaves_something_to_do(tmp_path: Path) -> None:
    assert refusal(tmp_path, changed(canvas_spec(), "seeds.1.cells.mine", both("x"))).startswith("seeds.what: leave at least one")


def test_a_persons_points_are_part_of_the_points(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**graded_scorecard_spec(), "hand": 9}).startswith("hand")


def test_seeds_may_hold_every_type_of_cell(tmp_path: Path) -> None:
    cells = {"moment": both("x"), "channel": "face", "score": -2, "wait": 5, "by": date(2025, 3, 1)}
    path = tmp_path / "m01" / "seeded.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump({**scorecard_spec(), "seeds": [{"id": "s1", "cells": cells}]}, allow_unicode=True), encoding="utf-8")
    activity = catalog.read_activity(path)
    assert activity.for_learner()["seeds"][0]["cells"] == {  # type: ignore[index]
        "moment": PRACTICE.seeds[0].cells["moment"].model_validate(both("x")),  # type: ignore[union-attr]
        "channel": "face",
        "score": "-2",
        "wait": "5",
        "by": "2025-03-01",
    }


def test_the_skeleton_and_the_gallery_hold(tmp_path: Path) -> None:
    path = tmp_path / "m01" / "new.yaml"
    path.parent.mkdir()
    shutil.copy(places.PACKAGE / "authoring" / "skeletons" / "scorecard.yaml", path)
    assert {catalog.read_activity(path).kind, catalog.activity("gallery.scorecard").kind} == {"scorecard"}
