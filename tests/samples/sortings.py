"""Samples of the kind sorting."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec

SORTING_KEY: Spec = {"cards": {"a": ["one"], "b": ["many"], "c": ["none"], "d": ["one", "many"], "e": ["many"], "f": ["one"]}}
"""Three places: d may lie in either bin, c belongs nowhere."""

MINDSETS = ("mind", "people", "doing")


def graded_sorting_spec() -> Spec:
    """Six cards for two bins and a place for what belongs nowhere; 11 points."""
    return spec(
        "sorting",
        points=11,
        case=both("case"),
        question=both("where to"),
        bins=[{"id": "one", "title": both("bin one"), "hint": both("hint one")}, {"id": "many", "title": both("bin many"), "most": 4}],
        none=both("nowhere"),
        cards=[{"id": c, "text": both(f"card {c}")} for c in "abcdef"],
    )


def sorting_spec() -> Spec:
    """The same for practice, with its key and reasons."""
    cards = [{"id": c, "text": both(f"card {c}"), "right": SORTING_KEY["cards"][c], "why": both(f"because_{c}.")} for c in "abcdef"]
    return {**graded_sorting_spec(), "points": 0, "cards": cards}


def choice_spec() -> Spec:
    """A choice of at most two of six cards, some with notes; nothing is right or wrong."""
    cards: list[Spec] = [{"id": c, "text": both(f"card {c}")} for c in "abcdef"]
    for card in cards[:3]:
        card["note"] = both(f"note_{card['id']}.")
    return spec("sorting", question=both("which two"), every=False, bins=[{"id": "one", "title": both("bin one"), "most": 2}], cards=cards)


def many_cards_spec() -> Spec:
    """The largest in the course: 39 cards for three bins, with reasons."""
    right = [MINDSETS[n * n % 7 % 3] for n in range(39)]
    cards = [{"id": f"r{n}", "text": both(f"rule {n}"), "right": [right[n]], "why": both(f"because_r{n}.")} for n in range(39)]
    return spec("sorting", question=both("which kind"), bins=[{"id": b, "title": both(f"bin {b}")} for b in MINDSETS], cards=cards)


SPECS: Makers = {
    "sorting": sorting_spec,
    "graded_sorting": graded_sorting_spec,
    "sorting_choice": choice_spec,
    "many_cards": many_cards_spec,
}

COMPLETE: dict[str, Spec] = {
    "sorting": {"placed": {"a": "one", "b": "one", "c": "many", "d": "many", "e": "many", "f": "one"}, "compared": True},
    "graded_sorting": {"placed": {"a": "one", "b": "many", "c": "none", "d": "many", "e": "many", "f": "one"}},
    "sorting_choice": {"placed": {"b": "one", "e": "one"}, "compared": True},
    "many_cards": {"placed": {f"r{n}": MINDSETS[n % 3] for n in range(39)}, "compared": True},
}
