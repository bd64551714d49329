"""Groups with one number each, perhaps split once more; dates by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pandas as pd

from course.activities.explorations import COUNTING, NONE, Grouped
from course.analyses.grouped import grouped
from course.analyses.terms import Aggregation
from course.exploring.ask import MOST_BARS, MOST_SERIES, Ask, series
from course.exploring.finding import Cell, Column, Drawing, Finding

ADDITIVE: frozenset[Aggregation] = frozenset({"count", "sum", "share", "share_of_total"})
"""What does not occur is 0 of these, and nothing of a mean."""


@dataclass(frozen=True)
class Grid:
    """``cells`` by group and part; ``n`` rows made each group; ``drawn``: the places of the parts that the chart has."""

    groups: list[str]
    parts: list[str]
    cells: list[list[Cell]]
    n: list[int]
    drawn: list[int]


def find(ask: Ask, _: Grouped) -> Finding:
    """Categories from the highest to the lowest; numbers and months in their own order, months without a row among them."""
    by, aggregation = ask.chosen["by"], cast(Aggregation, ask.chosen["aggregation"])
    measure = None if aggregation in COUNTING else ask.chosen["measure"]
    timed = ask.names.columns[by].kind == "date"
    what = ask.names.value_of(aggregation, measure or "")
    grid = _grid(ask, by, aggregation, measure, what)
    form = ask.percent if aggregation.startswith("share") else ask.whole if aggregation == "count" else ask.number
    number = form(what)
    columns = [ask.text(ask.option("by")), *map(form, grid.parts)]
    rows: list[tuple[Cell, ...]] = [(group, *cells) for group, cells in zip(grid.groups, grid.cells, strict=True)]
    if aggregation != "count" or len(grid.parts) > 1:
        columns.append(ask.whole(ask.count() if measure is None else ask.say("used", row=ask.names.row)))
        rows = [(*row, n) for row, n in zip(rows, grid.n, strict=True)]

    charted = len(rows) if timed else MOST_BARS
    undrawn = [part for n, part in enumerate(grid.parts) if n not in grid.drawn]
    return Finding(
        caption=_caption(ask, what, split=grid.parts != [what]),
        columns=tuple(columns),
        rows=tuple(rows),
        sentence=_sentence(ask, grid, number),
        notes=(
            *ask.missing(*([by] if timed else []), *([measure] if measure else [])),
            *(() if timed else ask.left_out(len(rows))),
            *([ask.say("own_total")] if number.form == "percent" and grid.parts != [what] else []),
            *([ask.say("undrawn", parts=ask.names.listed(undrawn))] if undrawn else []),
        ),
        drawing=Drawing(
            form="line" if timed else "bars",
            labels=tuple(grid.groups[:charted]),
            series=tuple(series(grid.parts[n], number, [cells[n] for cells in grid.cells[:charted]]) for n in grid.drawn),
            values_axis=what,
            labels_axis=ask.option("by"),
            percent=number.form == "percent",
        ),
    )


def _grid(ask: Ask, by: str, aggregation: Aggregation, measure: str | None, what: str) -> Grid:
    column, split = ask.names.columns[by], ask.chosen["split"]
    data = ask.data.assign(**{by: ask.data[by].dt.to_period("M")}) if column.kind == "date" else ask.data
    whole = grouped(data, by, aggregation, measure)
    if column.kind in ("category", "id"):
        whole = whole.sort_values("value", ascending=False, kind="stable")
    names = [ask.names.code(by, group) for group in whole["group"]]
    n = dict(zip(names, whole["n"].tolist(), strict=True))
    groups = _all_months(whole["group"]) if column.kind == "date" else names
    if split in (NONE, by):
        sizes = {what: 0}
        cells = {(name, what): value for name, value in zip(names, whole["value"].tolist(), strict=True)}
    else:
        there = grouped(data, split, "count")
        sizes = {ask.names.code(split, part): size for part, size in zip(there["group"], there["n"].tolist(), strict=True)}
        split_up = grouped(data, by, aggregation, measure, split)
        triples = zip(split_up["group"], split_up["split"], split_up["value"].tolist(), strict=True)
        cells = {(ask.names.code(by, group), ask.names.code(split, part)): value for group, part, value in triples}
    parts = list(sizes)
    largest = sorted(range(len(parts)), key=lambda place: -sizes[parts[place]])[:MOST_SERIES]
    nothing = 0.0 if aggregation in ADDITIVE else None
    table = [[cells.get((group, part), nothing) for part in parts] for group in groups]
    return Grid(groups, parts, table, [n.get(group, 0) for group in groups], sorted(largest))


def _all_months(months: pd.Series[pd.Period]) -> list[str]:
    """Every month from the first to the last: one without a row must not vanish from a line."""
    return [str(month) for month in pd.period_range(months.min(), months.max(), freq="M")]


def _caption(ask: Ask, what: str, *, split: bool) -> str:
    if split:
        return ask.say("caption_split", what=what, by=ask.inner("by"), split=ask.inner("split"))
    return ask.say("caption_by", what=what, by=ask.inner("by"))


def _sentence(ask: Ask, grid: Grid, column: Column) -> str:
    names = [ask.say("part", group=group, part=part) if len(grid.parts) > 1 else group for group in grid.groups for part in grid.parts]
    found = ask.extremes(names, column, [cell for cells in grid.cells for cell in cells])
    if not found:
        return ask.say("no_numbers")
    if found["high_value"] == found["low_value"]:
        return ask.say("found_one", value=found["high_value"])
    return ask.say("found_grouped", **found)
