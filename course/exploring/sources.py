"""The data of an explorer: what describes them, and the table itself."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from course.activities import Explorer
from course.datasets import Column, DataSet, describe, load
from course.errors import ContentError

if TYPE_CHECKING:
    import pandas as pd


def described(activity: Explorer) -> list[DataSet]:
    """The data set, and the one beside it if there is one. Raises ContentError where there is no such data set."""
    return [describe(name) for name in (activity.dataset, activity.beside) if name is not None]


def columns(activity: Explorer) -> dict[str, Column]:
    """All columns by name. Raises ContentError where there is no such data set."""
    own, *beside = (source.columns for source in described(activity))
    return own | {name: column for more in beside for name, column in more.items() if name not in own}


def shared(first: DataSet, second: DataSet) -> list[str]:
    """The columns that both have."""
    return [name for name in first.columns if name in second.columns]


def table(activity: Explorer) -> pd.DataFrame:
    """The whole table, kept in memory: not to be changed. Loads pandas. Raises ContentError."""
    return _table(activity.dataset, activity.beside)


@lru_cache(maxsize=8)
def _table(dataset: str, beside: str | None) -> pd.DataFrame:
    data = load(dataset)
    if beside is None:
        return data
    more, (key,) = load(beside), shared(describe(dataset), describe(beside))
    if more[key].duplicated().any():
        raise ContentError(f"course.datasets: {beside}", key, "stands there twice, so it cannot be put beside another data set")
    return data.merge(more, on=key, how="left")
