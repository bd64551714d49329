"""Who or what contributes most.

J. M. Juran, Quality Control Handbook, 1951, for the "vital few", and "The Non-Pareto Principle; Mea Culpa", Quality Progress, May 1975:
that 20 % of the causes make 80 % of the effect is an observation to be tested on data, not a law.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import pandas as pd

from course.analyses.grouped import grouped
from course.analyses.terms import AnalysisError, fraction

TINY = 1e-9
"""What binary fractions may be off: 0.07 × 100 is a little over 7."""


@dataclass(frozen=True)
class TopShare:
    """The largest ``groups`` of all ``of`` groups make ``share`` (0 to 1) of the total; None where the total is 0."""

    groups: int
    of: int
    share: float | None


def pareto(data: pd.DataFrame, by: str, value: str | None = None) -> pd.DataFrame:
    """Contributions, the largest first (equal ones in the order of their names): ``group``, ``value``, ``share``, ``cumulative``.

    ``value``: the column to add up, without one rows are counted. ``share``: of the total, 0 to 1; ``cumulative``: of this group and all
    above it, 1 in the last row. Both are NaN where the total is 0. A missing value adds nothing; rows without a group are left out.

    Raises AnalysisError for a missing column and for a group whose sum is negative, since shares of a total mean nothing then.
    """
    sums = grouped(data, by, "count" if value is None else "sum", value).dropna(subset="group")
    result = sums[["group", "value"]].fillna({"value": 0.0}).sort_values("value", ascending=False, kind="stable", ignore_index=True)
    if (result["value"] < 0).any():
        raise AnalysisError(f"the sum of {result['group'].iloc[-1]!r} is negative; a Pareto analysis needs contributions of 0 or more")
    running = result["value"].cumsum()
    total = running.max() or float("nan")
    return result.assign(share=result["value"] / total, cumulative=running / total)


def share_of_top(data: pd.DataFrame, by: str, value: str | None = None, top: float = 0.2) -> TopShare:
    """What the largest ``top`` (a fraction of the groups, rounded up to whole groups) contribute. Raises AnalysisError as ``pareto``."""
    curve = pareto(data, by, value)
    return _first(curve, ceil(fraction("top", top) * len(curve) - TINY))


def fewest_for(data: pd.DataFrame, by: str, value: str | None = None, least: float = 0.8) -> TopShare:
    """The smallest number of groups that together make at least ``least`` (0 to 1) of the total. Raises AnalysisError as ``pareto``."""
    curve = pareto(data, by, value)
    below = int((curve["cumulative"] < fraction("least", least) - TINY).sum())
    return _first(curve, min(below + 1, len(curve)) if least else 0)


def _first(curve: pd.DataFrame, groups: int) -> TopShare:
    if curve["cumulative"].isna().all():
        return TopShare(0, len(curve), None)
    return TopShare(groups, len(curve), float(curve["cumulative"].iloc[groups - 1]) if groups else 0.0)
