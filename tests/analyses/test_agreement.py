from __future__ import annotations

from math import isnan
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from course.analyses.agreement import Agreement, agreement, agreement_by, paired
from course.analyses.terms import AnalysisError


def both(pairs: list[tuple[Any, Any]]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["one", "two"])


def of(pairs: list[tuple[Any, Any]]) -> Agreement:
    return agreement(both(pairs), "one", "two")


def test_a_textbook_example() -> None:
    """J. L. Fleiss, Statistical Methods for Rates and Proportions, 2nd ed., 1981, chapter 13: 100 diagnoses by two raters.

    Agreed 75 + 4 + 10 = 89 of 100. By chance .80 · .80 + .10 · .05 + .10 · .15 = .66. Kappa (.89 − .66) / (1 − .66) = .68.
    """
    table = {"psychotic": [75, 1, 4], "neurotic": [5, 4, 1], "organic": [0, 0, 10]}
    pairs = [(row, column) for row, times in table.items() for column, n in zip(table, times, strict=True) for _ in range(n)]
    result = of(pairs)
    assert (result.n, result.agreed) == (100, 0.89)
    assert result.kappa == pytest.approx(0.23 / 0.34)
    assert round(result.kappa, 2) == 0.68
    assert result.weighted_kappa is result.difference is None, "diagnoses have no distance"


def test_the_milder_rater_is_seen_in_the_difference() -> None:
    assert of([(5, 3), (4, 4), (3, 2)]).difference == 1
    assert of([(3, 5), (4, 4), (2, 3)]).difference == -1


def test_kappa_is_undefined_where_there_is_one_category_only() -> None:
    assert of([("yes", "yes")] * 5) == Agreement(5, 1, None, None, None)
    assert of([(3, 3)] * 5) == Agreement(5, 1, None, None, 0)
    assert of([(3, 3)]) == Agreement(1, 1, None, None, 0)
    assert of([(3, 4)] * 5) == Agreement(5, 0, 0, 0, -1), "two categories: no agreement, and none expected"
    assert of([]) == Agreement(0, None, None, None, None)


def test_complete_agreement_and_complete_disagreement() -> None:
    assert of([(1, 1), (2, 2), (5, 5)]) == Agreement(3, 1, 1, 1, 0)
    assert of([(1, 2), (2, 1)]) == Agreement(2, 0, -1, -1, 0)


def test_pairs_without_a_rating_are_left_out() -> None:
    assert of([(1, 1), (2, 2), (None, 1), (3, None), (1, 2), (2, 2)]) == of([(1, 1), (2, 2), (1, 2), (2, 2)])


def test_truth_and_numbers_in_a_column_of_objects_are_grades() -> None:
    assert of([(True, False), (True, True), (False, False)]).difference == pytest.approx(1 / 3)
    assert agreement(both([(1, 2), (2, 2)]).astype(object), "one", "two").difference == -0.5


def test_grades_keep_their_distance() -> None:
    """The grades differ by 0, 1, 3, 0: mean 1. Each with each, 1 1 2 5 against 1 2 5 5: 9 + 9 + 7 + 7 = 32, mean 2. Kappa 1 − 1/2."""
    assert of([(1, 1), (1, 2), (2, 5), (5, 5)]).weighted_kappa == 0.5


def test_per_item() -> None:
    data = pd.DataFrame(
        {"item": ["greeting", "closing", "greeting", "closing", None], "one": [1, 4, 2, 4, 1], "two": [1, 4, 1, 4, 5]},
    )
    result = agreement_by(data, "one", "two", "item")
    assert list(result.columns) == ["item", "n", "agreed", "kappa", "weighted_kappa", "difference"]
    assert list(result["item"]) == ["closing", "greeting"]
    assert list(result["agreed"]) == [1, 0.5]
    assert isnan(result["kappa"].iloc[0])
    assert isnan(result["weighted_kappa"].iloc[0])
    assert list(result["difference"]) == [0, 0.5]
    assert result["kappa"].iloc[1] == agreement(data[data["item"] == "greeting"], "one", "two").kappa


def test_ratings_below_each_other_are_put_side_by_side() -> None:
    long = pd.DataFrame(
        {
            "visit": [1, 1, 1, 1, 2, 2, 3, 3],
            "item": ["greeting", "greeting", "closing", "closing", "greeting", "greeting", "greeting", "greeting"],
            "rater": ["b", "a", "a", "b", "a", "b", "a", "b"],
            "grade": [2, 1, 4, 4, 5, 3, None, 1],
        }
    )
    wide = paired(long, "rater", "grade", ["visit", "item"])
    assert list(wide.columns) == ["visit", "item", "first", "second"]
    assert wide.to_numpy().tolist() == [[1, "greeting", 1, 2], [1, "closing", 4, 4], [2, "greeting", 5, 3]]
    assert agreement(wide, "first", "second") == of([(1, 2), (4, 4), (5, 3)])
    alone = paired(long[long["rater"] == "b"], "rater", "grade", ["visit", "item"])
    assert list(alone.columns) == list(wide.columns)
    assert agreement(alone, "first", "second").n == 0
    assert list(paired(long.iloc[:0], "rater", "grade", ["visit", "item"]).columns) == list(wide.columns)
    with pytest.raises(AnalysisError, match="somebody rated the same case twice; does it take more than visit"):
        paired(long, "rater", "grade", ["visit"])
    with pytest.raises(AnalysisError, match=r"'visit' names 3 raters \(1, 2, 3\); filter the data down to two"):
        paired(long.assign(grade=1), "visit", "grade", ["item"])


ratings = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40)


@given(ratings)
def test_it_agrees_with_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    result = of(pairs)
    one, two = [a for a, _ in pairs], [b for _, b in pairs]
    assert result.agreed == sum(a == b for a, b in pairs) / len(pairs)
    if {*one, *two} == {one[0]}:
        assert result.kappa is result.weighted_kappa is None
        return
    assert result.kappa == pytest.approx(cohen_kappa_score(one, two), abs=1e-12)
    assert result.weighted_kappa == pytest.approx(cohen_kappa_score(one, two, labels=[1, 2, 3, 4, 5], weights="linear"), abs=1e-12)


@given(ratings)
def test_kappa_lies_between_its_ends_and_does_not_care_who_is_first(pairs: list[tuple[int, int]]) -> None:
    result, turned = of(pairs), of([(b, a) for a, b in pairs])
    for kappa in (result.kappa, result.weighted_kappa):
        assert kappa is None or -1 <= kappa <= 1
    assert (result.kappa, result.weighted_kappa) == (turned.kappa, turned.weighted_kappa)
    assert result.difference is not None and turned.difference is not None
    assert result.difference == -turned.difference
    assert (result.agreed == 1) == (result.kappa in (1, None))


@given(ratings)
def test_the_names_of_the_categories_do_not_matter(pairs: list[tuple[int, int]]) -> None:
    assert of([(f"grade {a}", f"grade {b}") for a, b in pairs]).kappa == of(pairs).kappa
