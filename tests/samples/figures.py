"""Samples of the kind figure."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def figure_spec() -> Spec:
    """Two rows of bars over three categories."""
    return spec(
        "figure",
        categories=[both(f"category {c}") for c in "abc"],
        series=[
            {"id": "now", "name": both("now"), "values": [1, 2.5, 3]},
            {"id": "then", "name": both("then"), "values": [4, 5, 6]},
        ],
        category_axis=both("what happened"),
        value_axis=both("share (%)"),
        caption=both("caption"),
        source=both("survey of 1979"),
    )


SPECS: Makers = {"figure": figure_spec}

COMPLETE: dict[str, Spec] = {
    "figure": {},
}
