"""Rows that a learner wants to look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from course.analyses.columns import day, days, numbers, require
from course.analyses.terms import AnalysisError, Between


def filtered(data: pd.DataFrame, filters: Mapping[str, Collection[object] | Between]) -> pd.DataFrame:
    """The rows that pass all filters, in their order and with their index; there may be none.

    ``filters``: for each column either the allowed values, or a range ``Between(low, high)`` with both ends included: of numbers, or of
    days (a time of day counts as its day). A missing value passes no range.

    Raises AnalysisError for a column that is not there, a range that does not fit its column, and a filter that nothing can pass: no
    allowed value, or a range that ends before it begins.
    """
    require(data, *filters)
    keep = pd.Series(True, index=data.index)
    for column, wanted in filters.items():
        keep &= _within(data, column, wanted) if isinstance(wanted, Between) else _among(data, column, wanted)
    return data[keep]


def _among(data: pd.DataFrame, column: str, allowed: Collection[object]) -> pd.Series[bool]:
    if isinstance(allowed, str) or not allowed:
        raise AnalysisError(f"the filter of {column!r} allows no value: give a list of values, or leave the filter out")
    return data[column].isin(list(allowed))


def _within(data: pd.DataFrame, column: str, wanted: Between) -> pd.Series[bool]:
    ends: list[Any] = [end for end in (wanted.low, wanted.high) if end is not None]
    if not ends:
        return data[column].notna()
    numeric = all(isinstance(end, int | float) for end in ends)
    values: pd.Series[Any] = numbers(data, column) if numeric else days(data, column)
    ends = ends if numeric else [day(end) for end in ends]
    if ends[0] > ends[-1]:
        raise AnalysisError(f"the range of {column!r} ends before it begins: {wanted.low} to {wanted.high}")
    keep = values.notna()
    if wanted.low is not None:
        keep &= values >= ends[0]
    if wanted.high is not None:
        keep &= values <= ends[-1]
    return keep
