"""Reads descriptions and tables, and says in words where they do not hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import ValidationError

from course.activities.base import first_problem
from course.datasets.model import Column, DataSet
from course.errors import ContentError

if TYPE_CHECKING:
    import pandas as pd


def read_descriptions(path: Path) -> dict[str, DataSet]:
    """All descriptions of one ``columns.yaml``, by name. Raises ContentError that names the file, the place and the problem."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _unreadable(path, error) from None
    if not isinstance(data, dict) or not all(isinstance(entry, dict) for entry in data.values()):
        raise ContentError(path, "", "must hold data sets by name, each with title, about, note and columns")
    described = {}
    for name, entry in data.items():
        try:
            described[str(name)] = DataSet.read({**entry, "name": name})
        except ValidationError as error:
            place, problem = first_problem(error)
            raise ContentError(path, f"{name}.{place}", problem) from None
    return described


def read_table(path: Path, described: DataSet) -> pd.DataFrame:
    """One CSV file (UTF-8) as a table that fits its description, column by column and field by field.

    Ids become text, dates ``datetime64``, numbers ``int64`` (``float64`` where they have fractions or gaps), categories ``category`` with
    all described codes in their described order. Raises ContentError that names the file, the column, the line and the problem.
    """
    import pandas as pd

    try:
        raw = pd.read_csv(path, dtype=str, encoding="utf-8", keep_default_na=False, skip_blank_lines=False)
    except (OSError, UnicodeDecodeError, ValueError) as error:  # pandas' own errors are ValueErrors
        raise _unreadable(path, error) from None
    if list(raw.columns) != list(described.columns):
        raise ContentError(path, "line 1", f"has the columns {', '.join(raw.columns)}; described are {', '.join(described.columns)}")
    return pd.DataFrame({name: _converted(path, raw[name], column) for name, column in described.columns.items()})


def _converted(path: Path, raw: pd.Series[str], column: Column) -> pd.Series:
    import pandas as pd

    empty = raw.isna() | (raw == "")
    values: pd.Series
    if column.kind == "category":
        codes = list(column.values)
        values = raw.where(raw.isin(codes)).astype(pd.CategoricalDtype(codes))
    elif column.kind == "date":
        values = pd.to_datetime(raw, format="%Y-%m-%d", errors="coerce")
    elif column.kind == "number":
        values = pd.to_numeric(raw, errors="coerce")
        fits = (values >= column.lowest) & (values <= column.highest)
        if column.whole:
            fits &= values % 1 == 0
        values = values.where(fits).astype("int64" if column.whole and fits.all() else "float64")
    else:
        values = raw.mask(empty)
    wrong = values.isna() & ~(empty & column.optional)
    if wrong.any():
        first = int(wrong.to_numpy().argmax())
        problem = "is empty" if empty.iloc[first] else f"{raw.iloc[first]!r} does not fit its description ({_wanted(column)})"
        raise ContentError(path, f"line {first + 2}, {raw.name}", problem)
    return values


def _wanted(column: Column) -> str:
    """What a field of this column has to be."""
    if column.kind == "category":
        return f"one of {', '.join(column.values)}"
    if column.kind == "number":
        return f"a {'whole ' if column.whole else ''}number from {column.lowest:g} to {column.highest:g}"
    return "a date such as 2025-03-31"


def _unreadable(path: Path, error: Exception) -> ContentError:
    if isinstance(error, FileNotFoundError):
        return ContentError(path, "", "there is no such file; CSV files are made by python -m course.datasets.make")
    return ContentError(path, "", f"cannot be read: {' '.join(str(error).split())}")
