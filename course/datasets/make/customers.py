"""The customers of a food shop, as its membership list holds them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from course.datasets.make.draw import pick, seeded, yes_no

SEED = 2305
CUSTOMERS = 800
LIST_START = date(2022, 1, 1)
RECEIPTS_START = date(2024, 1, 1)
LAST_JOINED = date(2025, 10, 31)

DISTRICTS = {"old_town": 30.0, "lakeside": 24.0, "north_gate": 20.0, "university": 15.0, "hill_park": 11.0}
CHANNELS = {"shop": 38.0, "friend": 22.0, "delivery_app": 22.0, "event": 18.0}
CONSENT = {"shop": 0.62, "friend": 0.68, "delivery_app": 0.5, "event": 0.75}


class Customer(NamedTuple):
    """One customer; described in ``columns.yaml``."""

    customer: str
    joined: date
    district: str
    joined_through: str
    consent_marketing: str


def rows() -> Iterator[Customer]:
    """All customers, in the order in which they joined."""
    rng = seeded(SEED)
    before, during = (RECEIPTS_START - LIST_START).days, (LAST_JOINED - RECEIPTS_START).days
    days = sorted(int(rng.integers(0, before)) if rng.random() < 0.65 else before + int(rng.integers(0, during)) for _ in range(CUSTOMERS))
    for number, day in enumerate(days, start=1):
        through = pick(rng, CHANNELS)
        yield Customer(f"c{number:04}", LIST_START + timedelta(days=day), pick(rng, DISTRICTS), through, yes_no(rng, CONSENT[through]))
