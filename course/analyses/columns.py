"""The columns of a table as numbers or as days; what they cannot be is said by name."""

from __future__ import annotations

import pandas as pd

from course.analyses.terms import AnalysisError


def require(data: pd.DataFrame, *columns: str) -> None:
    """Raises AnalysisError for the first of these columns that the data do not have."""
    for column in columns:
        if column not in data.columns:
            raise AnalysisError(f"there is no column {column!r}; the columns are: {', '.join(map(str, data.columns))}")


def numbers(data: pd.DataFrame, column: str) -> pd.Series[float]:
    """A column as floats, true as 1 and false as 0, missing as NaN. Raises AnalysisError where it holds anything else."""
    require(data, column)
    values = data[column]
    if values.dtype.kind not in "mM":  # to_numeric would make nanoseconds of a date
        try:
            return pd.to_numeric(values).astype("float64")
        except (TypeError, ValueError):
            pass
    raise AnalysisError(f"column {column!r} does not hold numbers; choose a column of numbers")


def days(data: pd.DataFrame, column: str) -> pd.Series[pd.Timestamp]:
    """A column as whole days, missing as NaT. Raises AnalysisError where it holds anything else."""
    require(data, column)
    values = data[column]
    if values.dtype.kind not in "biufc":  # to_datetime would make nanoseconds since 1970 of a number
        try:
            return pd.to_datetime(values, format="ISO8601").dt.tz_localize(None).dt.normalize()
        except (TypeError, ValueError, AttributeError):
            pass
    raise AnalysisError(f"column {column!r} does not hold dates; choose a column of dates like 2025-03-31")


def day(value: object) -> pd.Timestamp:
    """A day that someone chose. Raises AnalysisError where it is none."""
    try:
        return days(pd.DataFrame({"day": [value]}), "day").dropna().iloc[0]
    except (AnalysisError, IndexError):
        raise AnalysisError(f"{value!r} is not a date; write it like 2025-03-31") from None
