"""Customers by recency, frequency and monetary value (A. M. Hughes, Strategic Database Marketing, Probus, 1994)."""

from __future__ import annotations

import pandas as pd

from course.analyses.columns import day, days, numbers, require
from course.analyses.terms import TIERS, Day

MIDDLE = 3
"""The score of the middle fifth."""


def rfm(data: pd.DataFrame, customer: str, date: str, receipt: str, amount: str, reference: Day) -> pd.DataFrame:
    """One row a customer: ``customer``, ``recency``, ``frequency``, ``monetary``, ``r``, ``f``, ``m``, ``tier``.

    ``data``: receipts or lines of receipts. ``recency``: days from the last purchase to ``reference``; ``frequency``: different receipts,
    however many lines they have; ``monetary``: sum of the amounts, in their unit (a missing one adds nothing). Rows after the reference
    day, and rows without customer, date or receipt, are left out.

    ``r``, ``f``, ``m``: 1 to 5, see ``fifths``; 5 is the most recent, most frequent, highest. ``tier``: bought lately (r ≥ 3) or not,
    and buys much (f + m ≥ 6) or not: ``core`` lately and much, ``at_risk`` much but not lately, ``developing`` lately but not
    much, ``dormant`` neither. The tiers are this course's own; Hughes keeps the 125 cells of the three scores.

    Order: highest r + f + m first, then highest monetary, then customer. Raises AnalysisError for a column that is missing or holds
    something else.
    """
    require(data, customer, receipt)
    until = day(reference)
    rows = pd.DataFrame(
        {"customer": data[customer], "day": days(data, date), "receipt": data[receipt], "amount": numbers(data, amount)}
    ).dropna(subset=["customer", "day", "receipt"])
    each = rows[rows["day"] <= until].groupby("customer", observed=True)
    result = pd.DataFrame(
        {
            "recency": (until - each["day"].max()).dt.days,
            "frequency": each["receipt"].nunique(),
            "monetary": each["amount"].sum(),
        }
    ).reset_index()
    result["r"] = fifths(-result["recency"])
    result["f"] = fifths(result["frequency"])
    result["m"] = fifths(result["monetary"])
    late, small = result["r"] < MIDDLE, result["f"] + result["m"] < 2 * MIDDLE
    # TIERS are in this order: neither, late, small, both.
    result["tier"] = (late + 2 * small).map(dict(enumerate(TIERS))).astype("str")
    order = result.assign(total=result["r"] + result["f"] + result["m"])
    order = order.sort_values(["total", "monetary", "customer"], ascending=[False, False, True], ignore_index=True)
    return order.drop(columns="total")


def fifths(values: pd.Series[int] | pd.Series[float]) -> pd.Series[int]:
    """The fifth of the ranks in which each value lies: 1 (lowest) to 5 (highest).

    Equal values share their mean rank and so their score: ⌈5 · (rank − ½) / n⌉. Without ties and with n a multiple of 5 these are Hughes's
    five equal parts; with ties the parts differ in size, and where all are equal everyone gets 3.
    """
    # Twice a mean rank is a whole number: no rounding decides at a border. Rounded, since the same cents
    # added up in another order differ in the last digits.
    twice = (2 * values.round(6).rank()).astype("int64")
    n = max(len(values), 1)
    return (5 * (twice - 1) + 2 * n - 1) // (2 * n)
