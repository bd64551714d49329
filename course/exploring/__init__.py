"""Explorers at work: what was chosen → a table, a sentence and what to draw, in a language. Pandas is imported when the first one runs.

``find`` does it; ``controls`` and ``filters`` say what a page offers; ``fitting`` says whether a specification fits its data.
"""

from __future__ import annotations

from functools import lru_cache

from course.activities import Explorer, ExplorerAnswer
from course.analyses.terms import AnalysisError
from course.exploring.finding import Finding
from course.exploring.fitting import faults
from course.language import Language

__all__ = ["Finding", "find"]


def find(activity: Explorer, answer: ExplorerAnswer, language: Language) -> Finding:
    """What the analysis says of what was chosen; kept in memory, since page, chart and text ask for the same.

    Raises ContentError where the specification does not fit its data. Choices that leave nothing over are told in the finding's sentence.
    """
    filters = tuple((name, tuple(values)) for name, values in activity.given(answer).items())
    return _find(activity, tuple(activity.chosen(answer).items()), filters, language)


@lru_cache(maxsize=32)
def _find(
    activity: Explorer, chosen: tuple[tuple[str, str], ...], filters: tuple[tuple[str, tuple[str, ...]], ...], language: Language
) -> Finding:
    for fault in faults(activity):
        raise fault
    from course.exploring.run import run

    try:
        return run(activity, dict(chosen), dict(filters), language)
    except AnalysisError:
        return Finding.nothing(activity.title, language)
