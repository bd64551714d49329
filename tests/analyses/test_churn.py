from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from statistics import median

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analyses.churn import churn, rhythm
from course.analyses.terms import AnalysisError

END = date(2024, 3, 31)


def purchases(**days_ago: list[int]) -> pd.DataFrame:
    rows = [(name, str(END - timedelta(ago))) for name, all_ago in days_ago.items() for ago in all_ago]
    return pd.DataFrame(rows, columns=["who", "on"])


def test_by_hand() -> None:
    """Reference 31 March 2024. Ann came every 7 days and was last here 20 days ago, 20 / 7 ≈ 2.86 times her gap; Bob, monthly, 45 days ago.

    Cem's gaps are 5, 5 and 60 days: the median is 5, whatever the long one, and 30 days are 6 times that. Dora came once.
    """
    data = purchases(ann=[27, 20, 34, 41], bob=[45, 75, 105], cem=[30, 35, 40, 100], dora=[300])
    known = rhythm(data, "who", "on", END)
    assert list(known.columns) == ["customer", "visits", "last", "gap", "silent"]
    assert list(known["customer"]) == ["ann", "bob", "cem", "dora"]
    assert list(known["visits"]) == [4, 3, 4, 1]
    assert list(known["silent"]) == [20, 45, 30, 300]
    assert list(known["gap"])[:3] == [7, 30, 5]
    assert pd.isna(known["gap"].iloc[3])
    assert known["last"].iloc[0] == pd.Timestamp("2024-03-11")

    lost = churn(data, "who", "on", END)
    assert list(lost.columns) == ["customer", "visits", "last", "gap", "silent", "times"]
    assert list(lost["customer"]) == ["cem", "ann"]
    assert list(lost["times"]) == pytest.approx([6, 20 / 7])
    assert list(churn(data, "who", "on", END, factor=1.4)["customer"]) == ["cem", "ann", "bob"]
    assert list(churn(data, "who", "on", END, least_visits=4, factor=1.4)["customer"]) == ["cem", "ann"]


def test_twice_the_gap_is_not_more_than_twice() -> None:
    assert len(churn(purchases(ann=[20, 30, 40]), "who", "on", END)) == 0
    assert len(churn(purchases(ann=[21, 31, 41]), "who", "on", END)) == 1


def test_receipts_of_one_day_are_one_visit_and_later_ones_are_not_known() -> None:
    data = purchases(ann=[20, 20, 20, 30, -1])
    assert rhythm(data, "who", "on", END).to_dict("records")[0] | {"last": None} == {
        "customer": "ann",
        "visits": 2,
        "last": None,
        "gap": 10,
        "silent": 20,
    }


@pytest.mark.parametrize(("factor", "least"), [(0, 3), (-1, 3), (float("nan"), 3), (2, 1)])
def test_what_cannot_be_asked_is_named(factor: float, least: int) -> None:
    with pytest.raises(AnalysisError, match=f"factor is {factor}, least_visits {least}"):
        churn(purchases(ann=[1, 2, 3]), "who", "on", END, factor, least)


@given(
    st.dictionaries(st.sampled_from(["ann", "bob", "cem"]), st.lists(st.integers(-20, 200), max_size=12)),
    st.floats(0.1, 10),
    st.integers(2, 5),
)
def test_the_lost_are_those_who_broke_their_own_rhythm(days_ago: dict[str, list[int]], factor: float, least: int) -> None:
    lost = churn(purchases(**days_ago), "who", "on", END, factor, least)
    expected = {}
    for name, all_ago in days_ago.items():
        visits = sorted({ago for ago in all_ago if ago >= 0})
        if len(visits) >= least:
            gap = median(after - before for before, after in pairwise(visits))
            if visits[0] / gap > factor:
                expected[name] = (len(visits), gap, visits[0])
    assert {row.customer: (row.visits, row.gap, row.silent) for row in lost.itertuples()} == expected
    assert lost["times"].is_monotonic_decreasing
