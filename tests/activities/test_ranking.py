from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from course.activities import Ranking, RankingAnswer
from course.activities.ranking import RankingFeedback, RankingNotes, balanced_accuracy, order_share, ordered_pairs, ranks_of
from course.errors import AnswerError, KeyError_
from tests.samples import COMPLETE, RANKING_KEY, Spec, both, changed, ranking, refusal
from tests.samples.rankings import graded_ranking_spec, notes_spec, ranking_spec

PRACTICE = ranking("ranking")
GRADED = ranking("graded_ranking")
NOTES = ranking("notes")
TIERS = RANKING_KEY["order"]
LETTERS = "abcdefghijkl"


@st.composite
def tiers(draw: st.DrawFn, least: int = 3, ids: str | None = None) -> list[list[str]]:
    """A key: all ids in two tiers or more."""
    items = draw(st.permutations(ids or LETTERS[: draw(st.integers(least, 12))]))
    cuts = sorted(draw(st.sets(st.integers(1, len(items) - 1), min_size=1)))
    return [list(items[a:b]) for a, b in zip([0, *cuts], [*cuts, len(items)], strict=True)]


def some_of(ids: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """An order in which any number of items is placed."""
    return st.tuples(st.permutations(ids), st.integers(0, len(ids))).map(lambda drawn: list(drawn[0][: drawn[1]]))


answers = st.fixed_dictionaries(
    {"order": some_of("abcd"), "tags": st.dictionaries(st.sampled_from("abcd"), st.booleans()), "compared": st.booleans()}
)
keys = st.fixed_dictionaries({"order": tiers(ids="abcd"), "can": st.lists(st.sampled_from("abcd"), min_size=1, max_size=3)})


def of(**answer: Any) -> RankingAnswer:
    read: RankingAnswer = PRACTICE.read_answer(answer)
    return read


def compared(order: str, can: str = "ab") -> RankingFeedback:
    result = PRACTICE.feedback(of(order=list(order), tags={c: c in can for c in "abcd"}, compared=True))
    assert isinstance(result, RankingFeedback)
    return result


# The share of the order.


@given(st.data())
def test_without_ties_and_with_all_placed_the_share_is_kendalls_tau_cut_off_at_0(data: st.DataObject) -> None:
    ids = LETTERS[: data.draw(st.integers(3, 12))]
    key, order = data.draw(st.permutations(ids)), data.draw(st.permutations(ids))
    tau = float(kendalltau([key.index(c) for c in ids], [order.index(c) for c in ids]).statistic)
    assert math.isclose(order_share(order, [[c] for c in key]), max(0.0, tau), abs_tol=1e-12)


@given(st.data())
def test_share_is_concordant_minus_discordant_over_all_pairs_of_the_key(data: st.DataObject) -> None:
    key = data.draw(tiers())
    order = data.draw(some_of([c for tier in key for c in tier]))
    ranks = ranks_of(key)
    signs = [1 if ranks[x] < ranks[y] else -1 for n, x in enumerate(order) for y in order[n + 1 :] if ranks[x] != ranks[y]]
    pairs = sum(ranks[x] < ranks[y] for x in ranks for y in ranks)
    assert len(ordered_pairs(key)) == pairs
    assert order_share(order, key) == max(0, sum(signs)) / pairs


@pytest.mark.parametrize(
    ("order", "share"),
    [("abcd", 1), ("abc", 3 / 6), ("ab", 1 / 6), ("ad", 1 / 6), ("a", 0), ("", 0), ("dcba", 0), ("bacd", 4 / 6), ("ba", 0), ("bac", 1 / 6)],
)
def test_pairs_with_an_unplaced_item_stay_in_and_add_nothing(order: str, share: float) -> None:
    assert order_share(list(order), [["a"], ["b"], ["c"], ["d"]]) == share


@given(tiers(), st.data())
def test_order_within_a_tier_is_free_on_both_sides(key: list[list[str]], data: st.DataObject) -> None:
    order = [c for tier in key for c in data.draw(st.permutations(tier))]
    turned = [list(data.draw(st.permutations(tier))) for tier in key]
    assert order_share(order, key) == order_share(order, turned) == 1.0


@given(tiers())
def test_wrong_way_round_is_0_and_never_less(key: list[list[str]]) -> None:
    share = order_share([c for tier in reversed(key) for c in tier], key)
    assert share == 0.0
    assert type(share) is float


# Balanced accuracy of the tags.


@pytest.mark.parametrize(
    ("given_tags", "accuracy"),
    [
        ({"a": True, "b": True, "c": False, "d": False}, 1),
        ({"a": True, "b": False, "c": False, "d": False}, 0.75),
        ({"a": True, "b": True, "c": True, "d": True}, 0.5),
        ({"a": False, "b": False, "c": False, "d": False}, 0.5),
        ({"a": True, "b": True}, 0.5),
        ({"a": True}, 0.25),
        ({"a": False, "b": False, "c": True, "d": True}, 0),
        ({}, 0),
    ],
)
def test_balanced_accuracy_is_the_mean_of_the_two_shares(given_tags: dict[str, bool], accuracy: float) -> None:
    assert balanced_accuracy(given_tags, {"a": True, "b": True, "c": False, "d": False}) == accuracy


def test_tagging_everything_the_same_is_worth_half_however_uneven_the_truth() -> None:
    truth = {c: c == "a" for c in LETTERS}
    assert balanced_accuracy(dict.fromkeys(LETTERS, False), truth) == 0.5


@given(st.dictionaries(st.sampled_from(LETTERS), st.booleans(), min_size=2), st.data())
def test_balanced_accuracy_lies_between_0_and_1_and_turns_round_with_the_tags(truth: dict[str, bool], data: st.DataObject) -> None:
    assume(len(set(truth.values())) == 2)
    tags = {c: data.draw(st.booleans()) for c in truth}
    share = balanced_accuracy(tags, truth)
    assert 0.0 <= share <= 1.0
    assert math.isclose(share + balanced_accuracy({c: not tag for c, tag in tags.items()}, truth), 1.0)


# The score.


@given(answers, keys, st.integers(1, 100), st.data())
def test_score_is_a_float_between_0_and_the_points(answer: Spec, key: Spec, points: int, data: st.DataObject) -> None:
    activity = ranking("graded_ranking", points=points, tag_points=data.draw(st.integers(0, points)))
    score = activity.score(activity.read_answer(answer), activity.read_own_key(key))
    assert type(score.points) is float
    assert type(score.out_of) is float
    assert 0.0 <= score.points <= score.out_of == points
    assert all(0.0 <= part.points <= part.out_of for part in score.parts)
    assert score.attempted == bool(answer["order"] or answer["tags"])


@given(answers, st.data())
def test_order_of_items_of_tags_and_of_tier_members_does_not_matter(answer: Spec, data: st.DataObject) -> None:
    score = GRADED.score(GRADED.read_answer(answer), GRADED.read_own_key(RANKING_KEY))
    other = ranking("graded_ranking", items=data.draw(st.permutations(graded_ranking_spec()["items"])))
    tags = dict(data.draw(st.permutations(sorted(answer["tags"].items()))))
    key = {
        "order": [data.draw(st.permutations(tier)) for tier in TIERS],
        "can": data.draw(st.permutations(RANKING_KEY["can"])),
    }
    assert other.score(other.read_answer({**answer, "tags": tags}), other.read_own_key(key)) == score


def test_all_right_is_full_points_in_both_parts() -> None:
    score = GRADED.score(GRADED.read_answer(COMPLETE["graded_ranking"]), GRADED.read_own_key(RANKING_KEY))
    assert score.points == 10.0
    assert [(part.name, part.points, part.out_of) for part in score.parts] == [("order", 7.0, 7.0), ("tags", 3.0, 3.0)]


def test_partial_order_and_partial_tags_earn_their_share() -> None:
    # Turned: a over b. So C = 4, D = 1, P = 5: 7 × 3/5; tags: both of "can", none of "cannot": 3 × 1/2.
    answer = GRADED.read_answer({"order": list("bacd"), "tags": {"a": True, "b": True}})
    score = GRADED.score(answer, GRADED.read_own_key(RANKING_KEY))
    assert score.points == 5.7
    assert [round(part.points, 10) for part in score.parts] == [4.2, 1.5]


def test_without_tag_points_the_order_is_everything() -> None:
    activity = ranking("graded_ranking", tag_points=0)
    score = activity.score(activity.read_answer({"order": list("abcd")}), activity.read_own_key(RANKING_KEY))
    assert score.points == 10.0
    assert [part.name for part in score.parts] == ["order"]


@pytest.mark.parametrize("answer", [{}, {"order": []}, {"order": [], "tags": {}}, {"compared": True}])
def test_untouched_is_not_attempted(answer: Spec) -> None:
    read = GRADED.read_answer(answer)
    score = GRADED.score(read, GRADED.read_own_key(RANKING_KEY))
    assert not GRADED.attempted(read)
    assert (score.points, score.attempted, score.parts) == (0.0, False, ())


@pytest.mark.parametrize("answer", [{"order": ["a"]}, {"tags": {"a": False}}])
def test_one_item_placed_or_tagged_is_an_attempt(answer: Spec) -> None:
    assert GRADED.attempted(GRADED.read_answer(answer))
    assert GRADED.score(GRADED.read_answer(answer), GRADED.read_own_key(RANKING_KEY)).attempted


# Answers that do not fit.


@pytest.mark.parametrize(
    ("answer", "item", "sentence"),
    [
        ({"order": ["a", "nobody"]}, "nobody", "unknown_item"),
        ({"order": ["a", "b", "a"]}, "a", "doubled_item"),
        ({"tags": {"nobody": True}}, "nobody", "unknown_item"),
        ({"order": [""]}, "", "unknown_item"),
        ({"order": ["x" * 500]}, "x" * 80, "unknown_item"),
    ],
)
def test_unknown_and_doubled_ids_are_named(answer: Spec, item: str, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer(answer)
    assert caught.value.sentence == sentence
    assert caught.value.values == {"activity": "m01.ranking", "item": item}


def test_a_ranking_without_tags_takes_none() -> None:
    with pytest.raises(AnswerError) as caught:
        NOTES.read_answer({"tags": {"a": True}})
    assert caught.value.values["item"] == "a"


@pytest.mark.parametrize("tag", [1, 0, "true", None])
def test_a_tag_is_true_or_false_and_nothing_like_them(tag: object) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer({"tags": {"a": tag}})
    assert caught.value.sentence == "malformed_answer"


# What is said after a comparison.


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"compared": True},
        {"order": list("abcd"), "compared": True},
        {"order": list("abcd"), "tags": {"a": True, "b": True, "c": False}, "compared": True},
        {"order": list("abc"), "tags": dict.fromkeys("abcd", True), "compared": True},
        {"order": list("abcd"), "tags": dict.fromkeys("abcd", True)},
    ],
)
def test_no_comparison_before_all_is_placed_and_tagged_and_it_is_asked_for(answer: Spec) -> None:
    assert PRACTICE.feedback(of(**answer)) is None


def test_open_items_are_those_not_placed_or_not_tagged() -> None:
    assert PRACTICE.open_items(of(order=["a", "b"], tags={"a": True, "c": True})) == ["b", "c", "d"]
    assert NOTES.open_items(NOTES.read_answer({"order": ["d", "a"]})) == ["b", "c"]


@pytest.mark.parametrize("order", ["abcd", "acbd"])
def test_items_of_one_tier_may_stand_either_way(order: str) -> None:
    result = compared(order)
    assert (result.agreeing, result.pairs, result.turned) == (5, 5, ())


def test_every_item_is_told_its_places_and_its_reason() -> None:
    verdicts = {verdict.id: verdict for verdict in compared("dabc", can="ac").items}
    places = {item: (verdict.place, verdict.key_first, verdict.key_last) for item, verdict in verdicts.items()}
    assert places == {"a": (2, 1, 1), "b": (3, 2, 3), "c": (4, 2, 3), "d": (1, 4, 4)}
    assert {item: (verdict.tag, verdict.can) for item, verdict in verdicts.items()} == {
        "a": (True, True),
        "b": (False, True),
        "c": (True, False),
        "d": (False, False),
    }
    assert [verdict.why and verdict.why.en for verdict in verdicts.values()] == [f"because_{c}.-en" for c in "abcd"]


def test_right_tags_are_counted() -> None:
    assert (compared("abcd", can="ab").tags_right, compared("abcd", can="ac").tags_right) == (4, 2)
    assert compared("abcd").tags == 4


def test_a_turned_pair_with_a_reason_of_its_own_stands_alone() -> None:
    turned = [(pair.higher.en, [text.en for text in pair.lower], pair.why.en) for pair in compared("dabc").turned]
    assert turned == [
        ("item a-en", ["item d-en"], "because_a_over_d-en"),
        ("item b-en", ["item d-en"], "because_b.-en"),
        ("item c-en", ["item d-en"], "because_c.-en"),
    ]


def test_turned_pairs_without_one_stand_together_under_the_higher_item() -> None:
    turned = [(pair.higher.en, [text.en for text in pair.lower], pair.why.en) for pair in compared("bcad").turned]
    assert turned == [("item a-en", ["item b-en", "item c-en"], "because_a.-en")]


@given(st.permutations("abcd"))
def test_turned_and_agreeing_pairs_are_all_pairs(order: list[str]) -> None:
    result = compared("".join(order))
    assert result.agreeing + sum(len(pair.lower) for pair in result.turned) == result.pairs == 5


def test_a_graded_ranking_says_nothing_even_when_asked() -> None:
    assert GRADED.feedback(GRADED.read_answer({**COMPLETE["graded_ranking"], "compared": True})) is None


def test_without_a_key_the_learners_own_first_three_get_their_notes() -> None:
    result = NOTES.feedback(NOTES.read_answer({"order": list("dbac")}))
    assert isinstance(result, RankingNotes)
    assert [(item.id, item.note and item.note.en) for item in result.first] == [("d", "note_d-en"), ("b", "note_b-en"), ("a", "note_a-en")]


def test_without_a_key_an_untouched_order_gets_no_notes() -> None:
    assert NOTES.feedback(NOTES.read_answer({})) is None


# Keys and specifications that do not hold.


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ({"order": [["a"], ["b"], ["c"]], "can": ["a"]}, "every item exactly once"),
        ({"order": [["a"], ["b", "c"], ["d", "a"]], "can": ["a"]}, "every item exactly once"),
        ({"order": [["a"], ["b", "c"], ["d", "x"]], "can": ["a"]}, "every item exactly once"),
        ({"order": [["a", "b", "c", "d"]], "can": ["a"]}, "order"),
        ({"order": [["a", "b", "c", "d"], []], "can": ["a"]}, "order"),
        ({"order": TIERS}, "key.can"),
        ({"order": TIERS, "can": []}, "key.can"),
        ({"order": TIERS, "can": list("abcd")}, "key.can"),
        ({"order": TIERS, "can": ["x"]}, "key.can"),
        ({"order": TIERS, "can": ["a"], "reasons": {}}, "reasons"),
        ({"order": "abcd", "can": ["a"]}, "order"),
        ({"can": ["a"]}, "order"),
        ({}, "order"),
        ([], "key"),
        ("a > b", "key"),
        (7, "key"),
        ({("a", "b"): 1}, "key"),
    ],
)
def test_a_key_that_does_not_fit_names_the_activity_and_the_field(key: object, said: str) -> None:
    with pytest.raises(KeyError_) as caught:
        GRADED.read_own_key(key)
    assert str(caught.value).startswith("m01.graded_ranking: key")
    assert said in str(caught.value)


def test_a_key_nested_beyond_reading_is_refused_as_a_key() -> None:
    key: list[Any] = []
    for _ in range(5000):
        key = [key]
    with pytest.raises(KeyError_):
        GRADED.read_own_key(key)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("points", 5, "key: the key of a graded activity"),
        ("tag_points", 1, "tag_points"),
        ("tag", None, "key.can"),
        ("items.1.id", "a", "items: ids used twice: a"),
        ("items", graded_ranking_spec()["items"][:2], "items"),
        ("items", [{"id": f"i{n}", "text": both("x")} for n in range(13)], "items"),
        ("key.order", [["a"], ["b"], ["c"]], "key.order"),
        ("key.order", [["a", "b", "c", "d"], []], "key.order"),
        ("key.can", None, "key.can"),
        ("key.can", ["x"], "key.can"),
        ("key.can", list("abcd"), "key.can"),
        ("key.reasons", {"a": both("x")}, "key.reasons: missing for b, c, d"),
        ("key.reasons.x", both("reason for nobody"), "key.reasons"),
        ("key.pairs.0.higher", "d", "key.pairs"),
        ("key.pairs.0.higher", "x", "key.pairs"),
        ("key.pairs.0.lower", "x", "key.pairs"),
        ("key.pairs.0.why", {"zh": "只有中文"}, "key.pairs.0.why.en"),
        ("items.0.tag", True, "items.0.tag"),
        ("first", "one language", "first"),
    ],
)
def test_a_ranking_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(ranking_spec(), path, value)).startswith(field)


def test_two_items_of_one_tier_cannot_have_a_reason_for_their_order(tmp_path: Path) -> None:
    spec = changed(ranking_spec(), "key.pairs.0", {"higher": "b", "lower": "c", "why": both("x")})
    assert refusal(tmp_path, spec).startswith("key.pairs: b does not stand above c")


def test_tag_points_need_a_tag_and_no_more_than_the_points(tmp_path: Path) -> None:
    assert refusal(tmp_path, changed(graded_ranking_spec(), "tag_points", 11)).startswith("tag_points")
    assert refusal(tmp_path, changed({**notes_spec(), "points": 5}, "tag_points", 1)).startswith("tag_points")


def test_all_points_may_be_for_the_tags() -> None:
    activity = ranking("graded_ranking", tag_points=10)
    score = activity.score(activity.read_answer(COMPLETE["graded_ranking"]), activity.read_own_key(RANKING_KEY))
    assert isinstance(activity, Ranking)
    assert score.points == 10.0
