"""A figure as plain text, and as the Markdown under its chart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course.activities import Figure
from course.language import Language, say
from course.words.common import row


def body(activity: Figure, _: Any, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    yield from table(activity, language)
    yield activity.caption.of(language)
    yield f"{say(language, 'figure.source')}: {activity.source.of(language)}"


def table(activity: Figure, language: Language) -> list[str]:
    """The numbers of a figure, one line a category."""
    lines = [f"{activity.category_axis.of(language)} | {activity.value_axis.of(language)}"]
    for number, category in enumerate(activity.categories):
        values = ", ".join(f"{series.name.of(language)} {series.values[number]:g}" for series in activity.series)
        lines.append(f"{category.of(language)} | {values}")
    return lines


def markdown(activity: Figure, language: Language) -> str:
    """What stands under a chart: what to see in it, its numbers as a table, its source."""
    names = [series.name.of(language) for series in activity.series]
    rows = [
        [category.of(language), *(f"{series.values[n]:g}" for series in activity.series)] for n, category in enumerate(activity.categories)
    ]
    lines = [activity.caption.of(language), ""]
    lines += [row([activity.category_axis.of(language), *names]), "|---" + "|--:" * len(names) + "|", *map(row, rows)]
    lines += ["", f"*{activity.value_axis.of(language)}*", "", f"{say(language, 'figure.source')}: {activity.source.of(language)}"]
    return "\n".join(lines).replace("$", "\\$")  # two dollar signs would make a formula of what stands between them
