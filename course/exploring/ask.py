"""What an analysis is asked: the filtered rows, what was chosen, and the language to answer in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from course.activities import Explorer
from course.exploring.filters import Filter
from course.exploring.finding import Cell, Column, Finding, Series, drawn
from course.exploring.names import Names
from course.language import say

MOST_BARS = 15
MOST_SERIES = 4
MOST_ALIKE = 3


@dataclass(frozen=True)
class Ask:
    """``data``: the rows that pass the filters; ``everything``: those of the whole table. Neither is to be changed."""

    activity: Explorer
    names: Names
    chosen: Mapping[str, str]
    filters: Mapping[str, Filter]
    everything: pd.DataFrame
    data: pd.DataFrame

    def say(self, name: str, **values: object) -> str:
        """One of the explorers' sentences."""
        return say(self.names.language, f"explorer.{name}", **values)

    def nothing(self) -> Finding:
        """Where no row is left, or none that could be judged."""
        return Finding.nothing(self.activity.title, self.names.language)

    def option(self, choice: str) -> str:
        """What the chosen option is called."""
        return self.names.option(choice, self.chosen[choice])

    def inner(self, choice: str) -> str:
        """The same within a sentence."""
        return self.names.inner(self.option(choice))

    def text(self, label: str) -> Column:
        """A column of words."""
        return Column(label, "text")

    def whole(self, label: str) -> Column:
        """A column of counts."""
        return Column(label)

    def number(self, label: str) -> Column:
        """A column of amounts or means."""
        return Column(label, "number", self.activity.digits)

    def percent(self, label: str) -> Column:
        """A column of shares, fractions that are shown as percentages."""
        return Column(label, "percent", self.activity.digits)

    def coefficient(self, label: str) -> Column:
        """A column of numbers without a unit, such as kappa or lift."""
        return Column(label, "number", self.activity.digits + 1)

    def count(self) -> str:
        """How many rows there are, as the name of a column."""
        return self.names.value_of("count", "")

    def missing(self, *columns: str) -> tuple[str, ...]:
        """A note for each of these columns that has empty fields: their rows were left out."""
        empty = {name: int(self.data[name].isna().sum()) for name in dict.fromkeys(columns)}
        return tuple(self.say("missing", column=self.names.column(name), n=n) for name, n in empty.items() if n)

    def extremes(self, names: Sequence[str], column: Column, cells: Sequence[Cell]) -> dict[str, str]:
        """The highest and the lowest as the table shows them: ``high``, ``high_value``, ``low``, ``low_value``; empty without numbers."""
        known = {name: cell for name, cell in zip(names, cells, strict=True) if isinstance(cell, (int, float)) and isfinite(cell)}
        found: dict[str, str] = {}
        for end, choose in (("high", max), ("low", min)) if known else ():
            shown = column.shown(choose(known.values()))
            alike = [self.say("quoted", label=name) for name, cell in known.items() if column.shown(cell) == shown]
            found |= {end: self.names.listed(alike, MOST_ALIKE), f"{end}_value": shown}
        return found

    def left_out(self, groups: int) -> tuple[str, ...]:
        """A note where the chart has only the first bars."""
        return (self.say("left_out", shown=MOST_BARS, n=groups - MOST_BARS),) if groups > MOST_BARS else ()


def series(name: str, column: Column, cells: Iterable[Cell]) -> Series:
    """A row of bars, or a line, with its numbers as the table shows them."""
    values = list(cells)
    return Series(name, drawn(values), tuple(column.shown(value) for value in values))
