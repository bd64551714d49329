"""Ranking: put items in order, and tag each with whether it can be met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, Answer, Id, Model, Part, Score, doubled
from course.language import Text


class RankingItem(Model):
    """One thing to rank. ``note`` is shown in the feedback, where there is no key to compare with."""

    id: Id
    text: Text
    note: Text | None = None


class PairReason(Model):
    """Why ``higher`` stands above ``lower`` in the key: for the pairs that people most often turn round."""

    higher: Id
    lower: Id
    why: Text


class RankingKey(Model):
    """The order that is right, most important first; items that share a tier may stand in either order. ``can`` lists what can be met."""

    order: list[Annotated[list[Id], Field(min_length=1)]] = Field(min_length=2)
    can: list[Id] | None = None


class OpenKey(RankingKey):
    """The key of a practice ranking, with its reasons: one an item (why it stands there), and more for single pairs."""

    reasons: dict[Id, Text]
    pairs: list[PairReason] = []


class RankingAnswer(Answer):
    """``order``: best first, empty until the learner moves something or keeps the order shown. ``tags``: can it be met?"""

    order: list[str] = []
    tags: dict[str, bool] = {}
    compared: bool = False


@dataclass(frozen=True)
class Turned:
    """An item that the key puts above others which the learner put above it, with the reason that goes for all of them."""

    higher: Text
    lower: tuple[Text, ...]
    why: Text


@dataclass(frozen=True)
class ItemVerdict:
    """One item after the comparison: the learner's place, the key's places (first and last of its tier), the tag and its truth."""

    id: str
    text: Text
    place: int | None
    key_first: int
    key_last: int
    tag: bool | None
    can: bool | None
    why: Text | None


@dataclass(frozen=True)
class RankingFeedback:
    """A comparison with the key: ``agreeing`` of ``pairs`` pairs stand the same way round."""

    agreeing: int
    pairs: int
    tags_right: int
    tags: int
    items: tuple[ItemVerdict, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True)
class RankingNotes:
    """Where no key exists: the learner's own first three, each with its note."""

    first: tuple[RankingItem, ...]


class Ranking(Activity):
    """Items to order; with ``tag`` each is also said to be possible or not."""

    answer_type: ClassVar[type[Answer]] = RankingAnswer
    keyed: ClassVar[bool] = True

    kind: Literal["ranking"]
    case: Text | None = None
    first: Text
    """What the top place means, for example "most important to the customer"."""
    last: Text
    tag: Text | None = None
    """The question behind the tag, for example "Can we meet it today?"; without it there are no tags."""
    tag_points: int = Field(default=0, ge=0)
    """How many of the points are for the tags."""
    items: list[RankingItem] = Field(min_length=3, max_length=12)
    key: OpenKey | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Ranking:
        if twice := doubled(item.id for item in self.items):
            raise ValueError(f"items: ids used twice: {', '.join(twice)}")
        if self.graded and self.key is not None:
            raise ValueError("key: the key of a graded activity belongs into solutions/, not here")
        if self.tag_points > self.points or (self.tag_points and self.tag is None):
            raise ValueError("tag_points: need a tag question and may not exceed points")
        if self.key is not None:
            self._check_key(self.key)
            if missing := set(self.ids) - set(self.key.reasons):
                raise ValueError(f"key.reasons: missing for {', '.join(sorted(missing))}")
            if unknown := set(self.key.reasons) - set(self.ids):
                raise ValueError(f"key.reasons: no such item: {', '.join(sorted(unknown))}")
            ranks = ranks_of(self.key.order)
            for pair in self.key.pairs:
                if ranks.get(pair.higher, 99) >= ranks.get(pair.lower, -1):
                    raise ValueError(f"key.pairs: {pair.higher} does not stand above {pair.lower} in key.order")
        return self

    @property
    def ids(self) -> list[str]:
        """The item ids in the order in which they are first shown."""
        return [item.id for item in self.items]

    def _check_key(self, key: RankingKey) -> None:
        keyed = [item for tier in key.order for item in tier]
        if sorted(keyed) != sorted(self.ids):
            raise ValueError("key.order: must name every item exactly once")
        if (key.can is None) != (self.tag is None):
            raise ValueError("key.can: must be given exactly where the activity asks for tags")
        if key.can is not None and not set(key.can) <= set(self.ids):
            raise ValueError("key.can: names an unknown item")
        if key.can is not None and len(set(key.can)) in (0, len(self.ids)):
            raise ValueError("key.can: some items must be possible and some not")

    def read_own_key(self, data: object) -> RankingKey:
        """The instructor's key, as ``mark(…, key=…)`` gives it: ``{"order": [[…], …], "can": […]}``. Raises KeyError_."""
        key = self.read_key(RankingKey, data)
        try:
            self._check_key(key)
        except ValueError as error:
            raise self.wrong_key("order or can", str(error)) from None
        return key

    def check_answer(self, answer: RankingAnswer) -> None:
        self.check_ids(answer.order, self.ids)
        self.check_ids(answer.tags, self.ids if self.tag else ())

    def for_learner(self) -> dict[str, Any]:
        items = [{"id": item.id, "text": item.text} for item in self.items]
        return {
            "case": self.case,
            "first": self.first,
            "last": self.last,
            "tag": self.tag,
            "items": items,
            "comparable": self.key is not None,
        }

    def open_items(self, answer: RankingAnswer) -> list[str]:
        return [item for item in self.ids if item not in answer.order or (self.tag is not None and item not in answer.tags)]

    def feedback(self, answer: RankingAnswer) -> RankingFeedback | RankingNotes | None:
        """With an open key: the comparison, once asked for and complete. Without any key: the notes on the learner's first three."""
        if self.key is not None:
            return self._compare(answer, self.key) if answer.compared and not self.open_items(answer) else None
        if self.graded or not answer.order:
            return None
        by_id = {item.id: item for item in self.items}
        return RankingNotes(tuple(by_id[item] for item in answer.order[:3]))

    def _compare(self, answer: RankingAnswer, key: OpenKey) -> RankingFeedback:
        texts = {item.id: item.text for item in self.items}
        pairs = ordered_pairs(key.order)
        turned = [pair for pair in pairs if answer.order.index(pair[0]) > answer.order.index(pair[1])]
        items, place = [], 0
        for tier in key.order:
            for item in tier:
                can = None if key.can is None else item in key.can
                mine = answer.order.index(item) + 1
                items.append(
                    ItemVerdict(item, texts[item], mine, place + 1, place + len(tier), answer.tags.get(item), can, key.reasons[item])
                )
            place += len(tier)
        tags_right = sum(item.tag == item.can for item in items if item.can is not None)
        return RankingFeedback(
            agreeing=len(pairs) - len(turned),
            pairs=len(pairs),
            tags_right=tags_right,
            tags=len(items) if self.tag else 0,
            items=tuple(items),
            turned=tuple(self._reasons(turned, key)),
        )

    def _reasons(self, turned: Sequence[tuple[str, str]], key: OpenKey) -> Iterator[Turned]:
        """The turned pairs: those with a reason of their own one by one, the others together by the item that belongs higher."""
        texts = {item.id: item.text for item in self.items}
        special = {(pair.higher, pair.lower): pair.why for pair in key.pairs}
        for higher in dict.fromkeys(higher for higher, _ in turned):
            lower = [low for high, low in turned if high == higher]
            for low in lower:
                if (higher, low) in special:
                    yield Turned(texts[higher], (texts[low],), special[higher, low])
            if plain := tuple(texts[low] for low in lower if (higher, low) not in special):
                yield Turned(texts[higher], plain, key.reasons[higher])

    def score(self, answer: RankingAnswer, key: RankingKey) -> Score:
        """Points for the order (pairs right minus pairs wrong) and for the tags (balanced accuracy)."""
        if not self.attempted(answer):
            return Score.not_attempted(self.points)
        order_points = self.points - self.tag_points
        parts = [Part("order", order_share(answer.order, key.order) * order_points, float(order_points))]
        if key.can is not None and self.tag_points:
            truth = {item: item in key.can for item in self.ids}
            parts.append(Part("tags", balanced_accuracy(answer.tags, truth) * self.tag_points, float(self.tag_points)))
        return Score.of(self.points, *parts)

    def attempted(self, answer: RankingAnswer) -> bool:
        """Whether an order or a tag was given; the order that was first shown and never touched is not stored, so it does not count."""
        return bool(answer.order or answer.tags)


def ranks_of(tiers: Sequence[Sequence[str]]) -> dict[str, int]:
    """The tier number of each item, 0 for the top."""
    return {item: rank for rank, tier in enumerate(tiers) for item in tier}


def ordered_pairs(tiers: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """All pairs (higher, lower) that the key strictly orders; items of one tier make no pair."""
    return [(high, low) for upper, lower in combinations(tiers, 2) for high in upper for low in lower]


def order_share(order: Sequence[str], tiers: Sequence[Sequence[str]]) -> float:
    """``max(0, (C − D) / P)``, between 0 and 1.

    P: pairs that the key strictly orders; C and D: those that the learner's order has the same way and the other way round.
    Pairs with an unplaced item stay in P and add nothing. Without ties and with all placed this is Kendall's tau, cut off at 0
    (M. G. Kendall, "A New Measure of Rank Correlation", Biometrika 30, 1938).
    """
    place = {item: n for n, item in enumerate(order)}
    pairs = ordered_pairs(tiers)
    placed = [(place[high], place[low]) for high, low in pairs if high in place and low in place]
    agreeing = sum(high < low for high, low in placed)
    return max(0.0, (2 * agreeing - len(placed)) / len(pairs))


def balanced_accuracy(given: Mapping[str, bool], truth: Mapping[str, bool]) -> float:
    """The mean of the shares of "can" and of "cannot" items that were tagged right, between 0 and 1; an untagged item is not right.

    See K. H. Brodersen et al., "The Balanced Accuracy and Its Posterior Distribution", ICPR 2010.
    """
    shares = []
    for value in (True, False):
        members = [item for item, true in truth.items() if true is value]
        shares.append(sum(given.get(item) is value for item in members) / len(members))
    return sum(shares) / len(shares)
