"""Whether a specification fits its data set: every column is there, and of the kind that its part asks for. Loads no pandas."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Explorer
from course.activities.explorations import Churn, Kind
from course.datasets import NAMES, Column
from course.errors import ContentError
from course.exploring.sources import columns, described, shared

MOST_GROUPS = 30
"""More whole numbers than this make no groups that a person could read."""
FILTERS: tuple[Kind, ...] = ("category", "date", "number")


def faults(activity: Explorer) -> Iterator[ContentError]:
    """What does not fit, named by field. The first is raised where the explorer is shown."""
    named = {"dataset": activity.dataset, "beside": activity.beside}
    if unknown := [field for field, name in named.items() if name not in (*NAMES, None)]:
        yield activity.wrong(unknown[0], f"there is no data set {named[unknown[0]]!r}; there are: {', '.join(NAMES)}")
        return
    sources, known = described(activity), columns(activity)
    if len(sources) > 1:
        both = shared(sources[0], sources[1])
        if len(both) != 1 or known[both[0]].kind != "id":
            yield activity.wrong("beside", f"must share exactly one column of ids with {activity.dataset}; they share: {', '.join(both)}")
            return
    for field, name in activity.analysis.columns():
        yield from _fits(activity, f"analysis.{field}", name, known, activity.analysis.kinds[field])
    for name in activity.filters:
        yield from _fits(activity, "filters", name, known, FILTERS)
    if isinstance(activity.analysis, Churn):
        for name in activity.analysis.by:
            if name not in sources[-1].columns or len(sources) == 1:
                yield activity.wrong("analysis.by", f"{name}: must be a column of the data set beside, where a customer has one row")


def _fits(activity: Explorer, field: str, name: str, known: dict[str, Column], kinds: tuple[Kind, ...]) -> Iterator[ContentError]:
    column = known.get(name)
    if column is None:
        yield activity.wrong(field, f"there is no column {name!r}; there are: {', '.join(known)}")
    elif column.kind not in kinds:
        yield activity.wrong(field, f"{name}: is a column of kind {column.kind}; needed here: {' or '.join(kinds)}")
    elif column.kind == "number" and "category" in kinds and field != "filters" and not _few(column):
        yield activity.wrong(field, f"{name}: only whole numbers that span at most {MOST_GROUPS} make groups")


def _few(column: Column) -> bool:
    return column.whole and (column.highest or 0) - (column.lowest or 0) < MOST_GROUPS
