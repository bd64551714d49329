"""Scale: rate oneself on statements or between two poles; a total with bands, never a grade."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import UNREADABLE, Activity, ActivityId, Answer, Id, Model, Part, Score, doubled
from course.language import Text


class ScaleItem(Model):
    """One line to rate: a statement, or a pair of poles (``left`` stands at the first value, ``right`` at the last)."""

    id: Id
    statement: Text | None = None
    left: Text | None = None
    right: Text | None = None

    @model_validator(mode="after")
    def _statement_or_poles(self) -> ScaleItem:
        poles = self.left is not None and self.right is not None
        if (self.statement is None) != poles or (self.left is None) != (self.right is None):
            raise ValueError("give either a statement, or both left and right")
        return self


class Group(Model):
    """A block of items that belong together and get a mean of their own."""

    id: Id
    title: Text
    items: list[Id] = Field(min_length=1)


class Band(Model):
    """What a total from ``at_least`` upwards (the number itself included) means, in kind and useful words."""

    id: Id
    at_least: int
    title: Text
    advice: Text


class Anchors(Model):
    """What the first and the last value say, for statements."""

    first: Text
    last: Text


class ScaleAnswer(Answer):
    """The value chosen for each item."""

    ratings: dict[str, int] = {}


class Completion(Answer):
    """What an exercise hands in of a self-rating: that it was completed, and the ratings only where the learner shares them."""

    completed: bool = False
    ratings: dict[str, int] | None = None

    @property
    def shared(self) -> bool:
        """Whether the learner lets the instructor see the ratings."""
        return self.ratings is not None


@dataclass(frozen=True)
class GroupMean:
    """Mean rating of a complete group."""

    id: str
    title: Text
    mean: float


@dataclass(frozen=True)
class ScaleFeedback:
    """Total and meaning of a complete scale."""

    total: int
    lowest: int
    highest: int
    band: Band | None
    near: Band | None
    """The neighbouring band, where the total lies within ``near`` points of the border between the two."""
    groups: tuple[GroupMean, ...]


class Scale(Activity):
    """Items rated on the same values; the higher the total, the more of what the scale is about."""

    answer_type: ClassVar[type[Answer]] = ScaleAnswer
    self_rating: ClassVar[bool] = True

    kind: Literal["scale"]
    values: list[int] = Field(min_length=2, max_length=10)
    """The values in the order in which they are shown, each one step from the last: ``[10, 9, …, 1]`` or ``[1, 2, 3, 4, 5]``."""
    anchors: Anchors | None = None
    items: list[ScaleItem] = Field(min_length=1)
    groups: list[Group] = []
    bands: list[Band] = []
    near: int = Field(default=3, ge=0)
    """A total this close to the border between two bands is said to be near it."""
    chart: bool = False
    """Whether a plotly chart of the ratings is drawn when all are given."""
    note: Text | None = None
    """What this scale is not for; shown with the result."""
    beside: ActivityId | None = None
    """An earlier scale with the same items and values, whose ratings stand beside these when both are complete: a retake."""

    @model_validator(mode="after")
    def _holds_together(self) -> Scale:
        ids = [item.id for item in self.items]
        if twice := doubled(ids):
            raise ValueError(f"items: ids used twice: {', '.join(twice)}")
        for field, members in (("groups", self.groups), ("bands", self.bands)):
            if twice := doubled(member.id for member in members):
                raise ValueError(f"{field}: ids used twice: {', '.join(twice)}")
        steps = {later - earlier for earlier, later in zip(self.values, self.values[1:], strict=False)}
        if steps not in ({1}, {-1}):
            raise ValueError("values: must go up or down by 1")
        if any(item.statement for item in self.items) and self.anchors is None:
            raise ValueError("anchors: statements need words for the first and the last value")
        grouped = [item for group in self.groups for item in group.items]
        if self.groups and sorted(grouped) != sorted(ids):
            raise ValueError("groups: every item must stand in exactly one group")
        floors = [band.at_least for band in self.bands]
        if floors and (floors != sorted(set(floors), reverse=True) or floors[-1] > self.lowest):
            raise ValueError(f"bands: list them from the highest down to one that holds the lowest total, {self.lowest}")
        return self

    @property
    def draws(self) -> bool:
        return self.chart

    @property
    def lowest(self) -> int:
        """The lowest total there can be."""
        return min(self.values) * len(self.items)

    @property
    def highest(self) -> int:
        """The highest total there can be."""
        return max(self.values) * len(self.items)

    def check_answer(self, answer: ScaleAnswer) -> None:
        self.check_ids(answer.ratings, {item.id for item in self.items})
        for item, value in answer.ratings.items():
            if value not in self.values:
                raise self.refuse(item, "value_outside")

    def for_learner(self) -> dict[str, Any]:
        return {
            "items": self.items,
            "values": self.values,
            "anchors": self.anchors,
            "groups": self.groups,
            "note": self.note,
            "chart": self.chart,
        }

    def open_items(self, answer: ScaleAnswer) -> list[str]:
        return [item.id for item in self.items if item.id not in answer.ratings]

    def feedback(self, answer: ScaleAnswer) -> ScaleFeedback | None:
        """Total, band and group means, once every item is rated; no band and no total while one is open."""
        if self.open_items(answer):
            return None
        total = sum(answer.ratings.values())
        band, near = self.band_of(total)
        groups = tuple(
            GroupMean(group.id, group.title, round(fmean(answer.ratings[item] for item in group.items), 1)) for group in self.groups
        )
        return ScaleFeedback(total, self.lowest, self.highest, band, near, groups)

    def band_of(self, total: int) -> tuple[Band | None, Band | None]:
        """The band of a total, and the neighbour whose border is within ``near`` points, if there is one.

        With bands from 80 and from 50 and ``near`` 3: 80–82 are near the band below, 77–79 near the band above.
        """
        if not self.bands:
            return None, None
        here = next(n for n, band in enumerate(self.bands) if total >= band.at_least)
        below = self.bands[here + 1] if here + 1 < len(self.bands) else None
        above = self.bands[here - 1] if here > 0 else None
        if above is not None and above.at_least - total <= self.near:
            return self.bands[here], above
        if below is not None and total - self.bands[here].at_least < self.near:
            return self.bands[here], below
        return self.bands[here], None

    def read_handed_in(self, data: object) -> Completion:
        """Validate what an exercise holds of this self-rating. Raises AnswerError."""
        try:
            done = Completion.read(data)
        except UNREADABLE as error:
            raise self.malformed(error) from None
        if done.ratings is not None:
            shared = ScaleAnswer(ratings=done.ratings)
            self.check_answer(shared)
            if done.completed and (missing := self.open_items(shared)):
                raise self.refuse(missing[0], "value_outside")
        return done

    def score(self, answer: Completion, key: None = None) -> Score:
        """Full points for a scale that was completed, whatever its total; ratings never earn or cost points."""
        if not answer.completed:
            return Score.not_attempted(self.points)
        return Score.of(self.points, Part("completed", float(self.points), float(self.points)))
