"""Whether one series runs ahead of another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from course.analyses.columns import numbers, require
from course.analyses.terms import AnalysisError

FEWEST = 3
"""Pairs below which no correlation is given: two points always lie on a line."""


def lags(data: pd.DataFrame, time: str, x: str, y: str, most: int = 4) -> pd.DataFrame:
    """One row a lag k = 0 … ``most``: ``lag``, ``r``, ``n``.

    ``r``: Pearson's correlation (−1 to 1) of x(t) with y(t + k), so that a high r at k = 2 says that x runs two periods ahead of y;
    ``n``: the pairs that have both. NaN where there are fewer than 3 pairs or either series is constant over them. Correlation over time
    is no cause: a common trend is enough.

    ``data``: equally spaced periods (a missing one has to be there as a row without values), in any order; ``time`` is a column that sorts:
    dates, ISO text or numbers. Several rows of one period are averaged; rows without a time are left out.
    Raises AnalysisError for a column that is missing or holds no numbers, and for a negative ``most``.
    """
    require(data, time)
    if most < 0:
        raise AnalysisError(f"most is {most}; the largest lag is 0 or more")
    rows = pd.DataFrame({"time": data[time], "x": numbers(data, x), "y": numbers(data, y)})
    series = rows.groupby("time", observed=True).mean()
    found = [(lag, *_correlation(series["x"], series["y"].shift(-lag))) for lag in range(most + 1)] if len(series) else []
    return pd.DataFrame(found, columns=["lag", "r", "n"]).astype({"lag": "int64", "r": "float64", "n": "int64"})


def _correlation(x: pd.Series[float], y: pd.Series[float]) -> tuple[float, int]:
    pairs = pd.DataFrame({"x": x, "y": y}).dropna()
    n = len(pairs)
    if n < FEWEST or (pairs.min() == pairs.max()).any():
        return float("nan"), n
    centred = pairs - pairs.mean()
    a, b = (centred / centred.abs().max()).to_numpy().T  # scaled, since squares of very small or large numbers vanish or overflow
    return float(np.clip(a @ b / np.sqrt((a @ a) * (b @ b)), -1, 1)), n
