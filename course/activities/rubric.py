"""Rubric: an observer's sheet. What was seen and heard is graded 1 to 5, and several sheets are laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from course.activities.base import Activity, Answer, Id, Model, Part, Score, doubled
from course.activities.rubric_comparison import Comparison, Rater, Sheet, about_one_person, compare, to_tenth
from course.activities.scale import Anchors, Group
from course.language import Text

LOWEST, HIGHEST = 1, 5
MOST_KEPT = 100
"""More sheets than a page ever makes: two pages that filled theirs at the same time lose none."""


class Grades(Model):
    """Words for the grades 1 to 5: for both ends (``anchors``), or for all five (``levels``, 1 first), or both."""

    anchors: Anchors | None = None
    levels: list[Text] = []

    @model_validator(mode="after")
    def _has_words(self) -> Grades:
        if self.levels and len(self.levels) != HIGHEST:
            raise ValueError("levels: give five, from 1 up to 5")
        if not self.levels and self.anchors is None:
            raise ValueError("give anchors (first, last) or five levels")
        return self

    @property
    def words(self) -> tuple[Text | None, ...]:
        """What each grade from 1 to 5 says; None where only the ends have words."""
        if self.levels:
            return tuple(self.levels)
        return (self.ends.first, None, None, None, self.ends.last)

    @property
    def ends(self) -> Anchors:
        """What 1 and 5 say."""
        return self.anchors or Anchors(first=self.levels[0], last=self.levels[-1])


class RubricItem(Model):
    """One thing to watch for; ``hint`` says what one would see or hear."""

    id: Id
    text: Text
    hint: Text | None = None


class RubricGroup(Group):
    """A block of items with a total of its own: the sum of its grades, or that sum in proportion to ``scaled_to`` points."""

    scaled_to: int | None = Field(default=None, ge=1, le=100)


class RubricAnswer(Answer):
    """The sheets by ids that the page makes out of the time, so that sorted ids are the order in which they were made."""

    sheets: dict[Id, Sheet] = Field(default={}, max_length=MOST_KEPT)

    @field_validator("sheets")
    @classmethod
    def _oldest_first(cls, sheets: dict[str, Sheet]) -> dict[str, Sheet]:
        return dict(sorted(sheets.items()))  # merging two pages' answers mixes them up


@dataclass(frozen=True)
class GroupTotal:
    """The points of one group on a complete sheet."""

    id: str
    title: Text
    points: float
    out_of: int


@dataclass(frozen=True)
class SheetTotal:
    """The points of one complete sheet: what its groups' totals, each rounded half up to one decimal, add up to."""

    id: str
    points: float
    out_of: int
    groups: tuple[GroupTotal, ...]


@dataclass(frozen=True)
class RubricFeedback:
    """The totals of all complete sheets, and what they say beside each other."""

    sheets: tuple[SheetTotal, ...]
    comparison: Comparison | None
    left_out: int
    """Complete sheets that are not compared, since they name somebody else."""
    note: Text | None


class Rubric(Activity):
    """Items graded by who watched, on several sheets for one role play. Grades never earn points; a complete sheet may."""

    answer_type: ClassVar[type[Answer]] = RubricAnswer

    kind: Literal["rubric"]
    case: Text | None = None
    grades: Grades
    items: list[RubricItem] = Field(min_length=1, max_length=25)
    groups: list[RubricGroup] = []
    raters: list[Rater] = Field(min_length=1)
    """Who may fill a sheet, in the order of the buttons."""
    most_sheets: int = Field(default=6, ge=1, le=12)
    hand: int = Field(default=0, ge=0)
    """How many of the points an instructor gives; the others are for one complete sheet."""
    note: Text | None = None
    """Shown with the first total, for example how to talk about it."""

    @model_validator(mode="after")
    def _holds_together(self) -> Rubric:
        for field, ids in (("items", self.ids), ("groups", [group.id for group in self.groups]), ("raters", self.raters)):
            if twice := doubled(ids):
                raise ValueError(f"{field}: used twice: {', '.join(twice)}")
        if self.groups and sorted(item for group in self.groups for item in group.items) != sorted(self.ids):
            raise ValueError("groups: every item must stand in exactly one group")
        if self.graded and "self" in self.raters:
            raise ValueError("raters: a self-rating is private; take self out of a sheet that is handed in")
        if self.hand > self.points:
            raise ValueError("hand: may not exceed points")
        return self

    @property
    def ids(self) -> list[str]:
        """The item ids in their order."""
        return [item.id for item in self.items]

    @property
    def hand_points(self) -> int:
        return self.hand

    @property
    def draws(self) -> bool:
        return self.most_sheets > 1

    def check_answer(self, answer: RubricAnswer) -> None:
        for sheet in answer.sheets.values():
            if sheet.rater not in self.raters:
                raise self.refuse(sheet.rater, "value_outside")
            self.check_ids(sheet.grades, self.ids)
            for item, grade in sheet.grades.items():
                if not LOWEST <= grade <= HIGHEST:
                    raise self.refuse(item, "value_outside")

    def for_learner(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "levels": self.grades.words,
            "ends": self.grades.ends,
            "items": self.items,
            "groups": [{"title": group.title, "items": group.items} for group in self.groups],
            "raters": self.raters,
            "most_sheets": self.most_sheets,
        }

    def open_items(self, answer: RubricAnswer) -> list[str]:
        """What the fullest sheet still lacks: one complete sheet is enough."""
        return min((self.missing(sheet) for sheet in answer.sheets.values()), key=len, default=self.ids)

    def missing(self, sheet: Sheet) -> list[str]:
        """The items that have no grade on a sheet."""
        return [item for item in self.ids if item not in sheet.grades]

    def attempted(self, answer: RubricAnswer) -> bool:
        """Whether any sheet has a grade or a remark."""
        return any(sheet.begun for sheet in answer.sheets.values())

    def score(self, answer: RubricAnswer, key: None = None) -> Score:
        """Full points for one complete sheet, whatever its grades; nothing for less."""
        if not self.attempted(answer):
            return Score.not_attempted(self.auto_points)
        done = 0 if self.open_items(answer) else self.auto_points
        return Score.of(self.auto_points, Part("completed", float(done), float(self.auto_points)))

    def feedback(self, answer: RubricAnswer) -> RubricFeedback | None:
        """Totals and comparison, once a sheet is complete."""
        complete = {name: sheet for name, sheet in answer.sheets.items() if not self.missing(sheet)}
        if not complete:
            return None
        totals = tuple(self._total(name, sheet) for name, sheet in complete.items())
        about_one = about_one_person(complete)
        numbers = {name: number for number, name in enumerate(answer.sheets, start=1)}
        comparison = compare(about_one, {item.id: item.text for item in self.items}, numbers)
        return RubricFeedback(totals, comparison, len(complete) - len(about_one), self.note)

    def _total(self, name: str, sheet: Sheet) -> SheetTotal:
        groups = []
        for group in self.groups:
            most = HIGHEST * len(group.items)
            out_of = group.scaled_to or most
            earned = sum(sheet.grades[item] for item in group.items)
            groups.append(GroupTotal(group.id, group.title, to_tenth(earned * out_of, most), out_of))
        if not groups:
            return SheetTotal(name, float(sum(sheet.grades.values())), HIGHEST * len(self.items), ())
        total = round(sum(group.points for group in groups), 1)
        return SheetTotal(name, total, sum(group.out_of for group in groups), tuple(groups))
