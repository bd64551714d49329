"""Perception against expectation, by dimension and perhaps by group."""

from __future__ import annotations

import pandas as pd

from course.activities.explorations import NONE, Gaps
from course.analyses.gaps import gaps
from course.exploring.ask import MOST_BARS, MOST_SERIES, Ask
from course.exploring.finding import Column, Drawing, Finding, Series, drawn


def find(ask: Ask, roles: Gaps) -> Finding:
    """The widest shortfall first, over all; with groups in the same order, a row a group."""
    by, group = ask.chosen["dimension"], ask.chosen["group"]
    rated = (roles.respondent, by, roles.expectation, roles.perception)
    whole = gaps(ask.data, *rated)
    if whole.empty:
        return ask.nothing()
    order = whole.sort_values("gap", kind="stable")["dimension"].tolist()
    together = ask.say("all_together")
    result = whole.assign(part=together) if group == NONE else gaps(ask.data, *rated, group)
    if group != NONE:
        result["part"] = [ask.names.code(group, code) for code in result["group"]]
    parts = list(dict.fromkeys(result["part"]))
    result["dimension"] = result["dimension"].astype("object")
    result = result.sort_values("dimension", key=lambda codes: codes.map(order.index), kind="stable")
    result["name"] = [ask.names.code(by, code) for code in result["dimension"]]

    gap = ask.number(ask.names.value_of("gap", roles.perception))
    fields = ["name", "part", "expectation", "perception", "gap", "low", "high", "n"]
    columns = [
        ask.text(ask.option("dimension")),
        ask.text(ask.option("group")),
        ask.number(ask.names.value_of("own", roles.expectation)),
        ask.number(ask.names.value_of("own", roles.perception)),
        gap,
        ask.number(ask.say("from_95")),
        ask.number(ask.say("to_95")),
        ask.whole(ask.say("people")),
    ]
    if group == NONE:
        del columns[1], fields[1]
    places = [name if group == NONE else ask.say("part", group=name, part=part) for name, part in result[["name", "part"]].to_numpy()]
    labels = [ask.names.code(by, code) for code in order][:MOST_BARS]
    return Finding(
        caption=ask.say("caption_gaps" if group == NONE else "caption_gaps_split", by=ask.inner("dimension"), group=ask.inner("group")),
        columns=tuple(columns),
        rows=tuple(zip(*(result[field].tolist() for field in fields), strict=True)),
        sentence=ask.say("found_gaps", **ask.extremes(places, gap, result["gap"].tolist())),
        notes=(*ask.missing(*rated), *ask.left_out(len(order))),
        drawing=Drawing(
            form="bars",
            labels=tuple(labels),
            series=tuple(_bars(part, labels, gap, result[result["part"] == part]) for part in parts[:MOST_SERIES]),
            values_axis=gap.label,
            labels_axis=ask.option("dimension"),
        ),
    )


def _bars(part: str, labels: list[str], gap: Column, rows: pd.DataFrame) -> Series:
    """The gaps of one group with their intervals; None where nobody of it rated a dimension."""
    rows = rows.set_index("name").reindex(labels)
    values, low, high = (rows[field].tolist() for field in ("gap", "low", "high"))
    return Series(part, drawn(values), tuple(map(gap.shown, values)), drawn(low), drawn(high))
