"""How much stronger or weaker a month or a weekday is than the average one."""

from __future__ import annotations

from typing import cast

import pandas as pd

from course.activities.explorations import ROWS, Seasonality
from course.analyses.seasonality import seasonality
from course.analyses.terms import Between, Season
from course.exploring.ask import Ask, series
from course.exploring.finding import Drawing, Finding

AVERAGE = 100.0


def find(ask: Ask, roles: Seasonality) -> Finding:
    """Indices around 100. A month without rows, after the filters, counts as one with nothing in it."""
    season = cast(Season, ask.chosen["season"])
    measure = None if ask.chosen["measure"] == ROWS else ask.chosen["measure"]
    result = seasonality(ask.data, roles.day, measure, season, *_span(ask, roles.day, season))
    if result["seasonal_index"].isna().all():
        return ask.nothing()
    what = ask.names.value_of("sum", measure) if measure else ask.count()
    index = ask.number(ask.say("index"))
    labels = ask.say(f"{season}s").split()
    names = [labels[number - 1] for number in result["season"]]
    indices = result["seasonal_index"].tolist()
    return Finding(
        caption=ask.say("caption_season", what=what, by=ask.inner("season")),
        columns=(
            ask.text(ask.option("season")),
            index,
            ask.number(ask.say(f"mean_of_{season}s", what=what)),
            ask.whole(ask.say(f"n_{season}s")),
        ),
        rows=tuple(zip(names, indices, result["mean"].tolist(), result["n"].tolist(), strict=True)),
        sentence=ask.say("found_season", **ask.extremes(names, index, indices)),
        notes=ask.missing(roles.day, *([measure] if measure else [])),
        drawing=Drawing(
            form="bars",
            labels=tuple(names),
            series=(series(index.label, index, indices),),
            values_axis=index.label,
            labels_axis=ask.option("season"),
            base=AVERAGE,
        ),
    )


def _span(ask: Ask, day: str, season: Season) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The days in which the data were gathered: of whole months, since data begin with the first row; cut by the learner's own dates."""
    first, last = ask.everything[day].min(), ask.everything[day].max()
    if season == "month":
        first, last = first.to_period("M").start_time, last.to_period("M").end_time.normalize()
    wanted = ask.filters.get(day)
    if isinstance(wanted, Between):
        first = max(first, pd.Timestamp(wanted.low)) if wanted.low is not None else first
        last = min(last, pd.Timestamp(wanted.high)) if wanted.high is not None else last
    return first, last
