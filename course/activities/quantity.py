"""Quantities of a calculator: numbers with a name and a unit, that a learner sets or that follow from a formula."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from course.activities.base import Id, Model
from course.formulas.language import Formula, parse
from course.language import Text

Number = Annotated[float, Field(ge=-1e12, le=1e12)]

MOST_STEPS = 100_000
_SLACK = 1e-6
"""Of a step: a page's binary fraction may differ from ours in its last digit."""


class Quantity(Model):
    """A number with its name and unit. ``percent`` shows a fraction as a percentage: 0.985 with one digit is 98.5%."""

    id: Id
    label: Text
    unit: Text | None = None
    format: Literal["number", "percent"] = "number"
    digits: int = Field(default=0, ge=0, le=6)
    """Decimals shown, of a percentage those of the percentage."""

    @model_validator(mode="after")
    def _one_unit(self) -> Quantity:
        if self.format == "percent" and self.unit is not None:
            raise ValueError("unit: a percentage has its sign; take the unit out")
        return self

    @property
    def scale(self) -> int:
        """What is shown is this many times the number that formulas see."""
        return 100 if self.format == "percent" else 1

    def digits_of(self, value: float) -> str:
        """The number as people read it: ``1,250.0``, ``98.5%``, ``−3``."""
        return f"{value * self.scale:z,.{self.digits}f}".replace("-", "−") + ("%" if self.format == "percent" else "")

    def shown(self, value: float) -> Text:
        """The number with its unit: ``1,250.0 yuan``."""
        digits = self.digits_of(value)
        return Text(zh=f"{digits} {self.unit.zh}", en=f"{digits} {self.unit.en}") if self.unit else Text(zh=digits, en=digits)


class Input(Quantity):
    """A number that the learner sets: ``lowest``, ``lowest + step``, … ``highest``."""

    lowest: Number
    highest: Number
    step: float = Field(ge=1e-6, le=1e12)
    start: Number
    help: Text | None = None

    @model_validator(mode="after")
    def _on_a_grid(self) -> Input:
        if not self.lowest < self.highest:
            raise ValueError("highest: must be above lowest")
        if self.steps > MOST_STEPS or not math.isclose(self.steps * self.step, self.highest - self.lowest, rel_tol=1e-9):
            raise ValueError(f"step: must go into the range from lowest to highest a whole number of times, at most {MOST_STEPS}")
        if self.nearest(self.start) is None:
            raise ValueError("start: must be lowest, or a whole number of steps above it, up to highest")
        for name in ("lowest", "step"):
            exact = getattr(self, name) * self.scale
            if not math.isclose(round(exact, self.digits), exact, rel_tol=1e-9, abs_tol=1e-12):
                raise ValueError(f"digits: {self.digits} are too few to show {name}, {exact:g}")
        return self

    @property
    def steps(self) -> int:
        """How many steps lie between lowest and highest."""
        return round((self.highest - self.lowest) / self.step)

    def at(self, n: int) -> float:
        """The value after ``n`` steps, without the dust of binary fractions."""
        return round(self.lowest + n * self.step, 12)

    def nearest(self, value: float, slack: float = _SLACK) -> float | None:
        """The value of the grid that lies no further than ``slack`` steps away; None where there is none."""
        if not self.lowest - self.step <= value <= self.highest + self.step:
            return None
        steps = (value - self.lowest) / self.step
        n = min(max(round(steps), 0), self.steps)
        return self.at(n) if abs(steps - n) <= slack else None

    def spread(self, most: int = 51) -> list[float]:
        """At most so many values, evenly over the grid, both ends included."""
        pieces = min(self.steps, most - 1)
        return [self.at(round(k * self.steps / pieces)) for k in range(pieces + 1)]

    def landmarks(self) -> list[float]:
        """Both ends and the round numbers between them, about six to ten in all, moved onto the grid."""
        wide = self.highest - self.lowest
        power = 10.0 ** math.floor(math.log10(wide / 8))
        gap = next(times * power for times in (1, 2, 2.5, 5, 10, 20) if wide / (times * power) <= 8)
        first, last = math.ceil(self.lowest / gap), math.floor(self.highest / gap)
        between = [self.nearest(k * gap, slack=0.5) for k in range(first, last + 1)]
        return sorted({self.at(0), self.at(self.steps)} | {value for value in between if value is not None})


class Result(Quantity):
    """A number that follows. ``formula`` may use inputs and results further up; see ``course.formulas.language``."""

    formula: str

    @field_validator("formula")
    @classmethod
    def _readable(cls, formula: str) -> str:
        parse(formula)
        return formula

    @property
    def parsed(self) -> Formula:
        """The formula, read."""
        return parse(self.formula)
