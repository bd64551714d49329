"""Filled sheets of a rubric side by side: which of them are about one person, whose grades they hold, where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import StringConstraints

from course.activities.base import Model
from course.language import Text

FEWEST_FOR_A_MEAN = 3
"""People beside the learner from whom on their grades are averaged; below, an average would only hide who said what."""
WORTH_TALKING = 2
"""Grades that differ by as much are worth talking about."""

Rater = Literal["self", "peer", "trainer"]
Kind = Literal["self", "peer", "trainer", "mean", "lowest", "highest"]
Name = Annotated[str, StringConstraints(max_length=40)]
Remark = Annotated[str, StringConstraints(max_length=2000)]


class Sheet(Model):
    """One filled sheet: who grades, who is observed (``of``) and by whom, as far as they say."""

    rater: Rater
    of: Name = ""
    by: Name = ""
    grades: dict[str, int] = {}
    remark: Remark = ""

    @property
    def observed(self) -> str:
        """Whom a sheet is about, so that "L.M." and "lm" are one; empty is the learner."""
        return "" if self.rater == "self" else _plain(self.of)

    @property
    def begun(self) -> bool:
        """Whether there is a grade or a remark on it."""
        return bool(self.grades or self.remark.strip())


@dataclass(frozen=True)
class Voice:
    """Whose grades stand in one column of a comparison: one sheet's, or the mean, lowest and highest of ``n`` sheets of others."""

    kind: Kind
    by: str = ""
    number: int | None = None
    """The sheet's number, where kind and name alone do not tell it from another one."""
    n: int = 1


@dataclass(frozen=True)
class ItemComparison:
    """One item with a grade from each voice; ``difference`` is the highest of them less the lowest."""

    number: int
    text: Text
    grades: tuple[float, ...]
    difference: float

    @property
    def talk(self) -> bool:
        """Whether the difference is worth talking about."""
        return self.difference >= WORTH_TALKING


@dataclass(frozen=True)
class Comparison:
    """Complete sheets about one person side by side, the item with the largest difference first: there the talk begins."""

    voices: tuple[Voice, ...]
    items: tuple[ItemComparison, ...]


def about_one_person(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    """The sheets that may be compared: all of them where they name one person or none, for then they are about one role play.

    Where they name different people: those about the learner (own ones and those without a name) if there is something to compare among
    them, else those about the first person with two.
    """
    people = dict.fromkeys(sheet.observed for sheet in sheets.values())
    if len([person for person in people if person]) < 2:
        return sheets
    for person in sorted(people, key=bool):  # the learner's empty name first, the others as they came
        found = {name: sheet for name, sheet in sheets.items() if sheet.observed == person}
        if len(found) > 1 and any(sheet.rater != "self" for sheet in found.values()):
            return found
    return {}


def compare(sheets: dict[str, Sheet], items: dict[str, Text], numbers: dict[str, int]) -> Comparison | None:
    """Complete sheets side by side, or None where there is nothing to compare.

    ``sheets`` and their ``numbers`` (from 1) by the sheets' ids, oldest first; ``items``: the text of each item by its id, in their order.
    """
    own = [name for name, sheet in sheets.items() if sheet.rater == "self"][-1:]  # merging may have left two: the newer one
    others = [name for name, sheet in sheets.items() if sheet.rater != "self"]
    if not others or len(own + others) < 2:
        return None
    columns = list(_columns({name: sheets[name] for name in own + others}, numbers))
    found = []
    for number, (item, text) in enumerate(items.items(), start=1):
        grades = tuple(_grade(voice, [sheet.grades[item] for sheet in graded]) for voice, graded in columns)
        found.append(ItemComparison(number, text, grades, round(max(grades) - min(grades), 1)))
    return Comparison(tuple(voice for voice, _ in columns), tuple(sorted(found, key=lambda item: -item.difference)))


def _columns(sheets: dict[str, Sheet], numbers: dict[str, int]) -> Iterator[tuple[Voice, list[Sheet]]]:
    """The voices of a comparison, each with the sheets that speak through it.

    Other people have one each until they are three. From then on there is their mean; where there is no own sheet to hold it against,
    it stands between the lowest and the highest grade.
    """
    others = {name: sheet for name, sheet in sheets.items() if sheet.rater != "self"}
    together = len({(sheet.rater, _plain(sheet.by) or name) for name, sheet in others.items()}) >= FEWEST_FOR_A_MEAN
    said = [(sheet.rater, _plain(sheet.by)) for sheet in sheets.values()]
    for name, sheet in sheets.items():
        if sheet.rater == "self":
            yield Voice("self"), [sheet]
        elif not together:
            alike = said.count((sheet.rater, _plain(sheet.by))) > 1
            yield Voice(sheet.rater, " ".join(sheet.by.split()), numbers[name] if alike else None), [sheet]
    if together:
        rest, n = list(others.values()), len(others)
        kinds: tuple[Kind, ...] = ("mean",) if len(sheets) > n else ("lowest", "mean", "highest")
        yield from ((Voice(kind, n=n), rest) for kind in kinds)


def _grade(voice: Voice, grades: Sequence[int]) -> float:
    if voice.kind == "mean":
        return to_tenth(sum(grades), len(grades))
    return float(min(grades) if voice.kind == "lowest" else max(grades))


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def to_tenth(amount: int, parts: int) -> float:
    """``amount / parts`` to one decimal, rounded half up (2.25 is 2.3); both are whole numbers, not below 0."""
    return (20 * amount + parts) // (2 * parts) / 10
