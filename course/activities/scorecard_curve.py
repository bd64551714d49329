"""The curve over a scorecard's rows: its moments, its peak, its end, and what is worth mending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.activities.base import Id, Model
from course.activities.scorecard_cells import Column
from course.language import Text


class CurveSpec(Model):
    """A curve over the rows in their order: the numbers of ``value``, named by ``label``; ``axis`` says what the numbers mean."""

    value: Id
    label: Id
    threshold: int = -1
    """Rows with this number or less are listed as worth mending."""
    axis: Text

    def check(self, columns: Mapping[str, Column]) -> None:
        """Raise ValueError where a table with these columns, by their ids, cannot have this curve."""
        value, label = columns.get(self.value), columns.get(self.label)
        if value is None or value.lowest is None or value.highest is None or not value.lowest < 0 < value.highest:
            raise ValueError("curve.value: must name a number column that goes from below 0 to above 0")
        if label is None or label.type != "text":
            raise ValueError("curve.label: must name a text column")
        if not value.lowest <= self.threshold <= value.highest:
            raise ValueError("curve.threshold: must be a number that the column can hold")


@dataclass(frozen=True)
class Moment:
    """One point of the curve: the number of its row in the table from 1, what stands in its label cell, its value."""

    id: str
    number: int
    label: Text | str
    value: int


@dataclass(frozen=True)
class Curve:
    """The points in the order of the rows. What people remember of an experience is mostly its peak and its end.

    D. Kahneman, B. L. Fredrickson, C. A. Schreiber and D. A. Redelmeier, "When More Pain Is Preferred to Less: Adding a Better End",
    Psychological Science 4, 1993.
    """

    moments: tuple[Moment, ...]
    peak: Moment | None
    """The strongest moment, good or bad; among equals the bad one, then the last. None where all are 0."""
    end: Moment
    low: tuple[Moment, ...]
    """The moments at the threshold or less, in the order of the rows."""


def curve_through(moments: Sequence[Moment], threshold: int) -> Curve | None:
    """The curve through moments in the order of their rows; those at ``threshold`` or less are low. None where there are fewer than two."""
    if len(moments) < 2:
        return None
    peak = max(moments, key=lambda moment: (abs(moment.value), -moment.value, moment.number))
    low = tuple(moment for moment in moments if moment.value <= threshold)
    return Curve(tuple(moments), peak if peak.value else None, moments[-1], low)
