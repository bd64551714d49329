"""What each analysis of an explorer needs: the columns that play its fixed roles, and what a learner may choose.

No data set is known here: ``course.exploring.fitting`` compares the columns with the description of the data set.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from course.activities.base import Id, Model, doubled
from course.analyses.terms import SEASONS, TIERS, Aggregation, Season

ROWS = "rows"
"""The measure that counts rows; no column has this name."""
NONE = "none"
"""The option of a choice that may be left out."""
ALL = "all"
SORTS = ("lift", "support", "confidence")
COUNTING: frozenset[Aggregation] = frozenset({"count", "share"})
"""These count rows and look at no measure."""

Kind = Literal["id", "date", "category", "number"]
"""What a column of a data set can be."""
GROUPS: tuple[Kind, ...] = ("category", "id", "number")
Columns = Annotated[list[Id], Field(min_length=1, max_length=8)]
ColumnsOrNone = Annotated[list[Id], Field(max_length=8)]
Share = Annotated[float, Field(ge=0.0001, le=1)]
Factor = Annotated[float, Field(ge=0.1, le=100)]
Day = Annotated[str, AfterValidator(lambda text: date.fromisoformat(text).isoformat())]
"""A day such as 2025-12-31."""


class Exploration(Model):
    """One analysis. Every list is a choice; the learner begins with its first entry, unless ``start`` says otherwise."""

    kinds: ClassVar[dict[str, tuple[Kind, ...]]]
    """What the columns that a field names must be."""

    name: str

    @abstractmethod
    def choices(self) -> dict[str, list[str]]:
        """The options of every choice, in the order in which they are shown."""

    def idle(self, chosen: Mapping[str, str]) -> Collection[str]:
        """The choices that make no difference after these."""
        return ()

    def columns(self) -> Iterator[tuple[str, Id]]:
        """Every column that the specification names, with the field that names it."""
        for field in self.kinds:
            named = getattr(self, field)
            columns = [named] if isinstance(named, str) else named
            yield from ((field, column) for column in columns if (field, column) != ("measures", ROWS))

    @model_validator(mode="after")
    def _no_option_twice(self) -> Exploration:
        for choice, options in self.choices().items():
            if twice := doubled(options):
                raise ValueError(f"{choice}: stands there twice: {', '.join(twice)}")
        return self


class Grouped(Exploration):
    """One number for each group: counts, sums, means, medians, shares. A date is grouped by month."""

    kinds = {"by": ("category", "id", "number", "date"), "split": ("category", "number"), "measures": ("number",)}

    name: Literal["grouped"]
    by: Columns
    split: ColumnsOrNone = []
    """Columns that may split each group once more."""
    measures: ColumnsOrNone = []
    aggregations: list[Aggregation] = Field(default=["count"], min_length=1)

    @model_validator(mode="after")
    def _has_measures(self) -> Grouped:
        if bool(set(self.aggregations) - COUNTING) != bool(self.measures):
            raise ValueError("measures: needed for sum, mean, median and share_of_total, and for nothing else")
        if ROWS in self.measures:
            raise ValueError("measures: rows are counted by the aggregation count; take rows out")
        return self

    def choices(self) -> dict[str, list[str]]:
        return {
            "by": self.by,
            "split": _or_none(self.split),
            "aggregation": list(self.aggregations),
            "measure": self.measures or [ROWS],
        }

    def idle(self, chosen: Mapping[str, str]) -> Collection[str]:
        return {"measure"} if chosen["aggregation"] in COUNTING else ()


class Pareto(Exploration):
    """Who or what contributes most; the measure ``rows`` counts rows."""

    kinds = {"by": GROUPS, "measures": ("number",)}

    name: Literal["pareto"]
    by: Columns
    measures: Columns = [ROWS]

    def choices(self) -> dict[str, list[str]]:
        return {"by": self.by, "measure": self.measures}


class Rfm(Exploration):
    """Customers by recency, frequency and money: the tiers, or the customers of one tier."""

    kinds = {"customer": ("id",), "day": ("date",), "receipt": ("id",), "amount": ("number",)}

    name: Literal["rfm"]
    customer: Id
    day: Id
    receipt: Id
    amount: Id
    references: list[Day] = Field(min_length=1, max_length=6)
    """The days on which a learner may look back."""

    def choices(self) -> dict[str, list[str]]:
        return {"reference": self.references, "tier": [ALL, *TIERS]}


class Seasonality(Exploration):
    """How much stronger or weaker a month or a weekday is than the average one."""

    kinds = {"day": ("date",), "measures": ("number",)}

    name: Literal["seasonality"]
    day: Id
    measures: Columns = [ROWS]
    seasons: list[Season] = Field(default=list(SEASONS), min_length=1)

    def choices(self) -> dict[str, list[str]]:
        return {"season": list(self.seasons), "measure": self.measures}


class Basket(Exploration):
    """What is bought together."""

    kinds = {"receipt": ("id",), "product": ("category", "id")}

    name: Literal["basket"]
    receipt: Id
    product: Id
    supports: list[Share] = Field(min_length=1, max_length=6)
    """Least shares of the receipts (0.01 is 1 %) that a pair must be on."""

    def choices(self) -> dict[str, list[str]]:
        return {"support": _numbers(self.supports), "sort": list(SORTS)}


class Churn(Exploration):
    """Customers who have been silent for unusually long, as a list or counted by a column of the data set beside."""

    kinds = {"customer": ("id",), "day": ("date",), "by": ("category",)}

    name: Literal["churn"]
    customer: Id
    day: Id
    references: list[Day] = Field(min_length=1, max_length=6)
    factors: list[Factor] = Field(default=[2.0], min_length=1, max_length=6)
    """How many times their own median gap they must be silent."""
    visits: list[Annotated[int, Field(ge=2, le=1000)]] = Field(default=[3], min_length=1, max_length=6)
    """Least numbers of visits: with fewer there is no rhythm."""
    by: ColumnsOrNone = []

    def choices(self) -> dict[str, list[str]]:
        numbers = {"factor": _numbers(self.factors), "visits": _numbers(self.visits)}
        return {"reference": self.references, **numbers, "count": _or_none(self.by)}


class Gaps(Exploration):
    """Perception against expectation, by dimension and perhaps by group."""

    kinds = {
        "respondent": ("id",),
        "dimensions": ("category",),
        "expectation": ("number",),
        "perception": ("number",),
        "groups": ("category",),
    }

    name: Literal["gaps"]
    respondent: Id
    expectation: Id
    perception: Id
    dimensions: Columns
    groups: ColumnsOrNone = []

    def choices(self) -> dict[str, list[str]]:
        return {"dimension": self.dimensions, "group": _or_none(self.groups)}


class Agreement(Exploration):
    """How far two raters agree, over all and item by item."""

    kinds = {"rater": ("category", "id"), "ratings": ("category", "number"), "case": GROUPS, "by": GROUPS}

    name: Literal["agreement"]
    rater: Id
    ratings: Columns
    case: Columns
    """The columns that together say what was rated."""
    by: Columns

    @model_validator(mode="after")
    def _by_is_known_of_a_case(self) -> Agreement:
        if unknown := sorted(set(self.by) - set(self.case)):
            raise ValueError(f"by: {unknown[0]} must stand in case, too")
        return self

    def choices(self) -> dict[str, list[str]]:
        return {"rating": self.ratings, "by": self.by}


class Lags(Exploration):
    """Whether one monthly series runs ahead of another."""

    kinds = {"month": ("date",), "x": ("number",), "y": ("number",)}

    name: Literal["lags"]
    month: Id
    x: Columns
    y: Columns
    most: list[Annotated[int, Field(ge=2, le=24)]] = Field(default=[6], min_length=1, max_length=6)
    """How many months the two may lie apart."""

    def choices(self) -> dict[str, list[str]]:
        return {"x": self.x, "y": self.y, "most": _numbers(self.most)}


AnyExploration = Annotated[Grouped | Pareto | Rfm | Seasonality | Basket | Churn | Gaps | Agreement | Lags, Field(discriminator="name")]


def _or_none(columns: list[Id]) -> list[str]:
    return [NONE, *columns]


def _numbers(numbers: Iterable[float]) -> list[str]:
    return [f"{number:g}" for number in numbers]
