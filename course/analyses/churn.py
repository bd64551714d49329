"""Customers who have been silent for unusually long, each measured by their own rhythm."""

from __future__ import annotations

import pandas as pd

from course.analyses.columns import day, days, require
from course.analyses.terms import AnalysisError, Day


def rhythm(data: pd.DataFrame, customer: str, date: str, reference: Day) -> pd.DataFrame:
    """One row a customer, in the order of their names: ``customer``, ``visits``, ``last``, ``gap``, ``silent``.

    ``visits``: days with a purchase (receipts of one day are one visit); ``last``: the last of them; ``gap``: median of the days between
    one visit and the next, NaN for a single visit; ``silent``: days from the last visit to ``reference``. Rows after the reference day and
    rows without customer or date are left out; their order does not matter. Raises AnalysisError for a missing column.
    """
    require(data, customer)
    until = day(reference)
    visits = pd.DataFrame({"customer": data[customer], "day": days(data, date)}).dropna().drop_duplicates()
    visits = visits[visits["day"] <= until].sort_values("day")
    visits["gap"] = visits.groupby("customer", observed=True)["day"].diff().dt.days
    each = visits.groupby("customer", observed=True)
    last = each["day"].max()
    table = {"visits": each.size(), "last": last, "gap": each["gap"].median(), "silent": (until - last).dt.days}
    return pd.DataFrame(table).reset_index()


def churn(data: pd.DataFrame, customer: str, date: str, reference: Day, factor: float = 2.0, least_visits: int = 3) -> pd.DataFrame:
    """The customers who may be lost: silent for more than ``factor`` times their own median gap. Columns of ``rhythm`` and ``times``.

    ``times`` = silent / gap; the longest silence by this measure first, then customer. Only customers with at least ``least_visits`` (2 or
    more) are judged: fewer have no rhythm. A working rule for customers who buy without a contract, not a probability; who buys at a
    season only is listed wrongly. Raises AnalysisError for a missing column, a factor that is not above 0, and fewer than 2 visits.
    """
    if not factor > 0 or least_visits < 2:
        raise AnalysisError(f"factor is {factor}, least_visits {least_visits}; give a factor above 0 and at least 2 visits")
    known = rhythm(data, customer, date, reference)
    known["times"] = known["silent"] / known["gap"]
    lost = known[(known["visits"] >= least_visits) & (known["times"] > factor)]
    return lost.sort_values(["times", "customer"], ascending=[False, True], ignore_index=True)
