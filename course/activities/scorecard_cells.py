"""What a scorecard's columns ask for, what stands in a cell, and which texts are empty, alike, a number or a date."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from course.activities.base import Id, Model, doubled
from course.activities.quiz import read_number
from course.language import LANGUAGES, Text

_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")

Cell = Annotated[str, StringConstraints(max_length=2000)]
"""What stands in a cell, as it was typed: a text, an option's id, a number, a date."""
Whole = Annotated[int, Field(ge=-(10**9), le=10**9)]


class Choice(Model):
    """One option of a column to choose from."""

    id: Id
    text: Text


class Column(Model):
    """One column. ``options`` belong to a choice; ``lowest``, ``highest`` (whole numbers) and ``unit`` to a number; ``rows`` to a text."""

    id: Id
    title: Text
    type: Literal["text", "choice", "number", "date"]
    help: Text | None = None
    required: bool = True
    options: list[Choice] = Field(default=[], max_length=20)
    lowest: Whole | None = None
    highest: Whole | None = None
    unit: Text | None = None
    rows: int | None = Field(default=None, ge=1, le=12)
    """Height of a text box in lines; where nothing is said 2, in a brainstorm 1."""

    @model_validator(mode="after")
    def _fits_its_type(self) -> Column:
        if twice := doubled(option.id for option in self.options):
            raise ValueError(f"options: ids used twice: {', '.join(twice)}")
        if (len(self.options) >= 2) != (self.type == "choice") or len(self.options) == 1:
            raise ValueError("options: a choice needs at least two, any other column has none")
        numbers = (self.lowest, self.highest)
        if self.type == "number":
            if self.lowest is None or self.highest is None or self.lowest >= self.highest:
                raise ValueError("lowest and highest: a number needs both, the lower one first")
        elif numbers != (None, None) or self.unit is not None:
            raise ValueError("lowest, highest and unit: only for a number")
        if self.rows is not None and self.type != "text":
            raise ValueError("rows: only for a text")
        return self

    def number(self, text: str) -> int | None:
        """The whole number from ``lowest`` to ``highest`` that was typed into this column, or None."""
        value = read_number(text)
        if value is None or not value.is_integer() or self.lowest is None or self.highest is None:
            return None
        return int(value) if self.lowest <= value <= self.highest else None

    def readable(self, text: str) -> bool:
        """Whether a cell that is not empty holds what this column asks for."""
        match self.type:
            case "number":
                return self.number(text) is not None
            case "date":
                return read_date(text) is not None
            case "choice":
                return any(option.id == text for option in self.options)
            case "text":
                return True


class Seed(Model):
    """A row that stands in the table from the start. A cell is a text in both languages, an option's id, a number, or an ISO date."""

    id: Id
    cells: dict[Id, Text | int | str] = {}

    def shown(self, column: str) -> Text | str:
        """What this row says in a column; empty where it leaves it to the learner."""
        value = self.cells.get(column, "")
        return str(value) if isinstance(value, int) else value


def plain(value: Text | str) -> str:
    """A cell as one text to read: whether it is empty, a number or a date is the same in both languages."""
    return value.zh if isinstance(value, Text) else value


def essence(value: Text | str) -> set[str]:
    """What a cell says, for comparing: a seed says the same in either language."""
    return {alike(value.of(language)) for language in LANGUAGES} if isinstance(value, Text) else {alike(value)}


def says(seeded: Text | str, text: str) -> bool:
    """Whether a text is what a seed says anyway: in either language, or as the very same number, date or id."""
    return alike(text) in essence(seeded) if isinstance(seeded, Text) else text.strip() == seeded


def blank(text: str) -> bool:
    """Whether a text shows nothing: white space, and the invisible characters that come along with what is pasted."""
    return all(unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc", "Cf") for c in text)


def alike(text: str) -> str:
    """A text without what makes no difference between two ideas: case, white space, punctuation, full or half width.

    Unicode NFKC and case folding; a text of nothing but punctuation stays as it is.
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] not in "PZC") or folded.strip()


def read_date(text: str) -> date | None:
    """The date that stands as ``2025-03-01``, full-width digits included, or None."""
    plain = unicodedata.normalize("NFKC", text).strip()
    try:
        return date.fromisoformat(plain) if _ISO_DATE.fullmatch(plain) else None
    except ValueError:
        return None
