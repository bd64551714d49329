"""Sorting: put cards into bins, or choose a few of many."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, Answer, Id, Model, Part, Score, doubled
from course.language import Text

NOWHERE = "none"
"""The id of the extra place for cards that belong into no bin."""

Right = Mapping[str, Sequence[str]]
"""The places that are right for each card, any one of them."""


class Bin(Model):
    """One bin; ``most`` is how many cards it takes."""

    id: Id
    title: Text
    hint: Text | None = None
    most: int | None = Field(default=None, ge=1, le=40)


class Card(Model):
    """One card. ``right`` and ``why`` in practice with a key; ``note`` is read in the summary of a sorting that has none."""

    id: Id
    text: Text
    right: list[Id] | None = None
    why: Text | None = None
    note: Text | None = None


class SortingKey(Model):
    """The places that are right for every card, by its id."""

    cards: dict[Id, list[Id]]


class SortingAnswer(Answer):
    """``placed``: the place of each card that has one. ``compared``: the explanations were asked for, and nothing changed since."""

    placed: dict[str, str] = {}
    compared: bool = False


@dataclass(frozen=True)
class CardVerdict:
    """One card after the comparison: whether it fits where it lies, else the titles of the better places, and why."""

    id: str
    fits: bool
    better: tuple[Text, ...]
    why: Text | None


@dataclass(frozen=True)
class SortingFeedback:
    """A comparison with the key: ``right`` cards ``of`` all fit."""

    right: int
    of: int
    cards: tuple[CardVerdict, ...]


@dataclass(frozen=True)
class PlaceCount:
    """How many cards lie in one place."""

    title: Text
    n: int


@dataclass(frozen=True)
class CardNote:
    """What is said of one placed card."""

    id: str
    note: Text


@dataclass(frozen=True)
class SortingNotes:
    """Where no key exists: how much lies where, and the notes on what was placed."""

    places: tuple[PlaceCount, ...]
    cards: tuple[CardNote, ...]


class Sorting(Activity):
    """Cards to put into bins; with ``every: false`` a choice, in which cards may stay where they are."""

    answer_type: ClassVar[type[Answer]] = SortingAnswer
    keyed: ClassVar[bool] = True

    kind: Literal["sorting"]
    case: Text | None = None
    question: Text
    """What is to be decided for each card."""
    bins: list[Bin] = Field(min_length=1, max_length=6)
    none: Text | None = None
    """The label of an extra place for cards that belong nowhere."""
    every: bool = True
    """Whether all cards are to be placed."""
    cards: list[Card] = Field(min_length=4, max_length=40)

    @model_validator(mode="after")
    def _holds_together(self) -> Sorting:
        if twice := doubled([*(b.id for b in self.bins), NOWHERE]):
            raise ValueError(f"bins: ids used twice, or reserved: {', '.join(twice)}")
        if twice := doubled(self.ids):
            raise ValueError(f"cards: ids used twice: {', '.join(twice)}")
        if self.every and len(self.bins) < 2:
            raise ValueError("bins: give at least two (one is enough for a choice, with every: false)")
        room = sum(b.most or len(self.cards) for b in self.bins)
        if self.every and self.none is None and room < len(self.cards):
            raise ValueError(f"bins: take only {room} cards with their most, and all {len(self.cards)} are to be placed")
        self._check_secrets()
        return self

    def _check_secrets(self) -> None:
        """A key and notes stand where they may, and whole."""
        said = [card for card in self.cards if card.right is not None or card.why is not None]
        noted = [card.id for card in self.cards if card.note is not None]
        if self.graded and (said or noted):
            raise ValueError(f"cards.{(noted or [said[0].id])[0]}: right, why and note of a graded sorting belong into solutions/")
        if (self.graded or said) and not self.every:
            raise ValueError("every: false is for a choice without a key; for cards that belong nowhere give none a label")
        if not said:
            return
        for card in self.cards:
            if card.right is None or card.why is None or card.note is not None:
                raise ValueError(f"cards.{card.id}: with a key every card needs right and why, and none has a note")
        self._check_key(self.own_key)

    def _check_key(self, right: Right) -> None:
        if missing := set(self.ids) ^ set(right):
            raise ValueError(f"cards: the key must name exactly the cards of the activity: {', '.join(sorted(missing))}")
        for card, accepted in right.items():
            if unknown := sorted(set(accepted) - set(self.places)):
                raise ValueError(f"cards.{card}: there is no bin {', '.join(unknown)}; there are {', '.join(self.places)}")
            if not accepted or doubled(accepted) or not set(accepted) < set(self.places):
                raise ValueError(f"cards.{card}: right must list at least one of {', '.join(self.places)}, and not all of them")
        for b in self.bins:
            only_here = [card for card, accepted in right.items() if list(accepted) == [b.id]]
            if b.most is not None and len(only_here) > b.most:
                raise ValueError(f"cards: {len(only_here)} belong into {b.id}, which takes {b.most}")

    @property
    def ids(self) -> list[str]:
        """The card ids in the order in which they are shown."""
        return [card.id for card in self.cards]

    @property
    def places(self) -> dict[str, Text]:
        """Where a card can lie, with the titles: the bins and, if there is one, the place for what belongs nowhere."""
        return {b.id: b.title for b in self.bins} | ({NOWHERE: self.none} if self.none else {})

    @property
    def own_key(self) -> dict[str, list[str]]:
        """The key that stands in the specification itself (practice); empty where there is none."""
        return {card.id: card.right for card in self.cards if card.right is not None}

    def read_own_key(self, data: object) -> SortingKey:
        """The instructor's key, as ``mark(…, key=…)`` gives it: ``{"cards": {"c1": ["bin"], …}}``. Raises KeyError_."""
        key = self.read_key(SortingKey, data)
        try:
            self._check_key(key.cards)
        except ValueError as error:
            raise self.wrong_key("cards", str(error)) from None
        return key

    def check_answer(self, answer: SortingAnswer) -> None:
        """Cards and places must exist. A bin may hold more than its ``most``: two pages that were changed at the same time may come
        to that, and refusing it would make the whole saved answer unreadable. The page lets none in; ``open_items`` says what is too much.
        """
        self.check_ids(answer.placed, self.ids)
        self.check_ids(dict.fromkeys(answer.placed.values()), self.places)

    def for_learner(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "question": self.question,
            "bins": self.bins,
            "none": self.none,
            "every": self.every,
            "cards": [{"id": card.id, "text": card.text} for card in self.cards],
            "explains": not self.graded,
            "compares": bool(self.own_key),
        }

    def open_items(self, answer: SortingAnswer) -> list[str]:
        """The cards without a place (in a choice only while nothing is chosen), and those that are too much for their bin."""
        too_much = {card for b in self.bins if b.most is not None for card in self.cards_in(b.id, answer)[b.most :]}
        waiting = set(self.ids) - set(answer.placed) if self.every or not answer.placed else set()
        return [card for card in self.ids if card in waiting or card in too_much]

    def cards_in(self, place: str, answer: SortingAnswer) -> list[str]:
        """The ids of the cards that lie in a place, in the order of the specification."""
        return [card for card in self.ids if answer.placed.get(card) == place]

    def attempted(self, answer: SortingAnswer) -> bool:
        """Whether at least one card has a place."""
        return bool(answer.placed)

    def feedback(self, answer: SortingAnswer) -> SortingFeedback | SortingNotes | None:
        """Once asked for and complete: the comparison with the key, or without a key what lies where. Nothing in an exercise."""
        if self.graded or not answer.compared or self.open_items(answer):
            return None
        if self.own_key:
            verdicts = tuple(self._explain(card, card.right or [], answer.placed[card.id]) for card in self.cards)
            return SortingFeedback(sum(verdict.fits for verdict in verdicts), len(verdicts), verdicts)
        counts = tuple(PlaceCount(title, len(self.cards_in(place, answer))) for place, title in self.places.items())
        return SortingNotes(counts, tuple(CardNote(c.id, c.note) for c in self.cards if c.note and c.id in answer.placed))

    def _explain(self, card: Card, right: Sequence[str], place: str) -> CardVerdict:
        better = () if place in right else tuple(self.places[other] for other in right)
        return CardVerdict(card.id, place in right, better, card.why)

    def score(self, answer: SortingAnswer, key: SortingKey) -> Score:
        """Points for the cards that lie right, less what chance alone would bring; see ``share_above_chance``."""
        if not self.attempted(answer):
            return Score.not_attempted(self.points)
        share = share_above_chance(answer.placed, key.cards, len(self.places))
        return Score.of(self.points, Part("cards", share * self.points, float(self.points)))


def share_above_chance(placed: Mapping[str, str], right: Right, places: int) -> float:
    """``max(0, (right/n − chance) / (1 − chance))``, between 0 and 1; a card without a place is not right.

    ``chance`` is the share that blind placing brings on average: the mean over the cards of accepted places / places, which is 1/places
    where each card has one right place. This is formula scoring, the usual correction for guessing (F. M. Lord, "Formula Scoring and
    Number-Right Scoring", Journal of Educational Measurement 12, 1975).
    """
    lies_right = sum(placed.get(card) in accepted for card, accepted in right.items()) / len(right)
    chance = math.fsum(len(accepted) / places for accepted in right.values()) / len(right)
    return max(0.0, (lies_right - chance) / (1 - chance))


def pattern(order: Sequence[str], right: Right) -> str | None:
    """What in the order of the cards gives the key away, as a sentence for the author; None where nothing does.

    The cards of a bin (three or more) stand in a row, or each bin's cards do; or the bins take turns.
    """
    accepted = [set(right[card]) for card in order]
    spots = {place: [n for n, these in enumerate(accepted) if place in these] for place in sorted(set().union(*accepted))}
    rows = [place for place, at in spots.items() if len(at) > 1 and at[-1] - at[0] == len(at) - 1]
    if long := [place for place in rows if len(spots[place]) > 2] or (rows if len(rows) == len(spots) else []):
        return f"the cards of {', '.join(long)} stand in a row; mix them with others"
    if 1 < len(spots) <= len(order) / 2 and all(a & b for a, b in zip(accepted, accepted[len(spots) :], strict=False)):
        return "the bins take turns from card to card; shuffle the cards"
    return None
