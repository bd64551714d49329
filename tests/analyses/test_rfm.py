from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from course.analyses.rfm import fifths, rfm
from course.analyses.terms import TIERS, AnalysisError

END = date(2024, 12, 31)


def lines(*rows: tuple[str | None, str | None, object, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["who", "on", "slip", "paid"])


def scored(data: pd.DataFrame) -> pd.DataFrame:
    return rfm(data, "who", "on", "slip", "paid", END)


def test_by_hand() -> None:
    """Five customers, so that every score goes to one of them; Ann has two receipts, one of two lines, the last 29 days before the end."""
    data = lines(
        ("ann", "2024-12-02", 2, 20),
        ("ann", "2024-01-01", 1, 10),
        ("ann", "2024-12-02", 2, 30),
        ("bob", "2024-12-31", 3, 5),
        *(("cem", "2024-06-30", slip, 100) for slip in (4, 5, 6)),
        *(("dora", "2024-12-30", slip, 50) for slip in (7, 8, 9, 10)),
        *(("eve", "2024-02-29", slip, 1) for slip in (11, 12, 13, 14, 15)),
    )
    result = scored(data).set_index("customer")
    assert list(scored(data).columns) == ["customer", "recency", "frequency", "monetary", "r", "f", "m", "tier"]
    assert list(result.loc["ann", ["recency", "frequency", "monetary"]]) == [29, 2, 60]
    assert list(result.loc["eve", ["recency", "frequency", "monetary"]]) == [306, 5, 5]
    assert dict(result["r"]) == {"bob": 5, "dora": 4, "ann": 3, "cem": 2, "eve": 1}
    assert dict(result["f"]) == {"eve": 5, "dora": 4, "cem": 3, "ann": 2, "bob": 1}
    assert result.loc[["cem", "dora", "ann"], "m"].to_list() == [5, 4, 3]
    assert result.loc["bob", "m"] == result.loc["eve", "m"] == 1, "ranks 1 and 2 share the rank 1½: 5 · (1½ − ½) / 5 = 1"
    assert dict(result["tier"]) == {"dora": "core", "ann": "developing", "bob": "developing", "cem": "at_risk", "eve": "at_risk"}
    assert list(result.index) == ["dora", "cem", "ann", "bob", "eve"], "by the sum 12, 10, 8, 8, 7; Ann's 60 before Bob's 5"


def test_what_comes_later_or_belongs_to_nobody_is_left_out() -> None:
    kept = ("ann", "2024-12-01T23:59", 1, 10)
    data = lines(kept, ("ann", "2025-01-01", 2, 10), (None, "2024-12-01", 3, 10), ("ann", None, 4, 10), ("bob", "2024-12-01", None, 10))
    assert scored(data).equals(scored(lines(kept)))
    assert list(scored(data)["recency"]) == [30]


def test_a_missing_amount_adds_nothing() -> None:
    assert list(scored(lines(("ann", "2024-12-01", 1, None), ("ann", "2024-12-01", 1, 4)))["monetary"]) == [4]
    assert list(scored(lines(("ann", "2024-12-01", 1, None)))["monetary"]) == [0]


def test_equal_customers_are_in_the_middle() -> None:
    data = lines(*((name, "2024-12-01", slip, 9.99) for slip, name in enumerate("abcdefg")))
    assert set(scored(data)[["r", "f", "m"]].to_numpy().ravel()) == {3}
    assert set(scored(data)["tier"]) == {"core"}


def test_the_same_sum_in_another_order_is_the_same_value() -> None:
    """0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in binary fractions."""
    amounts = {"ann": (0.1, 0.2, 0.3), "bob": (0.3, 0.2, 0.1)}
    data = lines(*((name, "2024-12-01", name, paid) for name, all_paid in amounts.items() for paid in all_paid))
    assert scored(data)["m"].nunique() == 1


@pytest.mark.parametrize("n", [5, 10, 40, 105])
def test_without_ties_these_are_five_equal_parts(n: int) -> None:
    """Hughes 1994: sort, cut into five equal parts, number them 5 to 1; pandas cuts likewise."""
    values = pd.Series(np.random.default_rng(n).permutation(n))
    expected = pd.qcut(values, 5, labels=False) + 1
    assert list(fifths(values)) == list(expected)
    assert set(fifths(values).value_counts()) == {n // 5}


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
def test_scores_follow_the_mean_ranks(values: list[int]) -> None:
    n = len(values)
    scores = fifths(pd.Series(values))
    assert list(scores) == [int(-(-(5 * (2 * rank - 1)) // (2 * n))) for rank in rankdata(values)]
    assert set(scores) <= {1, 2, 3, 4, 5}
    by_value = dict(zip(values, scores, strict=True))
    assert list(scores) == [by_value[value] for value in values], "ties share a score"
    assert [by_value[value] for value in sorted(by_value)] == sorted(by_value.values()), "more is never scored lower"


purchases = st.lists(
    st.tuples(st.sampled_from("abcdefgh"), st.integers(-30, 400), st.integers(0, 30), st.one_of(st.none(), st.integers(0, 99))), max_size=40
)


@given(purchases)
def test_tiers_part_the_customers(rows: list[tuple[str, int, int, int | None]]) -> None:
    data = lines(*((who, str(END - timedelta(ago)), slip, paid) for who, ago, slip, paid in rows))
    result = scored(data)
    known = {who for who, ago, _, _ in rows if ago >= 0}
    assert set(result["customer"]) == known
    assert len(result) == len(known)
    assert set(result["tier"]) <= set(TIERS)
    assert result[["r", "f", "m"]].isin(range(1, 6)).all(axis=None)
    for row in result.itertuples():
        mine = [(ago, slip, paid) for who, ago, slip, paid in rows if who == row.customer and ago >= 0]
        assert row.recency == min(ago for ago, _, _ in mine)
        assert row.frequency == len({slip for _, slip, _ in mine})
        assert row.monetary == sum(paid or 0 for _, _, paid in mine)
        names = ("core", "developing") if row.r >= 3 else ("at_risk", "dormant")
        assert row.tier == names[row.f + row.m < 6]


def test_a_reference_that_is_no_date_is_named() -> None:
    with pytest.raises(AnalysisError, match="'soon' is not a date"):
        rfm(lines(("ann", "2024-12-02", 2, 20)), "who", "on", "slip", "paid", "soon")
