"""What is said about a data set: its columns, their meaning and their codes, in both languages."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from course.activities.base import Id, Model
from course.language import Text


class Column(Model):
    """One column. A number has a range, and may have a unit; a category has a label for each of its codes."""

    label: Text
    meaning: Text
    kind: Literal["id", "date", "category", "number"]
    optional: bool = False
    """Whether a field may be empty."""
    unit: Text | None = None
    lowest: float | None = None
    highest: float | None = None
    whole: bool = False
    """Whether only whole numbers occur."""
    values: dict[Id, Text] = Field(default_factory=dict)
    """Labels of the codes, in the order in which they are shown."""

    @model_validator(mode="after")
    def _holds_together(self) -> Column:
        if bool(self.values) != (self.kind == "category"):
            raise ValueError("values: a category needs them, and nothing else has them")
        limits = (self.lowest, self.highest)
        if self.kind == "number":
            if self.lowest is None or self.highest is None or self.lowest > self.highest:
                raise ValueError("lowest, highest: a number needs both, in this order")
        elif self.unit or self.whole or limits != (None, None):
            raise ValueError("unit, whole, lowest, highest: only a number has them")
        return self


class DataSet(Model):
    """One data set: ``columns`` in the order of its file."""

    name: Id
    title: Text
    about: Text
    """One line: what a row is, and where it is from."""
    note: Text
    """That it is synthetic; belongs under every table and chart drawn from it."""
    columns: dict[Id, Column] = Field(min_length=1)
