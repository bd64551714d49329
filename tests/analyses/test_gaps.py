from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.analyses.gaps import gaps, t_quantile

COLUMNS = ["who", "outlet", "dimension", "expected", "perceived"]


def survey(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def by_dimension(data: pd.DataFrame, group: str | None = None) -> pd.DataFrame:
    return gaps(data, "who", "dimension", "expected", "perceived", group)


def test_by_hand() -> None:
    """Ann's two items of reliability have gaps of −1 and −3, so −2; Bob's one has 0: a mean of −1 over 2 people, not −4/3 over 3 items.

    The standard deviation of −2 and 0 is √2, the standard error √2 / √2 = 1.
    """
    result = by_dimension(
        survey(
            ("ann", "north", "reliability", 7, 6),
            ("ann", "north", "reliability", 7, 4),
            ("bob", "south", "reliability", 5, 5),
            ("bob", "south", "empathy", 4, 6),
        )
    )
    assert list(result.columns) == ["dimension", "expectation", "perception", "gap", "n", "se", "low", "high"]
    assert list(result["dimension"]) == ["empathy", "reliability"]
    assert result.iloc[1, 1:6].to_list() == [6, 5, -1, 2, pytest.approx(1)]
    assert list(result["n"]) == [1, 2]
    assert pd.isna(result["se"].iloc[0])
    assert result[["low", "high"]].isna().all(axis=None), "two respondents are too few for an interval"


def test_by_a_group() -> None:
    data = survey(("a", "north", "empathy", 5, 4), ("b", "south", "empathy", 5, 6), ("b", "south", "reliability", 5, 7))
    result = by_dimension(data, "outlet")
    assert list(result.columns)[:2] == ["group", "dimension"]
    assert list(zip(result["group"], result["dimension"], result["gap"], strict=True)) == [
        ("north", "empathy", -1),
        ("south", "empathy", 1),
        ("south", "reliability", 2),
    ]


def test_an_item_without_both_ratings_does_not_count() -> None:
    data = survey(("a", "x", "empathy", 5, 4), ("a", "x", "empathy", None, 1), ("b", "x", "empathy", 5, None), (None, "x", "empathy", 1, 7))
    assert by_dimension(data).iloc[0, 1:5].to_list() == [5, 4, -1, 1]


def test_dimensions_keep_the_order_of_their_categories() -> None:
    data = survey(("a", "x", "empathy", 5, 4), ("a", "x", "reliability", 5, 4))
    data["dimension"] = pd.Categorical(data["dimension"], categories=["reliability", "assurance", "empathy"], ordered=True)
    assert list(by_dimension(data)["dimension"]) == ["reliability", "empathy"]


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), min_size=5, max_size=40))
def test_it_agrees_with_the_paired_t_test(ratings: list[tuple[int, int]]) -> None:
    """One item each: mean, standard error and interval are those of scipy for the differences, which is the paired t test."""
    data = survey(*((number, "x", "empathy", expected, perceived) for number, (expected, perceived) in enumerate(ratings)))
    row = by_dimension(data).iloc[0]
    differences = np.array([perceived - expected for expected, perceived in ratings])
    assert row["gap"] == pytest.approx(differences.mean())
    assert row["gap"] == pytest.approx(row["perception"] - row["expectation"])
    assert row["n"] == len(ratings)
    assert row["se"] == pytest.approx(stats.sem(differences))
    if row["se"]:
        low, high = stats.t.interval(0.95, len(ratings) - 1, differences.mean(), stats.sem(differences))
        assert (row["low"], row["high"]) == pytest.approx((low, high), abs=5e-4 * (high - low))
        test = stats.ttest_rel([perceived for _, perceived in ratings], [expected for expected, _ in ratings])
        assert row["gap"] / row["se"] == pytest.approx(test.statistic)


def test_the_quantile_is_students() -> None:
    for n in [*range(5, 60), 100, 1000]:
        assert t_quantile(n) == pytest.approx(stats.t.ppf(0.975, n - 1), rel=4e-4)
    assert np.isnan([t_quantile(n) for n in range(5)]).all()


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy"), st.sampled_from("rs"), st.integers(1, 7), st.integers(1, 7))))
def test_n_counts_respondents(rows: list[tuple[str, str, str, int, int]]) -> None:
    for row in by_dimension(survey(*rows), "outlet").itertuples():
        people = {who for who, outlet, dimension, _, _ in rows if (outlet, dimension) == (row.group, row.dimension)}
        assert row.n == len(people)
        assert -6 <= row.gap <= 6
