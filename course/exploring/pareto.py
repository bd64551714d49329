"""Who or what contributes most."""

from __future__ import annotations

import numpy as np

from course.activities.explorations import ROWS, Pareto
from course.analyses.pareto import fewest_for, pareto, share_of_top
from course.exploring.ask import MOST_BARS, Ask, series
from course.exploring.finding import Drawing, Finding

TARGET = 0.8
"""The share that a Pareto chart draws a line at."""


def find(ask: Ask, _: Pareto) -> Finding:
    """Contributions from the largest down with their running share: few groups as bars, many as a curve."""
    by, measure = ask.chosen["by"], None if ask.chosen["measure"] == ROWS else ask.chosen["measure"]
    result = pareto(ask.data, by, measure)
    if result["share"].isna().all():
        return ask.nothing()
    what = ask.names.value_of("sum", measure) if measure else ask.count()
    amount = ask.number(what) if measure else ask.whole(what)
    share, running = ask.percent(ask.say("share")), ask.percent(ask.say("cumulative"))
    names = [ask.names.code(by, group) for group in result["group"]]
    values, shares, sums = (result[name].tolist() for name in ("value", "share", "cumulative"))
    top, need = share_of_top(ask.data, by, measure), fewest_for(ask.data, by, measure, TARGET)

    few = len(names) <= MOST_BARS
    bars, line = series(what, amount, values), series(running.label, running, sums if few else _curve(sums))
    return Finding(
        caption=ask.say("caption_by", what=what, by=ask.inner("by")),
        columns=(ask.whole(ask.say("rank")), ask.text(ask.option("by")), amount, share, running),
        rows=tuple(zip(range(1, len(names) + 1), names, values, shares, sums, strict=True)),
        sentence=ask.say(
            "found_pareto",
            n=top.groups,
            all=top.of,
            part=share.shown(top.groups / top.of),
            share=share.shown(top.share),
            need=need.groups,
        ),
        notes=ask.missing(by, *([measure] if measure else [])),
        drawing=Drawing(
            form="pareto" if few else "curve",
            labels=tuple(names) if few else (),
            series=(bars, line) if few else (line,),
            values_axis=what if few else running.label,
            labels_axis=ask.option("by") if few else ask.say("places", by=ask.option("by")),
            percent=not few,
            rule=(TARGET, f"{TARGET:.0%}"),
        ),
    )


def _curve(sums: list[float]) -> list[float]:
    """The running share at each percent of the groups, from 0 to 100."""
    at_percents: list[float] = np.interp(np.linspace(0, len(sums), 101), range(len(sums) + 1), [0.0, *sums]).tolist()
    return at_percents
