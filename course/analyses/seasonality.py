"""How much stronger or weaker a month or a weekday is than the average one."""

from __future__ import annotations

import pandas as pd

from course.analyses.columns import day, days, numbers
from course.analyses.terms import SEASONS, AnalysisError, Day, Season


def seasonality(
    data: pd.DataFrame,
    date: str,
    value: str | None = None,
    season: Season = "month",
    since: Day | None = None,
    until: Day | None = None,
) -> pd.DataFrame:
    """One row a season: ``season`` (month 1–12; weekday 1 Monday – 7 Sunday), ``mean``, ``n``, ``seasonal_index``; in that order.

    The method of simple averages (S. P. Gupta, Statistical Methods, Sultan Chand, "Analysis of Time Series"): the total of each calendar
    month (or day), ``mean`` of the ``n`` totals that fall on a season, and ``seasonal_index`` = 100 × mean / mean of the means, so that 100
    is the average season. Months keep their different lengths. The index is NaN where everything adds up to 0.

    ``value``: the column to add up, without one rows are counted; a missing value adds nothing, rows without a date are left out.
    ``since``, ``until``: the days, both included, in which the data were gathered. Without them: the whole months (or the days) from the
    first to the last date. Within them a month without rows is one with a total of 0; a month that they cut is left out, since part of a
    month is not less busy. Where the data were filtered, give the days of the unfiltered data.

    Incomplete years: each season is averaged over as many years as it has. With a strong trend the seasons that have one year more
    lean towards that year: choose whole years then. Seasons that never occur have no row.

    Raises AnalysisError for a missing column, an unknown season, and an ``until`` before ``since``.
    """
    if season not in SEASONS:
        raise AnalysisError(f"there is no season {season!r}; choose one of: {', '.join(SEASONS)}")
    if since is not None and until is not None and day(since) > day(until):
        raise AnalysisError(f"until ({until}) is before since ({since}); turn them round")
    rows = pd.DataFrame({"day": days(data, date), "value": 1.0 if value is None else numbers(data, value)})
    first = day(since) if since is not None else rows["day"].min()
    last = day(until) if until is not None else rows["day"].max()
    rows = rows[rows["day"].between(first, last)]
    unit = "M" if season == "month" else "D"
    span = pd.PeriodIndex([], freq=unit) if rows.empty else pd.period_range(first, last, freq=unit)
    if since is not None:
        span = span[span.start_time >= first]
    if until is not None:
        span = span[span.end_time.normalize() <= last]
    totals = rows.groupby(rows["day"].dt.to_period(unit))["value"].sum().reindex(span, fill_value=0.0)
    each = totals.groupby((span.month if season == "month" else span.day_of_week + 1).rename("season"))
    result = pd.DataFrame({"mean": each.mean(), "n": each.size()}).reset_index()
    return result.assign(seasonal_index=100 * result["mean"] / (result["mean"].mean() or float("nan")))
