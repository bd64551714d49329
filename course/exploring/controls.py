"""What a page offers of an explorer: its choices, its filters, what the columns mean. All in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from course.activities import Explorer
from course.exploring.names import Names
from course.exploring.sources import described, table
from course.language import interface, say

TERMS: dict[str, tuple[str, ...]] = {
    "grouped": ("aggregation_mean", "aggregation_median"),
    "pareto": ("cumulative",),
    "rfm": ("rfm", "tier_core", "tier_at_risk", "tier_developing", "tier_dormant"),
    "seasonality": ("index",),
    "basket": ("support", "confidence", "lift"),
    "churn": ("gap_days", "times"),
    "gaps": ("gap", "from_95"),
    "agreement": ("agreed", "kappa", "weighted_kappa"),
    "lags": ("lag", "r"),
}
"""The words of each analysis that a table explains: names of interface texts, whose explanation is ``mean_`` and the name."""


def choices(activity: Explorer, names: Names) -> list[dict[str, Any]]:
    """The choices that leave a choice: ``id``, ``text``, ``options`` with ``id`` and ``text``; few aggregations stand side by side."""
    return [
        {
            "id": choice,
            "form": "radio" if choice == "aggregation" else "list",
            "text": names.choice(choice),
            "options": [{"id": option, "text": names.option(choice, option)} for option in options],
        }
        for choice, options in activity.choices.items()
        if len(options) > 1
    ]


def filters(activity: Explorer, names: Names) -> list[dict[str, Any]]:
    """The filters: ``codes`` to tick, or the lowest and highest of ``days`` or ``numbers``. Loads pandas where days are filtered."""
    return [{"id": name, "text": names.value_of("own", name), **_range(activity, names, name)} for name in activity.filters]


def _range(activity: Explorer, names: Names, name: str) -> dict[str, Any]:
    column = names.columns[name]
    if column.kind == "category":
        return {"form": "codes", "options": [{"id": code, "text": names.code(name, code)} for code in column.values]}
    if column.kind == "number":
        return {"form": "numbers", "lowest": f"{column.lowest:g}", "highest": f"{column.highest:g}", "step": "1" if column.whole else "any"}
    days = table(activity)[name]
    return {"form": "days", "lowest": f"{days.min():%Y-%m-%d}", "highest": f"{days.max():%Y-%m-%d}", "step": "1"}


def meanings(activity: Explorer, names: Names) -> Iterator[tuple[str, str]]:
    """Term and meaning: what the analysis adds, then the columns of the data that the specification names."""
    words, offered = interface(names.language)["explorer"], activity.choices.get("aggregation", [])
    for term in TERMS[activity.analysis.name]:
        aggregation = term.removeprefix("aggregation_")
        if aggregation == term or aggregation in offered:
            yield words.get(f"term_{term}") or words[term], words[f"mean_{term}"]
    named = {column for _, column in activity.analysis.columns()} | set(activity.filters)
    for name, column in names.columns.items():
        if name in named:
            yield column.label.of(names.language), column.meaning.of(names.language)


def about(activity: Explorer, names: Names) -> list[str]:
    """Where the rows are from, and that they are made up."""
    sources = described(activity)
    return [*(source.about.of(names.language) for source in sources), sources[0].note.of(names.language)]


def settings(activity: Explorer, names: Names, chosen: Mapping[str, str]) -> Iterator[str]:
    """Every choice that leaves a choice and makes a difference, with what is chosen."""
    idle = activity.analysis.idle(chosen)
    for choice, options in activity.choices.items():
        if len(options) > 1 and choice not in idle:
            yield say(names.language, "explorer.setting", choice=names.choice(choice), option=names.option(choice, chosen[choice]))
