"""Runs one analysis on the rows that pass the filters. Loads pandas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from course.activities import Explorer
from course.analyses.filtered import filtered
from course.exploring import agreement, basket, churn, gaps, grouped, lags, pareto, rfm, seasonality
from course.exploring.ask import Ask
from course.exploring.filters import in_words, read
from course.exploring.finding import Finding, written
from course.exploring.names import Names
from course.exploring.sources import table
from course.language import Language

_FINDERS: dict[str, Callable[[Ask, Any], Finding]] = {
    "grouped": grouped.find,
    "pareto": pareto.find,
    "rfm": rfm.find,
    "seasonality": seasonality.find,
    "basket": basket.find,
    "churn": churn.find,
    "gaps": gaps.find,
    "agreement": agreement.find,
    "lags": lags.find,
}
"""Which function runs which analysis. A new one is added here."""


def run(activity: Explorer, chosen: Mapping[str, str], given: Mapping[str, tuple[str, ...]], language: Language) -> Finding:
    """What the analysis says of these choices and filters. The specification must fit its data (``fitting``).

    Raises AnalysisError for what cannot be asked of the rows that are left, such as a range that ends before it begins.
    """
    names, everything = Names(activity, language), table(activity)
    filters = read(names.columns, given)
    data = filtered(everything, filters)
    ask = Ask(activity, names, chosen, filters, everything, data)
    found = ask.nothing() if data.empty else _FINDERS[activity.analysis.name](ask, activity.analysis)
    words = in_words(names, filters)
    caption = ask.say("caption_filtered", caption=found.caption, filters=words) if words else found.caption
    based = ask.say("based_on_some" if words else "based_on", n=written(len(data), 0), all=written(len(everything), 0), row=names.row)
    return replace(found, caption=caption, notes=(based, *found.notes)) if found.rows else found
