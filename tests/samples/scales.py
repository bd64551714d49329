"""Samples of the kind scale."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def poles_spec() -> Spec:
    """Ten pairs of poles from 10 down to 1, with bands from 80, from 50 and below; 2 points for completing it."""
    items = [{"id": f"i{n}", "left": both(f"left {n}"), "right": both(f"right {n}")} for n in range(10)]
    floors = {"high": 80, "middle": 50, "low": 10}
    bands = [{"id": name, "at_least": floor, "title": both(name), "advice": both(f"advice {name}")} for name, floor in floors.items()]
    return spec("scale", points=2, values=list(range(10, 0, -1)), items=items, bands=bands)


def statements_spec() -> Spec:
    """Four statements from 1 to 5 in two groups, with a note; nothing to earn."""
    return spec(
        "scale",
        values=[1, 2, 3, 4, 5],
        anchors={"first": both("never"), "last": both("always")},
        items=[{"id": c, "statement": both(f"statement {c}")} for c in "abcd"],
        groups=[
            {"id": "early", "title": both("early"), "items": ["a", "b"]},
            {"id": "late", "title": both("late"), "items": ["c", "d"]},
        ],
        chart=True,
        note=both("not a contest"),
    )


SPECS: Makers = {"poles": poles_spec, "statements": statements_spec}

COMPLETE: dict[str, Spec] = {
    "poles": {"ratings": {f"i{n}": 8 for n in range(10)}},
    "statements": {"ratings": {"a": 1, "b": 2, "c": 4, "d": 5}},
}
