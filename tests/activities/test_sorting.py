from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities import SortingAnswer
from course.activities.sorting import SortingFeedback, SortingNotes, pattern, share_above_chance
from course.answers import merged
from course.errors import AnswerError, KeyError_
from tests.samples import COMPLETE, SORTING_KEY, Spec, both, changed, refusal, sorting, without
from tests.samples.sortings import choice_spec, graded_sorting_spec, many_cards_spec, sorting_spec

PRACTICE = sorting("sorting")
GRADED = sorting("graded_sorting")
CHOICE = sorting("sorting_choice")
KEY = GRADED.read_own_key(SORTING_KEY)
PLACES = ["one", "many", "none"]

anywhere = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(PLACES))
chosen = st.dictionaries(st.sampled_from("abcdef"), st.just("one"))
subsets = st.lists(st.sampled_from(PLACES), unique=True, min_size=1, max_size=2)
keys = st.fixed_dictionaries(dict.fromkeys("abcdef", subsets))


def of(placed: Spec, compared: bool = False) -> SortingAnswer:
    read: SortingAnswer = PRACTICE.read_answer({"placed": placed, "compared": compared})
    return read


# The share above chance.


@pytest.mark.parametrize(
    ("right", "n", "bins", "share"),
    [(10, 10, 4, 1), (7, 10, 4, 0.6), (4, 10, 4, 0.2), (2, 10, 4, 0), (0, 10, 4, 0), (26, 39, 3, 0.5), (5, 10, 2, 0), (9, 10, 2, 0.8)],
)
def test_share_is_the_right_cards_less_chance(right: int, n: int, bins: int, share: float) -> None:
    key = {f"c{k}": [f"b{k % bins}"] for k in range(n)}
    placed = {card: accepted[0] if k < right else f"b{(k + 1) % bins}" for k, (card, accepted) in enumerate(key.items())}
    assert math.isclose(share_above_chance(placed, key, bins), share, abs_tol=1e-12)


@given(keys, st.data())
def test_blind_placing_brings_nothing_on_average(key: dict[str, list[str]], data: st.DataObject) -> None:
    """Each card in each place once: the mean share of right cards is what the formula takes off."""
    offsets = {card: data.draw(st.integers(0, 2)) for card in key}
    rounds = [{card: PLACES[(offsets[card] + turn) % 3] for card in key} for turn in range(3)]
    right = [sum(placed[card] in key[card] for card in key) / len(key) for placed in rounds]
    chance = sum(len(accepted) for accepted in key.values()) / (3 * len(key))
    assert math.isclose(sum(right) / 3, chance)
    for placed, earned in zip(rounds, right, strict=True):
        assert math.isclose(share_above_chance(placed, key, 3), max(0.0, (earned - chance) / (1 - chance)), abs_tol=1e-12)


@given(keys, anywhere, st.sampled_from("abcdef"))
def test_a_card_put_right_never_costs_and_a_card_taken_back_never_earns(key: dict[str, list[str]], placed: Spec, card: str) -> None:
    share = share_above_chance(placed, key, 3)
    assert type(share) is float
    assert 0.0 <= share <= 1.0
    assert share_above_chance({**placed, card: key[card][0]}, key, 3) >= share
    assert share_above_chance({c: place for c, place in placed.items() if c != card}, key, 3) <= share


@given(keys, st.data())
def test_any_of_the_right_places_is_right(key: dict[str, list[str]], data: st.DataObject) -> None:
    placed = {card: data.draw(st.sampled_from(accepted)) for card, accepted in key.items()}
    assert share_above_chance(placed, key, 3) == 1.0


# The score.


@given(anywhere, keys, st.integers(1, 100), st.booleans())
def test_score_is_a_float_between_0_and_the_points(placed: Spec, key: dict[str, list[str]], points: int, compared: bool) -> None:
    activity = sorting("graded_sorting", points=points, bins=[{"id": b, "title": both(b)} for b in ("one", "many")])
    read = activity.read_answer({"placed": placed, "compared": compared})
    score = activity.score(read, activity.read_own_key({"cards": key}))
    assert (type(score.points), type(score.out_of)) == (float, float)
    assert 0.0 <= score.points <= score.out_of == points
    assert score.attempted is bool(placed)


@pytest.mark.parametrize(("right", "points"), [(6, 11.0), (5, 8.0), (4, 5.0), (3, 2.0), (2, 0.0), (1, 0.0)])
def test_two_right_places_for_a_card_make_chance_weigh_more(right: int, points: float) -> None:
    """Five cards of one place in three and one of two: chance is 7/18, so each right card beyond it earns 3 of 11 points."""
    placed = {card: place for card, place in COMPLETE["graded_sorting"]["placed"].items() if card in "abcdef"[:right]}
    score = GRADED.score(GRADED.read_answer({"placed": placed}), KEY)
    assert (score.points, score.out_of, score.attempted) == (points, 11.0, True)
    assert [part.name for part in score.parts] == ["cards"]


def test_nothing_placed_is_not_attempted_even_if_asked_to_explain() -> None:
    score = GRADED.score(GRADED.read_answer({"compared": True}), KEY)
    assert (score.points, score.attempted) == (0.0, False)


# What is open.


def test_open_items_are_the_cards_without_a_place() -> None:
    assert PRACTICE.open_items(of({"b": "one", "e": "none"})) == ["a", "c", "d", "f"]


def test_a_choice_is_open_until_something_is_chosen() -> None:
    assert CHOICE.open_items(CHOICE.read_answer({})) == list("abcdef")
    assert CHOICE.open_items(CHOICE.read_answer({"placed": {"c": "one"}})) == []


def test_what_is_too_much_for_a_bin_is_open_again() -> None:
    answer = CHOICE.read_answer({"placed": dict.fromkeys("fbad", "one"), "compared": True})
    assert CHOICE.open_items(answer) == ["d", "f"]
    assert CHOICE.feedback(answer) is None


@given(chosen, chosen, chosen)
def test_whatever_two_pages_make_of_an_answer_can_be_read(base: Spec, mine: Spec, theirs: Spec) -> None:
    pages = [{"placed": placed, "compared": bool(placed)} for placed in (base, mine, theirs)]
    read = CHOICE.read_answer(merged(*pages))
    assert set(read.placed) >= {card for card in mine if card not in base} | {card for card in theirs if card not in base}


def test_without_a_label_there_is_no_place_for_what_belongs_nowhere() -> None:
    with pytest.raises(AnswerError, match="none"):
        CHOICE.read_answer({"placed": {"a": "none"}})


# What a learner reads back.


def test_the_comparison_says_of_each_card_whether_it_fits_where_else_it_would_and_why() -> None:
    result = PRACTICE.feedback(PRACTICE.read_answer(COMPLETE["sorting"]))
    assert isinstance(result, SortingFeedback)
    assert (result.right, result.of) == (4, 6)
    verdicts = {card.id: (card.fits, [title.en for title in card.better], card.why and card.why.en) for card in result.cards}
    assert verdicts["a"] == (True, [], "because_a.-en")
    assert verdicts["b"] == (False, ["bin many-en"], "because_b.-en")
    assert verdicts["c"] == (False, ["nowhere-en"], "because_c.-en")
    assert verdicts["d"] == (True, [], "because_d.-en")
    other = PRACTICE.feedback(of({**COMPLETE["sorting"]["placed"], "d": "none"}, compared=True))
    assert isinstance(other, SortingFeedback)
    assert [title.en for title in other.cards[3].better] == ["bin one-en", "bin many-en"]


@given(anywhere, st.booleans())
def test_the_comparison_comes_only_when_asked_for_and_complete(placed: Spec, compared: bool) -> None:
    answer = of(placed, compared)
    assert (PRACTICE.feedback(answer) is not None) is (compared and not PRACTICE.open_items(answer))
    assert GRADED.feedback(answer) is None


def test_without_a_key_it_counts_and_gives_the_notes_on_what_was_chosen() -> None:
    result = CHOICE.feedback(CHOICE.read_answer(COMPLETE["sorting_choice"]))
    assert isinstance(result, SortingNotes)
    assert [(place.title.en, place.n) for place in result.places] == [("bin one-en", 2)]
    assert [(card.id, card.note.en) for card in result.cards] == [("b", "note_b.-en")]


# Whether the order gives the key away.


def shown(bins: str) -> str | None:
    """What is said of cards whose right bins are these letters, in this order."""
    right = {f"c{n}": [letter] for n, letter in enumerate(bins)}
    return pattern(list(right), right)


@pytest.mark.parametrize("bins", ["aaabbb", "aabb", "abbbac", "cabbba", "aabbcc", "aaaaab"])
def test_cards_of_a_bin_that_stand_in_a_row_are_told(bins: str) -> None:
    assert "in a row" in str(shown(bins))


@pytest.mark.parametrize("bins", ["abab", "ababa", "abcabc", "cabcabca"])
def test_bins_that_take_turns_are_told(bins: str) -> None:
    assert "take turns" in str(shown(bins))


@pytest.mark.parametrize("bins", ["abba", "aabab", "abbabaab", "abccab", "abcbac", "aabbca"])
def test_a_mixed_order_gives_nothing_away(bins: str) -> None:
    assert shown(bins) is None


def test_a_card_with_two_right_places_stands_in_both_rows() -> None:
    assert "b stand in a row" in str(pattern("wxyz", {"w": ["a"], "x": ["a", "b"], "y": ["b"], "z": ["b"]}))


@given(st.lists(st.sampled_from("abc"), min_size=4, max_size=40))
def test_a_pattern_looks_the_same_from_either_end(bins: Sequence[str]) -> None:
    assert shown("".join(bins)) == shown("".join(reversed(bins)))


@pytest.mark.parametrize("name", ["sorting", "many_cards"])
def test_the_samples_give_nothing_away(name: str) -> None:
    assert pattern(sorting(name).ids, sorting(name).own_key) is None


# What an author may not write.


FAULTS: list[tuple[Spec, str]] = [
    (changed(sorting_spec(), "bins.1.id", "one"), "bins: ids used twice, or reserved: one"),
    (changed(sorting_spec(), "bins.1.id", "none"), "bins: ids used twice, or reserved: none"),
    (changed(sorting_spec(), "cards.1.id", "a"), "cards: ids used twice: a"),
    (changed(sorting_spec(), "cards.1.id", "Card"), "cards.1.id: "),
    (changed(sorting_spec(), "bins", sorting_spec()["bins"][:1]), "bins: give at least two"),
    (changed(sorting_spec(), "bins", []), "bins: "),
    ({**sorting_spec(), "bins": [{"id": f"b{n}", "title": both("b")} for n in range(7)]}, "bins: "),
    (changed(sorting_spec(), "bins.0.most", 0), "bins.0.most: "),
    (changed(sorting_spec(), "cards", sorting_spec()["cards"][:3]), "cards: "),
    ({**many_cards_spec(), "cards": [{"id": f"c{n}", "text": both("c")} for n in range(41)]}, "cards: "),
    (without(sorting_spec(), "question"), "question: is missing"),
    (without(sorting_spec(), "cards.2.text"), "cards.2.text: is missing"),
    (without(sorting_spec(), "cards.2.why"), "cards.c: with a key every card needs right and why"),
    (without(sorting_spec(), "cards.2.right"), "cards.c: with a key every card needs right and why"),
    ({**sorting_spec(), "cards": [{**card, "note": both("n")} for card in sorting_spec()["cards"]]}, "cards.a: with a key"),
    (changed(sorting_spec(), "cards.2.right", []), "cards.c: right must list"),
    (changed(sorting_spec(), "cards.2.right", ["three"]), "cards.c: there is no bin three; there are one, many, none"),
    (changed(sorting_spec(), "cards.2.right", ["one", "one"]), "cards.c: right must list"),
    (changed(sorting_spec(), "cards.2.right", PLACES), "cards.c: right must list"),
    (without(sorting_spec(), "none"), "cards.c: there is no bin none; there are one, many"),
    (changed(sorting_spec(), "bins.1.most", 1), "cards: 2 belong into many, which takes 1"),
    ({**sorting_spec(), "every": False}, "every: false is for a choice without a key"),
    ({**graded_sorting_spec(), "every": False}, "every: false is for a choice without a key"),
    ({**sorting_spec(), "points": 5}, "cards.a: right, why and note of a graded sorting belong into solutions/"),
    ({**choice_spec(), "points": 5}, "cards.a: right, why and note"),
    ({**choice_spec(), "every": True}, "bins: give at least two"),
    ({**choice_spec(), "every": True, "bins": [{"id": b, "title": both(b), "most": 2} for b in "xy"]}, "bins: take only 4 cards"),
]


@pytest.mark.parametrize(("spec", "message"), FAULTS, ids=[message for _, message in FAULTS])
def test_a_fault_is_named_with_its_field(tmp_path: Path, spec: Spec, message: str) -> None:
    assert message in refusal(tmp_path, spec)


def test_an_open_sorting_needs_no_key_and_one_bin_is_enough_for_a_choice() -> None:
    plain = sorting("graded_sorting", points=0)
    assert not plain.own_key
    assert CHOICE.places == {"one": CHOICE.bins[0].title}
    assert plain.for_learner()["compares"] is False


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("cards.a", ["three"]),
        ("cards.a", []),
        ("cards.a", PLACES),
        ("cards.a", ["one", "one"]),
        ("cards", {}),
        ("cards.a", "one"),
        ("cards", []),
    ],
)
def test_a_key_that_does_not_fit_is_refused_by_its_name(path: str, value: Any) -> None:
    with pytest.raises(KeyError_) as caught:
        GRADED.read_own_key(changed(SORTING_KEY, path, value))
    assert str(caught.value).startswith("m01.graded_sorting: key: cards")


@pytest.mark.parametrize("more", [{"g": ["one"]}, {"f": None}])
def test_a_key_names_exactly_the_cards(more: Spec) -> None:
    cards = {card: places for card, places in {**SORTING_KEY["cards"], **more}.items() if places}
    with pytest.raises(KeyError_, match=f"must name exactly the cards of the activity: {next(iter(more))}"):
        GRADED.read_own_key({"cards": cards})
