"""The words of the analyses that a specification may use. No pandas here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from course.errors import CourseError

Aggregation = Literal["count", "sum", "mean", "median", "share", "share_of_total"]
AGGREGATIONS: tuple[Aggregation, ...] = get_args(Aggregation)
Season = Literal["month", "weekday"]
SEASONS: tuple[Season, ...] = get_args(Season)
Tier = Literal["core", "at_risk", "developing", "dormant"]
TIERS: tuple[Tier, ...] = get_args(Tier)
Day: TypeAlias = str | date
"""A day as ISO text, or as a date, datetime or pandas Timestamp."""


class AnalysisError(CourseError, ValueError):
    """What cannot be asked of these data: names the column or the choice, and what there is instead."""


@dataclass(frozen=True)
class Between:
    """A range for a filter, both ends included; None leaves an end open."""

    low: float | Day | None = None
    high: float | Day | None = None


def fraction(name: str, value: float) -> float:
    """The value, if it is between 0 and 1. Raises AnalysisError with its name otherwise."""
    if not 0 <= value <= 1:
        raise AnalysisError(f"{name} is {value}; give a fraction between 0 and 1")
    return value
