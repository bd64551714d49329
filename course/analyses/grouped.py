"""The general analysis: rows in groups, one number a group."""

from __future__ import annotations

import pandas as pd

from course.analyses.columns import numbers, require
from course.analyses.terms import AGGREGATIONS, Aggregation, AnalysisError


def grouped(data: pd.DataFrame, by: str, aggregation: Aggregation, measure: str | None = None, split: str | None = None) -> pd.DataFrame:
    """One row for each group that occurs: ``group``, ``split`` (only with a split), ``value``, ``n``, ``missing``.

    ``aggregation``: ``count`` (rows) and ``share`` (of the rows) take no measure and ignore one; ``sum``, ``mean``, ``median`` and
    ``share_of_total`` (the group's part of the sum) need one. Shares are fractions of all rows, or with a split fractions of their group,
    so that each group adds up to 1.

    Missing values of the measure are left out: ``n`` rows made the value, ``missing`` rows had none; a value made of no row is NaN. Rows
    without a group are a group of their own, NaN, at the end. Order: by group, then split, ascending (ordered categories in their order).
    Where the measure has negative values a share can leave 0 to 1; of a total of 0 there are none (NaN).

    Raises AnalysisError for a missing column, an unknown aggregation, and a measure that is needed and missing or holds no numbers.
    """
    if aggregation not in AGGREGATIONS:
        raise AnalysisError(f"there is no aggregation {aggregation!r}; choose one of: {', '.join(AGGREGATIONS)}")
    counting = aggregation in ("count", "share")
    if measure is None and not counting:
        raise AnalysisError(f"{aggregation!r} needs a measure: name a column of numbers")
    keys = {"group": by} if split is None else {"group": by, "split": split}
    require(data, *keys.values())

    rows = pd.DataFrame({name: data[column] for name, column in keys.items()})
    rows["value"] = 1.0 if counting or measure is None else numbers(data, measure)
    cells = rows.groupby(list(keys), dropna=False)["value"]
    if aggregation == "mean":
        values = cells.mean()
    elif aggregation == "median":
        values = cells.median()
    else:
        values = cells.sum(min_count=1)
    result = pd.DataFrame({"value": values, "n": cells.count(), "missing": cells.size() - cells.count()}).reset_index()
    if aggregation in ("share", "share_of_total"):
        scope = pd.Series(0, index=result.index) if split is None else result["group"]
        total = result["value"].groupby(scope, dropna=False).transform("sum")
        result["value"] /= total.where(total != 0)
    return result
