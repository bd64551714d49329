"""Samples of the kind ranking."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec

RANKING_KEY: Spec = {"order": [["a"], ["b", "c"], ["d"]], "can": ["a", "b"]}
"""Five pairs: b and c share a tier."""


def graded_ranking_spec() -> Spec:
    """Four items with tags; 7 points for the order and 3 for the tags."""
    return spec(
        "ranking",
        points=10,
        tag_points=3,
        case=both("case"),
        first=both("matters most"),
        last=both("matters least"),
        tag=both("can we do it"),
        items=[{"id": c, "text": both(f"item {c}")} for c in "abcd"],
    )


def ranking_spec() -> Spec:
    """The same for practice, with its open key and reasons."""
    pairs = [{"higher": "a", "lower": "d", "why": both("because_a_over_d")}]
    reasons = {c: both(f"because_{c}.") for c in "abcd"}
    return {**graded_ranking_spec(), "points": 0, "tag_points": 0, "key": {**RANKING_KEY, "reasons": reasons, "pairs": pairs}}


def notes_spec() -> Spec:
    """A ranking where nothing is right or wrong: four items with notes."""
    items = [{"id": c, "text": both(f"item {c}"), "note": both(f"note_{c}")} for c in "abcd"]
    return spec("ranking", first=both("hurts most"), last=both("hurts least"), items=items)


SPECS: Makers = {"ranking": ranking_spec, "graded_ranking": graded_ranking_spec, "notes": notes_spec}

COMPLETE: dict[str, Spec] = {
    "ranking": {"order": list("dabc"), "tags": {c: c in "ac" for c in "abcd"}, "compared": True},
    "graded_ranking": {"order": list("acbd"), "tags": {c: c in "ab" for c in "abcd"}},
    "notes": {"order": list("dabc")},
}
