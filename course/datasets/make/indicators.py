"""Three years of monthly figures of a service company.

Hidden in it: staff satisfaction runs two months ahead of customer satisfaction, which runs three months ahead of repurchase.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from course.datasets.make.draw import seeded

SEED = 2304
MONTHS = 36
STAFF_LEAD = 2
CUSTOMER_LEAD = 3
HISTORY = 24
"""Months before the first row, thrown away: they give the first row its past."""

SEASON = (0.9, -0.2, -0.9, -0.6, -0.2, 0.0, -0.3, -0.2, 0.9, 1.0, -0.2, -0.2)
"""January to December: busy before Spring Festival and in September and October."""


class Month(NamedTuple):
    """One month; described in ``columns.yaml``."""

    month: date
    staff_satisfaction: float
    first_reply_minutes: int
    customer_satisfaction: float
    complaints_per_1000: float
    repurchase_rate: float
    revenue_index: float


def rows() -> Iterator[Month]:
    """All months from January 2023 on."""
    rng = seeded(SEED)
    staff, customers, repurchase = [0.0], [0.0], [0.0]
    for _ in range(HISTORY + MONTHS):
        # All three as distances from their mean. Staff satisfaction wanders, the others follow it late.
        staff.append(0.55 * staff[-1] + rng.normal(0, 3.4))
        customers.append(0.8 * _ago(staff, STAFF_LEAD) + rng.normal(0, 2.0))
        repurchase.append(0.7 * _ago(customers, CUSTOMER_LEAD) + rng.normal(0, 1.5))
    for month in range(MONTHS):
        at = month - MONTHS
        season = SEASON[month % 12]
        minutes = 42 - 1.3 * staff[at] + 4 * season + rng.normal(0, 4)
        yield Month(
            month=date(2023 + month // 12, month % 12 + 1, 1),
            staff_satisfaction=round(71 + staff[at], 1),
            first_reply_minutes=round(minutes),
            customer_satisfaction=round(77 + customers[at] - 0.6 * season, 1),
            complaints_per_1000=round(9 - 0.35 * customers[at] + 0.8 * season + rng.normal(0, 0.7), 1),
            repurchase_rate=round(38 + repurchase[at] + 0.8 * season, 1),
            revenue_index=round(100 + 0.25 * month + 1.2 * repurchase[at] + 9 * season + rng.normal(0, 2.5), 1),
        )


def _ago(series: list[float], months: int) -> float:
    """The value so many months before the last one; 0 before the beginning."""
    return series[-1 - months] if len(series) > months else 0.0
