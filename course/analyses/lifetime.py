"""What a customer is worth. Pure Python.

S. Gupta & D. R. Lehmann, "Customers as Assets", Journal of Interactive Marketing 17, 2003: m · r / (1 + i − r), where each period's
margin m comes at its end and with the chance r that the customer is still there. Margins and rates are for the same period, usually a year.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from course.analyses.terms import AnalysisError, fraction


@dataclass(frozen=True)
class Costs:
    """A customer's value against the cost to have one, all in the unit of the margin.

    ``value``: lifetime value before either cost; ``won`` and ``kept``: what is left of it after the cost to win a new customer, or to keep
    one that is there (each spent once, today); ``ratio``: cost to win over cost to keep, None where keeping costs nothing.
    """

    value: float
    won: float
    kept: float
    ratio: float | None


def margin_multiple(retention: float, discount: float, periods: int | None = None) -> float:
    """How many times one period's margin a customer is worth.

    ``retention`` r: share of customers who stay from one period to the next, 0 to 1; ``discount`` i: 0 or more, 0.1 for 10 %.
    For ever: r / (1 + i − r). Over ``periods`` n: the sum of (r / (1 + i))^t for t = 1 … n. Raises AnalysisError where a figure
    is out of its range, and where the sum has no end (everyone stays, nothing is discounted, for ever).
    """
    fraction("retention", retention)
    _amount("discount", discount)
    if periods is None:
        if 1 + discount == retention:
            raise AnalysisError("with a retention of 1 and a discount of 0 the value has no limit; name a number of periods")
        return retention / (1 + discount - retention)
    if periods < 0:
        raise AnalysisError(f"periods is {periods}; give 0 or more")
    factor = retention / (1 + discount)
    return float(periods) if factor == 1 else factor * (1 - factor**periods) / (1 - factor)


def lifetime_value(margin: float, retention: float, discount: float, periods: int | None = None) -> float:
    """A customer's value today: one period's ``margin`` times ``margin_multiple``. Raises AnalysisError as that does."""
    if not isfinite(margin):
        raise AnalysisError(f"margin is {margin}; give an amount")
    return margin * margin_multiple(retention, discount, periods)


def win_or_keep(
    margin: float, retention: float, discount: float, cost_to_win: float, cost_to_keep: float, periods: int | None = None
) -> Costs:
    """What a customer is worth, won new or kept. Costs are 0 or more. Raises AnalysisError as ``lifetime_value`` does."""
    value = lifetime_value(margin, retention, discount, periods)
    win, keep = _amount("cost_to_win", cost_to_win), _amount("cost_to_keep", cost_to_keep)
    return Costs(value, value - win, value - keep, win / keep if keep else None)


def _amount(name: str, value: float) -> float:
    if not isfinite(value) or value < 0:
        raise AnalysisError(f"{name} is {value}; give 0 or more")
    return value
