from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pearsonr

from course.analyses.lags import lags
from course.analyses.terms import AnalysisError


def weeks(x: list[float | None], y: list[float | None]) -> pd.DataFrame:
    start = pd.Timestamp("2024-01-01")
    data = pd.DataFrame({"week": [start + pd.Timedelta(weeks=n) for n in range(len(x))], "x": x, "y": y})
    return data.astype({"x": "float64", "y": "float64"})


def test_a_series_that_follows_two_weeks_later_is_found_at_lag_two() -> None:
    x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    result = lags(weeks(x, [7, 7, *(10 - 2 * value for value in x[:-2])]), "week", "x", "y", most=3)
    assert list(result.columns) == ["lag", "r", "n"]
    assert list(result["lag"]) == [0, 1, 2, 3]
    assert list(result["n"]) == [10, 9, 8, 7]
    assert result["r"].iloc[2] == pytest.approx(-1)
    assert result["r"].abs().idxmax() == 2


def test_anscombe() -> None:
    """F. J. Anscombe, "Graphs in Statistical Analysis", The American Statistician 27, 1973, set I: r = 0.816."""
    x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
    y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
    assert lags(weeks(x, y), "week", "x", "y")["r"].iloc[0] == pytest.approx(0.816, abs=5e-4)


def test_the_order_of_the_rows_does_not_matter_and_rows_of_one_week_are_averaged() -> None:
    data = weeks([1, 2, 4, 3, 6], [2, 1, 3, 5, 4])
    apart = pd.concat([data.assign(x=data["x"] - 1), data.assign(x=data["x"] + 1)]).sample(frac=1, random_state=2)
    pd.testing.assert_frame_equal(lags(apart, "week", "x", "y"), lags(data, "week", "x", "y"))


def test_a_missing_value_costs_its_pairs_alone() -> None:
    """x is missing in week 2 and y in week 4 of six: lag 0 loses both pairs, lag 1 loses (2, 3) and (3, 4)."""
    result = lags(weeks([1, None, 4, 3, 6, 5], [2, 1, 3, None, 4, 1]), "week", "x", "y", most=1)
    assert list(result["n"]) == [4, 3]
    assert result["r"].iloc[1] == pytest.approx(pearsonr([1, 3, 6], [1, 4, 1]).statistic)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([5, 5, 5, 5], [1, 2, 3, 4]),
        ([0.1, 0.1, 0.1, 0.1], [1, 2, 3, 4]),
        ([1, 2, 3, 4], [7, 7, 7, 7]),
        ([1, 2, None, None], [1, 2, 3, 4]),
        ([None] * 4, [None] * 4),
    ],
)
def test_there_is_no_correlation_with_what_does_not_change(x: list[float | None], y: list[float | None]) -> None:
    assert lags(weeks(x, y), "week", "x", "y")["r"].isna().all()


def test_a_lag_longer_than_the_series_has_no_pairs() -> None:
    result = lags(weeks([1, 2, 4], [1, 3, 2]), "week", "x", "y", most=5)
    assert list(result["n"]) == [3, 2, 1, 0, 0, 0]
    assert list(result["r"].notna()) == [True, False, False, False, False, False]


def test_what_cannot_be_asked_is_named() -> None:
    with pytest.raises(AnalysisError, match="most is -1"):
        lags(weeks([1], [1]), "week", "x", "y", most=-1)


values = st.one_of(st.none(), st.integers(-3, 3), st.floats(-1e100, 1e100), st.floats(-1e-100, 1e-100))


@given(st.lists(st.tuples(values, values), max_size=20), st.integers(0, 6))
def test_r_lies_between_its_ends(rows: list[tuple[float | None, float | None]], most: int) -> None:
    result = lags(weeks([x for x, _ in rows], [y for _, y in rows]), "week", "x", "y", most)
    assert result["r"].dropna().between(-1, 1).all()
    if rows:
        known = [(x is not None, y is not None) for x, y in rows]
        pairs = [sum(x and y for (x, _), (_, y) in zip(known, known[k:], strict=False)) for k in range(most + 1)]
        assert list(result["n"]) == pairs


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=8, max_size=25), st.integers(0, 3))
def test_it_agrees_with_scipy(rows: list[tuple[int, int]], lag: int) -> None:
    x, y = [x for x, _ in rows], [y for _, y in rows]
    r = lags(weeks(x, y), "week", "x", "y")["r"].iloc[lag]
    early, late = x[: len(x) - lag], y[lag:]
    if len(set(early)) > 1 and len(set(late)) > 1:
        assert r == pytest.approx(pearsonr(early, late).statistic, abs=1e-12)
    else:
        assert pd.isna(r)
