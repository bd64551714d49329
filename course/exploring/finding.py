"""What an analysis found: a table, a sentence, and what to draw. Pure, without pandas."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from course.language import Language, Text, say

BLANK = "–"
Cell = str | float | None


@dataclass(frozen=True)
class Column:
    """A column of the table: its head, with the unit, and how its numbers are written."""

    label: str
    form: Literal["text", "number", "percent"] = "number"
    digits: int = 0

    def shown(self, cell: Cell) -> str:
        """A cell as people read it: ``1,250.5``, ``−3``, ``69.3%``; – for nothing."""
        if isinstance(cell, str):
            return cell
        if cell is None or not math.isfinite(cell):
            return BLANK
        return written(cell * 100 if self.form == "percent" else cell, self.digits) + ("%" if self.form == "percent" else "")


@dataclass(frozen=True)
class Series:
    """A row of bars, or a line: a value for each label of its drawing; ``low`` and ``high`` are the ends of their intervals."""

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()


@dataclass(frozen=True)
class Drawing:
    """What the chart shows.

    ``bars`` lie, one or more a label, and begin at ``base``; ``line`` runs along months; ``pareto`` has bars and the cumulative share as
    its second series; ``curve`` has the cumulative share alone, over the share of groups. ``rule`` is a value to compare with, and what it
    is; ``marked`` the place of the bar to point out.
    """

    form: Literal["bars", "line", "pareto", "curve"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    values_axis: str
    labels_axis: str
    percent: bool = False
    base: float = 0.0
    rule: tuple[float, str] | None = None
    marked: int | None = None


@dataclass(frozen=True)
class Finding:
    """A table with its caption, the main result in a sentence, and what was left out of it. No rows: the sentence says why."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentence: str
    notes: tuple[str, ...] = ()
    drawing: Drawing | None = None

    @classmethod
    def nothing(cls, title: Text, language: Language) -> Finding:
        """Where no row is left, or none that could be judged."""
        return cls(title.of(language), (), (), say(language, "explorer.nothing"))

    @property
    def texts(self) -> list[list[str]]:
        """The table as people read it."""
        return [[column.shown(cell) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows]


def written(value: float, digits: int) -> str:
    """A number with its decimals, rounded as people do: half up, and not by what a binary fraction is off."""
    exact = Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{exact:z,.{digits}f}".replace("-", "−")


def drawn(values: Sequence[Cell]) -> tuple[float | None, ...]:
    """Numbers for plotly: six significant digits, so that they are the same on every machine; None for what is none."""
    return tuple(float(f"{v:.6g}") if isinstance(v, (int, float)) and math.isfinite(v) else None for v in values)
