"""Scorecard: a table that the learner fills row by row; a program counts what is complete, a person reads what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, Answer, Id, Part, Score, doubled
from course.activities.scorecard_cells import Cell, Column, Seed, blank, essence, plain, says
from course.activities.scorecard_curve import Curve, CurveSpec, Moment, curve_through
from course.language import Text

MOST_COLUMNS = 8
MOST_ROWS = 40
MOST_KEPT = 5 * MOST_ROWS
"""Rows that an answer may hold. More than a table shows: two pages that both added rows are merged, and neither loses any."""

Cells = Annotated[dict[Id, Cell], Field(max_length=MOST_COLUMNS)]


class ScorecardAnswer(Answer):
    """``rows``: the learner's own cells by row and column; None is a seed row that was taken out. ``order``: the rows as they stand.

    A seed row that was not touched is not stored. ``asked``: whether the example was asked for.
    """

    rows: dict[Id, Cells | None] = Field(default={}, max_length=MOST_KEPT)
    order: list[Id] = Field(default=[], max_length=MOST_KEPT)
    asked: bool = False


@dataclass(frozen=True)
class RowVerdict:
    """How far a row is that the learner has written in. ``missing`` and ``unreadable``: column ids; ``same_as``: an earlier row's id."""

    id: str
    counts: bool
    missing: tuple[str, ...]
    unreadable: tuple[str, ...]
    same_as: str | None


@dataclass(frozen=True)
class ScorecardFeedback:
    """``counting``: how many rows are complete and distinct."""

    counting: int
    rows: tuple[RowVerdict, ...]
    curve: Curve | None
    sample: Text | None


class Scorecard(Activity):
    """A table with typed columns. What earns points by program is its structure alone: enough rows, complete and distinct."""

    answer_type: ClassVar[type[Answer]] = ScorecardAnswer

    kind: Literal["scorecard"]
    case: Text | None = None
    row_name: Text
    """What one row is, as inside a sentence: "moment", "idea"."""
    columns: list[Column] = Field(min_length=1, max_length=MOST_COLUMNS)
    least: int = Field(ge=1, le=MOST_ROWS)
    """How many rows must be complete."""
    most: int = Field(ge=1, le=MOST_ROWS)
    seeds: list[Seed] = []
    fixed: bool = False
    """The seeds are the rows, as in a form: none can be added, removed or moved, and what stands in them stays."""
    distinct: Id | None = None
    """A required text column in which rows must differ to count. In a brainstorm it is the only column, said or not."""
    curve: CurveSpec | None = None
    hand: int = Field(default=0, ge=0)
    """How many of the points a person gives."""
    sample: Text | None = None
    """An example of a good row, for practice only."""

    @model_validator(mode="after")
    def _holds_together(self) -> Scorecard:
        for field, members in (("columns", self.columns), ("seeds", self.seeds)):
            if twice := doubled(member.id for member in members):
                raise ValueError(f"{field}: ids used twice: {', '.join(twice)}")
        if not any(column.required for column in self.columns):
            raise ValueError("columns: at least one must be required, or there is nothing to complete")
        if self.least > self.most:
            raise ValueError("least: may not exceed most")
        if len(self.seeds) > self.most:
            raise ValueError(f"seeds: there may be {self.most} at most, as many as there may be rows")
        for seed in self.seeds:
            self._check_seed(seed)
        if self.fixed and not self.least == self.most == len(self.seeds):
            raise ValueError("fixed: the seeds are the rows, so least and most must be the number of seeds")
        if self.distinct is not None:
            column = self._by_id.get(self.distinct)
            if column is None or column.type != "text" or not column.required:
                raise ValueError("distinct: must name a required text column")
            if self.fixed and any(self.distinct in seed.cells for seed in self.seeds):
                raise ValueError("distinct: must name a column of the form that the learner fills")
        if self.curve is not None:
            self.curve.check(self._by_id)
        if self.hand > self.points:
            raise ValueError("hand: may not exceed points")
        if self.graded and self.sample is not None:
            raise ValueError("sample: the model answer of a graded table belongs into solutions/")
        return self

    def _check_seed(self, seed: Seed) -> None:
        for name, value in seed.cells.items():
            column = self._by_id.get(name)
            where = f"seeds.{seed.id}.cells.{name}"
            if column is None:
                raise ValueError(f"{where}: there is no such column")
            if (column.type == "text") != isinstance(value, Text):
                raise ValueError(f"{where}: a text column wants zh and en, any other column does not")
            if not isinstance(value, Text) and not column.readable(str(value)):
                raise ValueError(f"{where}: {value!r} is not what a {column.type} column holds")
        if self.fixed and all(column.id in seed.cells for column in self.columns if column.required):
            raise ValueError(f"seeds.{seed.id}: leave at least one required cell to the learner")

    @property
    def hand_points(self) -> int:
        return self.hand

    @property
    def draws(self) -> bool:
        return self.curve is not None

    @property
    def brainstorm(self) -> bool:
        """Whether it is a plain list of ideas: they are counted, never judged."""
        return len(self.columns) == 1 and self.columns[0].type == "text"

    @property
    def _distinct(self) -> str | None:
        """The column in which rows must differ, if there is one."""
        return self.distinct or (self.columns[0].id if self.brainstorm else None)

    @cached_property
    def _by_id(self) -> dict[str, Column]:
        return {column.id: column for column in self.columns}

    @cached_property
    def _seeds(self) -> dict[str, Seed]:
        return {seed.id: seed for seed in self.seeds}

    def row_ids(self, answer: ScorecardAnswer) -> list[str]:
        """The rows as they stand. Ids in ``order`` without a row are passed over; rows that it lacks come last."""
        seeds = list(self._seeds)
        if self.fixed:
            return seeds
        there = [row for row in dict.fromkeys([*seeds, *answer.rows]) if answer.rows.get(row, {}) is not None]
        return [*(row for row in answer.order if row in there), *(row for row in there if row not in answer.order)]

    def shown(self, answer: ScorecardAnswer, row: str, column: str) -> Text | str:
        """What stands in a cell: the learner's own words, else the seed's, else nothing."""
        own = (answer.rows.get(row) or {}).get(column)
        if own is not None:
            return own
        seed = self._seeds.get(row)
        return seed.shown(column) if seed else ""

    def touched(self, answer: ScorecardAnswer, row: str) -> bool:
        """Whether a row holds something of the learner's own: a cell that is neither empty nor what the seed says anyway."""
        seed = self._seeds.get(row)
        cells = (answer.rows.get(row) or {}).items()
        return any(not blank(text) and not (seed and says(seed.shown(column), text)) for column, text in cells)

    def check_answer(self, answer: ScorecardAnswer) -> None:
        seeds, columns = self._seeds, self._by_id
        for row, cells in answer.rows.items():
            if self.fixed and row not in seeds:
                raise self.refuse(row)
            for name, text in (cells or {}).items():
                if name not in columns:
                    raise self.refuse(name)
                if self.fixed and name in seeds[row].cells:
                    raise self.refuse(f"{row}.{name}", "value_outside")
                if columns[name].type == "choice" and text and not columns[name].readable(text):
                    raise self.refuse(text)
        if twice := doubled(answer.order):
            raise self.refuse(twice[0], "doubled_item")

    def for_learner(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "row_name": self.row_name,
            "columns": self.columns,
            "most": self.most,
            "least": self.least,
            "seeds": [{"id": seed.id, "cells": {name: seed.shown(name) for name in seed.cells}} for seed in self.seeds],
            "fixed": self.fixed,
            "brainstorm": self.brainstorm,
            "distinct": self.distinct,
            "threshold": self.curve.threshold if self.curve else None,
            "has_example": self.sample is not None,
        }

    def verdicts(self, answer: ScorecardAnswer) -> list[RowVerdict]:
        """How far each row is that the learner has written in, in the order of the rows."""
        return list(self._judged(answer))

    def _judged(self, answer: ScorecardAnswer) -> Iterator[RowVerdict]:
        distinct = self._distinct
        first: dict[str, str] = {}  # by what the distinct cell says, the first row that counts
        for row in self.row_ids(answer):
            if not self.touched(answer, row):
                continue
            missing, unreadable = self._faults(answer, row)
            complete = not missing and not any(self._by_id[name].required for name in unreadable)
            said = essence(self.shown(answer, row, distinct)) if distinct and complete else set()
            same_as = next((first[text] for text in sorted(said) if text in first), None)
            if same_as is None:
                first.update(dict.fromkeys(said, row))
            yield RowVerdict(row, complete and same_as is None, missing, unreadable, same_as)

    def _faults(self, answer: ScorecardAnswer, row: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The required columns that are empty in a row, and those whose text cannot be read."""
        cells = [(column, plain(self.shown(answer, row, column.id))) for column in self.columns]
        missing = tuple(column.id for column, text in cells if column.required and blank(text))
        return missing, tuple(column.id for column, text in cells if not blank(text) and not column.readable(text))

    def counting(self, answer: ScorecardAnswer) -> int:
        """How many rows are the learner's own, complete, and distinct."""
        return sum(verdict.counts for verdict in self.verdicts(answer))

    def open_items(self, answer: ScorecardAnswer) -> list[str]:
        """In a form the cells to be filled, or told apart from another row's, as ``row.column``; else ``row_N`` for each row wanted yet."""
        if not self.fixed:
            return [f"row_{n}" for n in range(self.counting(answer) + 1, self.least + 1)]
        required = [column.id for column in self.columns if column.required]
        again = {verdict.id: self._distinct for verdict in self.verdicts(answer) if verdict.same_as}
        wanted = {seed: {*sum(self._faults(answer, seed), ()), again.get(seed)} for seed in self._seeds}
        return [f"{seed}.{name}" for seed, names in wanted.items() for name in required if name in names]

    def attempted(self, answer: ScorecardAnswer) -> bool:
        """Whether any row holds something of the learner's own."""
        return any(self.touched(answer, row) for row in self.row_ids(answer))

    def journey(self, answer: ScorecardAnswer) -> Curve | None:
        """The curve, once two rows have a number; None where none is asked for."""
        if self.curve is None:
            return None
        column = self._by_id[self.curve.value]
        moments = [
            Moment(row, number, self.shown(answer, row, self.curve.label), value)
            for number, row in enumerate(self.row_ids(answer), start=1)
            if (value := column.number(plain(self.shown(answer, row, column.id)))) is not None
        ]
        return curve_through(moments, self.curve.threshold)

    def feedback(self, answer: ScorecardAnswer) -> ScorecardFeedback | None:
        """How far each row is, the curve in words, and the example once asked for. All of it is structure, so an exercise says it, too."""
        rows, curve = self.verdicts(answer), self.journey(answer)
        sample = self.sample if answer.asked else None
        if not rows and curve is None and sample is None:
            return None
        return ScorecardFeedback(sum(row.counts for row in rows), tuple(rows), curve, sample)

    def score(self, answer: ScorecardAnswer, key: None = None) -> Score:
        """The program's points times ``min(counting, least) / least``; what the rows say is for a person to judge."""
        if not self.attempted(answer):
            return Score.not_attempted(self.auto_points)
        share = min(self.counting(answer), self.least) / self.least
        return Score.of(self.auto_points, Part("rows", self.auto_points * share, float(self.auto_points)))
