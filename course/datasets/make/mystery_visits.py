"""Mystery visits: two raters sit through each visit and fill in the same sheet of ten items.

Hidden in it: rater b is milder by about half a grade; on nine items they agree fairly well, on the vaguely worded one hardly at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from course.datasets.make.draw import OUTLETS, seeded, step

SEED = 2303
VISITS = 60
FIRST_DAY = date(2025, 3, 3)
VAGUE = "attentive"

ITEMS = {
    "greeted": 3.3,
    "faced": 3.0,
    "asked": 2.6,
    "repeated": 1.9,
    "options": 2.7,
    "price_named": 3.0,
    "time_named": 2.4,
    "badge": 3.7,
    "attentive": 2.9,
    "thanked": 3.2,
}
"""Item: its usual grade."""

MILDNESS = {"a": 0.0, "b": 0.6}


class Mark(NamedTuple):
    """One rater's mark for one item of one visit; described in ``columns.yaml``."""

    visit: str
    outlet: str
    date: date
    item: str
    rater: str
    grade: int
    met: str


def rows() -> Iterator[Mark]:
    """All marks, visit by visit."""
    rng = seeded(SEED)
    for visit in range(VISITS):
        day = FIRST_DAY + timedelta(days=5 * visit + int(rng.integers(0, 5)))
        visit_level = rng.normal(0, 0.4)
        for item, usual in ITEMS.items():
            # How the visit really went differs much, how two people see it differs little; with the vague item it is the other way round.
            spread, blur = (0.3, 1.4) if item == VAGUE else (1.35, 0.4)
            truth = usual + visit_level + rng.normal(0, spread)
            for rater, mildness in MILDNESS.items():
                grade = step(truth + mildness + rng.normal(0, blur), 1, 5)
                yield Mark(
                    visit=f"v{visit + 1:02}",
                    outlet=OUTLETS[visit % len(OUTLETS)],
                    date=day,
                    item=item,
                    rater=rater,
                    grade=grade,
                    met="yes" if grade >= 3 else "no",
                )
