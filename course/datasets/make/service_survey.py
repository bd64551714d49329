"""A survey of 22 statements, each rated twice: how a good shop should be, how this one is.

Hidden in it: two outlets alike in four dimensions; in responsiveness ``station`` is about one point lower.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from course.datasets.make.draw import seeded, step

SEED = 2302
SURVEYED = ("riverside", "station")
RESPONDENTS = 120
"""An outlet."""

DIMENSIONS: dict[str, tuple[int, float, float]] = {
    "reliability": (5, 6.1, 5.5),
    "assurance": (4, 5.8, 5.4),
    "tangibles": (4, 5.1, 5.0),
    "empathy": (5, 5.6, 5.0),
    "responsiveness": (4, 5.9, 5.4),
}
"""Dimension: its number of items, the usual expectation, the usual perception (1 to 7)."""

SLOWER = -1.1
"""What ``station`` loses in responsiveness, a little of which the ends of the scale swallow."""


class Rating(NamedTuple):
    """One respondent's two ratings of one statement; described in ``columns.yaml``."""

    respondent: str
    outlet: str
    dimension: str
    item: str
    expectation: int
    perception: int


def rows() -> Iterator[Rating]:
    """All ratings, respondent by respondent."""
    rng = seeded(SEED)
    items = [dimension for dimension, (count, _, _) in DIMENSIONS.items() for _ in range(count)]
    item_level = rng.normal(0, 0.15, (len(items), 2))
    for respondent in range(RESPONDENTS * len(SURVEYED)):
        outlet = SURVEYED[respondent % len(SURVEYED)]
        own_level = rng.normal(0, 0.5, 2)
        for place, dimension in enumerate(items):
            _, expected, perceived = DIMENSIONS[dimension]
            if outlet == "station" and dimension == "responsiveness":
                perceived += SLOWER
            noise = own_level + item_level[place] + rng.normal(0, 0.95, 2)
            yield Rating(
                respondent=f"s{respondent + 1:03}",
                outlet=outlet,
                dimension=dimension,
                item=f"q{place + 1:02}",
                expectation=step(expected + noise[0], 1, 7),
                perception=step(perceived + noise[1], 1, 7),
            )
