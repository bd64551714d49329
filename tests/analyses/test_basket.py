from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlxtend.frequent_patterns import apriori, association_rules
from pandas.testing import assert_frame_equal

from course.analyses.basket import basket
from course.analyses.terms import AnalysisError


def receipts(*baskets: str) -> pd.DataFrame:
    """One receipt a word, one product a letter."""
    return pd.DataFrame([(number, product) for number, word in enumerate(baskets) for product in word], columns=["slip", "what"])


def test_a_textbook_example() -> None:
    """J. Han, M. Kamber & J. Pei, Data Mining, 3rd ed., 2012, example 6.8: of 10,000 receipts 6,000 hold games, 7,500 videos, 4,000 both.

    Support 40 %, confidence 66 %, and yet lift 0.4 / (0.6 · 0.75) = 0.89: who buys games buys fewer videos. Here a hundredth of it.
    """
    data = receipts(*["gv"] * 40, *["g"] * 20, *["v"] * 35, *["x"] * 5)
    result = basket(data, "slip", "what")
    assert list(result.columns) == ["first", "second", "n_first", "n_second", "n", "support", "confidence", "confidence_back", "lift"]
    assert result.iloc[0, :5].to_list() == ["g", "v", 60, 75, 40]
    assert result.iloc[0, 5:].to_list() == pytest.approx([0.4, 2 / 3, 40 / 75, 0.4 / (0.6 * 0.75)])
    assert len(result) == 1


def test_a_receipt_counts_once() -> None:
    assert_frame_equal(basket(receipts("aabb", "a", "b"), "slip", "what"), basket(receipts("ab", "a", "b"), "slip", "what"))


def test_rows_without_receipt_or_product_are_left_out() -> None:
    known = receipts("ab", "ac", "c")
    more = pd.concat([known, pd.DataFrame({"slip": [None, 9], "what": ["a", None]})])
    assert_frame_equal(basket(more, "slip", "what"), basket(known, "slip", "what"))


def test_the_highest_lift_comes_first_and_then_the_names() -> None:
    result = basket(receipts("ab", "cd", "ef", "ef", "ag", "bg"), "slip", "what", 0)
    assert list(result["first"] + result["second"]) == ["cd", "ef", "ab", "ag", "bg"]


def test_support_is_enough_when_it_is_met() -> None:
    data = receipts("ab", "ab", "ac", "a", "a", "a", "a", "a", "a", "a")
    assert list(basket(data, "slip", "what", 0.2)["second"]) == ["b"]
    assert list(basket(data, "slip", "what", 0.1)["second"]) == ["b", "c"]
    assert len(basket(data, "slip", "what", 0.21)) == 0
    assert len(basket(receipts("a", "b"), "slip", "what")) == 0


@pytest.mark.parametrize("least", [-0.1, 1.1, float("nan")])
def test_a_support_that_is_no_share_is_refused(least: float) -> None:
    with pytest.raises(AnalysisError, match="least_support is"):
        basket(receipts("ab"), "slip", "what", least)


def by_mlxtend(data: pd.DataFrame, least: float) -> pd.DataFrame:
    table = pd.crosstab(data["slip"], data["what"]).astype(bool)
    sets = apriori(table, min_support=least, use_colnames=True, max_len=2)
    rules = association_rules(
        sets, num_itemsets=len(table), metric="support", min_threshold=0, return_metrics=["support", "confidence", "lift"]
    )
    rules["first"], rules["second"] = rules["antecedents"].map(min), rules["consequents"].map(min)
    back = rules.set_index(["second", "first"])["confidence"]
    rules = rules[rules["first"] < rules["second"]]
    rules["confidence_back"] = [back[first, second] for first, second in zip(rules["first"], rules["second"], strict=True)]
    columns = ["first", "second", "support", "confidence", "confidence_back", "lift"]
    return rules[columns].sort_values(["first", "second"], ignore_index=True)


words = st.lists(st.text("abcdef", min_size=1, max_size=8), min_size=2, max_size=30)


@settings(max_examples=40)
@given(words, st.sampled_from([0.05, 0.1, 0.25, 0.5]))
def test_it_agrees_with_mlxtend(words: list[str], least: float) -> None:
    data = receipts(*words)
    mine = basket(data, "slip", "what", least)
    ordered = mine.sort_values(["first", "second"], ignore_index=True)
    if len(mine):
        theirs = by_mlxtend(data, least)
        assert_frame_equal(ordered[theirs.columns], theirs, check_dtype=False)
    else:
        sets = apriori(pd.crosstab(data["slip"], data["what"]).astype(bool), min_support=least, use_colnames=True, max_len=2)
        assert sets["itemsets"].map(len).eq(1).all()


@given(words)
def test_lift_is_the_same_both_ways(words: list[str]) -> None:
    turned = receipts(*(word.translate(str.maketrans("abcdef", "fedcba")) for word in words))
    one, other = basket(receipts(*words), "slip", "what", 0), basket(turned, "slip", "what", 0)
    there = {(row.first, row.second): (row.lift, row.confidence, row.confidence_back) for row in one.itertuples()}
    mirror = dict(zip("abcdef", "fedcba", strict=True))
    back = {(mirror[row.second], mirror[row.first]): (row.lift, row.confidence_back, row.confidence) for row in other.itertuples()}
    assert there == back
    assert one["lift"].is_monotonic_decreasing
    assert ((one["n"] <= one[["n_first", "n_second"]].min(axis="columns")) & (one["n"] > 0)).all()


def test_20000_lines_of_40_products_take_no_time() -> None:
    chance = np.random.default_rng(3)
    data = pd.DataFrame({"slip": chance.integers(0, 6000, 20_000), "what": [f"product {n}" for n in chance.integers(0, 40, 20_000)]})
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        result = basket(data, "slip", "what", 0.001)
        taken.append(time.perf_counter() - start)
    assert len(result) > 700
    assert min(taken) < 0.3
    theirs = by_mlxtend(data, 0.001)
    assert_frame_equal(result.sort_values(["first", "second"], ignore_index=True)[theirs.columns], theirs, check_dtype=False)
