"""What a learner's filters let through. What does not fit the data (an unknown code, no number) is no filter. Loads no pandas."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from course.analyses.terms import Between
from course.datasets import Column
from course.exploring.names import Names
from course.language import say

Filter = tuple[str, ...] | Between
MOST_NAMED = 3
"""Codes of a filter that are named in a caption."""


def read(columns: Mapping[str, Column], given: Mapping[str, Sequence[str]]) -> dict[str, Filter]:
    """The filters that hold anything back, by column: allowed codes, or a range."""
    found: dict[str, Filter] = {}
    for name, values in given.items():
        column = columns[name]
        if column.kind == "category":
            if codes := tuple(code for code in column.values if code in values):
                found[name] = codes
            continue
        low, high = (_end(column, text) for text in [*values, "", ""][:2])
        if low is not None or high is not None:
            found[name] = Between(low, high)
    return found


def in_words(names: Names, filters: Mapping[str, Filter]) -> str:
    """One line that says what is let through; empty where everything is."""
    return say(names.language, "explorer.filters_between").join(_one(names, name, wanted) for name, wanted in filters.items())


def _one(names: Names, name: str, wanted: Filter) -> str:
    column = names.column(name)
    if not isinstance(wanted, Between):
        codes = names.listed([names.code(name, code) for code in wanted], MOST_NAMED)
        return say(names.language, "explorer.filter_codes", column=column, codes=codes)
    low, high = (end if isinstance(end, str) or end is None else f"{end:g}" for end in (wanted.low, wanted.high))
    if high is None:
        return say(names.language, "explorer.filter_from", column=column, low=low)
    if low is None:
        return say(names.language, "explorer.filter_until", column=column, high=high)
    return say(names.language, "explorer.filter_range", column=column, low=low, high=high)


def _end(column: Column, text: str) -> float | str | None:
    """One end of a range: a number, or a day as ISO text; None where it is open or does not fit."""
    try:
        if column.kind == "date":
            return date.fromisoformat(text).isoformat()
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
