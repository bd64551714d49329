from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from course.analyses.filtered import filtered
from course.analyses.terms import AnalysisError, Between

DATA = pd.DataFrame(
    {
        "outlet": ["north", "south", None, "north"],
        "price": [1.0, 2.0, 3.0, None],
        "urgent": [True, False, True, False],
        "day": pd.to_datetime(["2024-03-31 23:50", "2024-04-01 00:00", None, "2024-04-30 08:15"]),
    },
    index=[10, 11, 12, 13],
)


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, [10, 11, 12, 13]),
        ({"outlet": ["north"]}, [10, 13]),
        ({"outlet": {"north", "south"}}, [10, 11, 13]),
        ({"outlet": ["west"]}, []),
        ({"urgent": [True]}, [10, 12]),
        ({"price": [2, 3]}, [11, 12]),
        ({"price": Between(2, 3)}, [11, 12]),
        ({"price": Between(2)}, [11, 12]),
        ({"price": Between(high=1)}, [10]),
        ({"price": Between()}, [10, 11, 12]),
        ({"price": Between(7, 8)}, []),
        ({"day": Between("2024-04-01", "2024-04-30")}, [11, 13]),
        ({"day": Between(high=date(2024, 3, 31))}, [10]),
        ({"day": Between(datetime(2024, 4, 1, 17))}, [11, 13]),
        ({"day": Between(pd.Timestamp("2024-04-02"))}, [13]),
        ({"outlet": ["north"], "price": Between(0, 9)}, [10]),
    ],
)
def test_rows_that_pass_all_filters(filters: dict[str, Any], left: list[int]) -> None:
    result = filtered(DATA, filters)
    assert list(result.index) == left
    assert_frame_equal(result, DATA.loc[left])


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"shop": ["north"]}, "no column 'shop'; the columns are: outlet, price"),
        ({"outlet": []}, "filter of 'outlet' allows no value"),
        ({"outlet": "north"}, "filter of 'outlet' allows no value: give a list"),
        ({"price": Between(3, 2)}, "range of 'price' ends before it begins: 3 to 2"),
        ({"day": Between("2024-05-01", "2024-04-01")}, "range of 'day' ends before it begins"),
        ({"price": Between("2024-05-01")}, "'price' does not hold dates"),
        ({"day": Between(5)}, "'day' does not hold numbers"),
        ({"day": Between(5, "2024-05-01")}, "5 is not a date"),
        ({"outlet": Between("a", "b")}, "'outlet' does not hold dates"),
    ],
)
def test_a_filter_that_nothing_can_pass_is_refused(filters: dict[str, Any], message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        filtered(DATA, filters)


@given(
    prices=st.lists(st.one_of(st.none(), st.integers(-9, 9)), max_size=12),
    low=st.one_of(st.none(), st.integers(-9, 9)),
    width=st.integers(0, 9),
    allowed=st.lists(st.integers(-9, 9), min_size=1),
)
def test_filtered_rows_are_rows_of_the_data(prices: list[int | None], low: int | None, width: int, allowed: list[int]) -> None:
    data = pd.DataFrame({"price": pd.Series(prices, dtype="float64"), "kind": [price or 0 for price in prices]})
    high = None if low is None else low + width
    result = filtered(data, {"price": Between(low, high), "kind": allowed})
    expected = [
        place
        for place, price in enumerate(prices)
        if price is not None and (low is None or high is None or low <= price <= high) and price in allowed
    ]
    assert list(result.index) == expected
    assert_frame_equal(result, data.loc[expected])
