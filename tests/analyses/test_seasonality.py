from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analyses.seasonality import seasonality
from course.analyses.terms import AnalysisError


def sales(**totals: float) -> pd.DataFrame:
    """One sale in the middle of each month: ``sales(m2023_01=5)``."""
    return pd.DataFrame({"on": [f"{name[1:].replace('_', '-')}-15" for name in totals], "sold": [float(n) for n in totals.values()]})


def year(number: int, totals: list[float]) -> dict[str, Any]:
    return {f"m{number}_{month:02}": total for month, total in enumerate(totals, start=1)}


def test_by_hand() -> None:
    """The method of simple averages: two years of 60 … 170 and 80 … 190 have the monthly means 70 … 180, whose mean is 125.

    January is 100 · 70 / 125 = 56, December 100 · 180 / 125 = 144, and the twelve add up to 1200.
    """
    data = sales(**year(2023, list(range(60, 180, 10))), **year(2024, list(range(80, 200, 10))))
    result = seasonality(data, "on", "sold")
    assert list(result.columns) == ["season", "mean", "n", "seasonal_index"]
    assert list(result["season"]) == list(range(1, 13))
    assert list(result["mean"]) == list(range(70, 190, 10))
    assert set(result["n"]) == {2}
    assert list(result["seasonal_index"]) == pytest.approx([100 * mean / 125 for mean in range(70, 190, 10)])
    assert result["seasonal_index"].iloc[0] == pytest.approx(56)
    assert result["seasonal_index"].iloc[-1] == pytest.approx(144)
    assert result["seasonal_index"].sum() == pytest.approx(1200)


def test_incomplete_years_give_the_index_of_whole_ones() -> None:
    """Without a trend it does not matter that some months were seen twice and others once."""
    totals = [30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140]
    whole = seasonality(sales(**year(2023, totals)), "on", "sold")
    more = seasonality(sales(**year(2023, totals), **year(2024, totals[:5])), "on", "sold")
    assert list(more["seasonal_index"]) == pytest.approx(list(whole["seasonal_index"]))
    assert list(more["n"]) == [2] * 5 + [1] * 7


def test_a_month_without_sales_counts_as_none_and_not_as_unknown() -> None:
    result = seasonality(sales(m2023_01=10, m2023_02=10, m2023_03=10, m2024_01=10, m2024_03=10), "on", "sold").set_index("season")
    assert list(result["n"]) == [2, 2, 2, *[1] * 9]
    assert result.loc[2, "mean"] == 5
    assert result.loc[7, "mean"] == 0


def test_days_of_gathering_cut_off_parts_of_months_and_add_empty_ones() -> None:
    data = pd.DataFrame({"on": ["2023-01-31", "2023-02-10", "2023-03-05", "2023-03-20", "2023-04-01"], "sold": [1, 10, 5, 5, 1]})
    cut = seasonality(data, "on", "sold", since="2023-01-20", until="2023-04-03")
    assert cut.to_dict("list") == {"season": [2, 3], "mean": [10, 10], "n": [1, 1], "seasonal_index": [100, 100]}
    longer = seasonality(data, "on", "sold", since="2023-01-01", until="2023-05-31")
    assert list(longer["mean"]) == [1, 10, 10, 1, 0]
    assert len(seasonality(data, "on", since="2024-01-01")) == 0
    assert len(seasonality(data, "on", since="2023-02-02", until="2023-02-27")) == 0


def test_weekdays_are_averaged_over_as_many_as_there_are() -> None:
    """Monday 1 January to Tuesday 9 January 2024: two Mondays and Tuesdays, one of the others."""
    data = pd.DataFrame({"on": ["2024-01-09", "2024-01-01", "2024-01-08", "2024-01-01", "2024-01-07", "2024-01-01T18:00"]})
    result = seasonality(data, "on", season="weekday").set_index("season")
    assert dict(result["n"]) == {1: 2, 2: 2, 3: 1, 4: 1, 5: 1, 6: 1, 7: 1}
    assert dict(result["mean"]) == {1: 2, 2: 0.5, 3: 0, 4: 0, 5: 0, 6: 0, 7: 1}
    assert result.loc[1, "seasonal_index"] == pytest.approx(400), "the mean of the means is 3.5 / 7"


def test_there_is_no_index_of_nothing() -> None:
    result = seasonality(sales(m2023_01=0, m2023_02=0), "on", "sold")
    assert result["seasonal_index"].isna().all()
    assert list(result["mean"]) == [0, 0]


def test_what_cannot_be_asked_is_named() -> None:
    data = sales(m2023_01=1)
    with pytest.raises(AnalysisError, match="no season 'quarter'; choose one of: month, weekday"):
        seasonality(data, "on", season="quarter")  # type: ignore[arg-type]
    with pytest.raises(AnalysisError, match=r"until \(2023-01-01\) is before since \(2023-02-01\)"):
        seasonality(data, "on", since="2023-02-01", until="2023-01-01")


rows = st.lists(st.tuples(st.dates(pd.Timestamp("2021-01-01").date(), pd.Timestamp("2024-12-31").date()), st.integers(0, 50)), min_size=1)


@given(rows, st.sampled_from(["month", "weekday"]))
def test_the_indices_average_100_and_all_sales_are_in(rows: list[tuple[Any, int]], season: Any) -> None:
    data = pd.DataFrame(rows, columns=["on", "sold"])
    result = seasonality(data, "on", "sold", season)
    assert result["season"].is_monotonic_increasing
    assert set(result["season"]) <= set(range(1, 13 if season == "month" else 8))
    assert (result["mean"] * result["n"]).sum() == pytest.approx(data["sold"].sum())
    first, last = pd.Timestamp(min(day for day, _ in rows)), pd.Timestamp(max(day for day, _ in rows))
    periods = (last.year - first.year) * 12 + last.month - first.month + 1 if season == "month" else (last - first).days + 1
    assert result["n"].sum() == periods
    if data["sold"].sum():
        assert result["seasonal_index"].mean() == pytest.approx(100)
