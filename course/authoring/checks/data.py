"""The explorers: data sets, columns and their kinds are as described, and every option can be worked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course.activities import Activity, Explorer, ExplorerAnswer
from course.analyses.terms import AnalysisError
from course.authoring.checks.content import file_of
from course.errors import ContentError
from course.exploring import fitting


def faults(_: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """What a specification names and its data set does not have, by file and field."""
    for activity in activities.values():
        if isinstance(activity, Explorer):
            found = list(fitting.faults(activity)) or _in_use(activity)
            yield from (ContentError(file_of(activity), fault.field, fault.problem) for fault in found)


def _in_use(activity: Explorer) -> Iterator[ContentError]:
    """What cannot be worked out with each of the options in turn, nothing being filtered."""
    from course.exploring.run import run  # pandas, and only where there is an explorer

    start = activity.chosen(ExplorerAnswer())
    for choice, options in activity.choices.items():
        for option in options:
            try:
                run(activity, {**start, choice: option}, {}, "en")
            except AnalysisError as error:
                yield activity.wrong("analysis", f"with {choice} {option}: {error}")
