"""Makes every data set anew, always the same: ``python -m course.datasets.make``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from course.datasets.make import complaints, customers, indicators, mystery_visits, service_survey, transactions

RECIPES: dict[str, Callable[[], Iterator[NamedTuple]]] = {
    "complaints": complaints.rows,
    "service_survey": service_survey.rows,
    "mystery_visits": mystery_visits.rows,
    "indicators": indicators.rows,
    "customers": customers.rows,
    "transactions": transactions.rows,
}
"""Each draws from a seed of its own, so that one can change and the others stay; transactions alone are made for the customers."""


def write(name: str, folder: Path) -> Path:
    """Write ``<name>.csv`` into this folder and return its path.

    UTF-8, ``\\n``, the fields of the rows as header, an empty field for what is missing.
    """
    rows = list(RECIPES[name]())
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows[0]._fields)
        writer.writerows(rows)
    return path
