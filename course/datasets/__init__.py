"""The course's synthetic data sets: ``describe`` says what is in one, ``load`` gives its table."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from course.datasets.model import Column, DataSet
from course.datasets.reading import read_descriptions, read_table
from course.errors import ContentError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NAMES", "Column", "DataSet", "describe", "load"]

NAMES = ("complaints", "service_survey", "mystery_visits", "indicators", "customers", "transactions")
FOLDER = Path(__file__).parent


def describe(name: str) -> DataSet:
    """What is in this data set, in both languages. Raises ContentError for an unknown name, or where ``columns.yaml`` does not hold."""
    described = _descriptions().get(name)
    if described is None:
        raise ContentError("course.datasets", "", f"there is no data set {name[:80]!r}; there are: {', '.join(NAMES)}")
    return described


def load(name: str) -> pd.DataFrame:
    """The table of this data set, a copy of the caller's own; for types see ``read_table``. Loads pandas.

    Raises ContentError for an unknown name, a missing file, or a field that does not fit its description.
    """
    return _table(name).copy()


@cache
def _descriptions() -> dict[str, DataSet]:
    return read_descriptions(FOLDER / "columns.yaml")


@cache
def _table(name: str) -> pd.DataFrame:
    return read_table(FOLDER / f"{name}.csv", describe(name))
