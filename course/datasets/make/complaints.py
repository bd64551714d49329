"""A year of complaints to an appliance shop with three outlets, a hotline and online chat.

Hidden in it: three causes make most of it; one outlet replies late; a quick first reply goes with a better mood afterwards; and one day
brings a whole delivery of broken goods, logged piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from course.datasets.make.draw import OUTLETS, pick, seeded, step, yes_no

SEED = 2301
YEAR_START = date(2025, 1, 1)
YEAR_END = date(2025, 12, 31)
SINGLE = 384
BATCH = 16
BATCH_DAY = date(2025, 5, 20)
BATCH_CUSTOMER = "c1417"

CAUSES: dict[str, tuple[str, float, float]] = {
    "late_delivery": ("service", 31, 1.8),
    "no_reply": ("service", 24, 1.7),
    "damaged": ("goods", 12.5, 2.2),
    "broke_down": ("goods", 5, 2.3),
    "wrong_item": ("goods", 4.5, 1.8),
    "missing_part": ("goods", 4, 1.6),
    "wrong_information": ("service", 4.5, 1.8),
    "curt_tone": ("service", 3, 1.7),
    "long_queue": ("service", 3, 1.2),
    "unclear_signs": ("premises", 3, 1.1),
    "parking": ("premises", 3, 1.2),
    "dirty_area": ("premises", 2.5, 1.5),
}
"""Cause: its object, its weight, its usual severity."""

CHANNELS = {"phone": 34.0, "chat": 24.0, "counter": 18.0, "app": 15.0, "social": 9.0}
REPLY_FACTOR = {"phone": 0.9, "chat": 0.8, "counter": 0.6, "app": 1.2, "social": 1.4}
REPLY_HOURS = {"riverside": 4.0, "station": 11.0, "market": 5.0}
"""The usual time to the first reply, by outlet."""


class Complaint(NamedTuple):
    """One row of the log; the fields are described in ``columns.yaml``."""

    complaint: str
    received: date
    customer: str
    outlet: str
    channel: str
    object: str
    cause: str
    severity: int
    first_reply_hours: float
    days_to_close: int | None
    outcome: str
    repeat_contact: str
    satisfaction_after: int | None


class Arrival(NamedTuple):
    """What is known when a complaint comes in."""

    received: date
    customer: str
    outlet: str
    channel: str
    cause: str


def rows() -> Iterator[Complaint]:
    """All complaints, in the order in which they came in."""
    rng = seeded(SEED)
    log = [_handled(rng, _arrival(rng)) for _ in range(SINGLE)]
    # One call and one answer, logged once for each broken piece.
    log += [_handled(rng, Arrival(BATCH_DAY, BATCH_CUSTOMER, "market", "phone", "damaged"))] * BATCH
    log.sort(key=lambda complaint: complaint.received)
    for number, complaint in enumerate(log, start=1):
        yield complaint._replace(complaint=f"k{number:03}")


def _arrival(rng: Generator) -> Arrival:
    return Arrival(
        received=YEAR_START + timedelta(days=int(rng.integers(0, 365))),
        customer=f"c{1001 + int(rng.integers(0, 380))}",
        outlet=pick(rng, dict(zip(OUTLETS, (38, 30, 32), strict=True))),
        channel=pick(rng, CHANNELS),
        cause=pick(rng, {cause: weight for cause, (_, weight, _) in CAUSES.items()}),
    )


def _handled(rng: Generator, arrival: Arrival) -> Complaint:
    object_, _, usual_severity = CAUSES[arrival.cause]
    severity = step(rng.normal(usual_severity, 0.6), 1, 3)
    usual_hours = REPLY_HOURS[arrival.outlet] * REPLY_FACTOR[arrival.channel]
    # At most four days: the log was drawn on 5 January, so every complaint has had its first reply.
    hours = round(float(np.clip(usual_hours * np.exp(rng.normal(0, 0.7)), 0.1, 96)), 1)
    slowness = float(np.log2(hours / 6))
    days = int(np.ceil(hours / 24 + 2.2 * severity * np.exp(rng.normal(0, 0.7))))
    is_open = arrival.received + timedelta(days=days) > YEAR_END
    solved = 68 - 8 * severity
    outcome = "open" if is_open else pick(rng, {"solved": solved, "partly": 26, "not_solved": 100 - 26 - solved})
    repeat_chance = 0.22 + 0.07 * slowness + {"solved": -0.08, "partly": 0.06, "not_solved": 0.22, "open": 0.1}[outcome]
    mood = 3.2 - 0.55 * slowness + {"solved": 0.6, "partly": -0.1, "not_solved": -1.0, "open": 0.0}[outcome] + rng.normal(0, 0.8)
    asked = rng.random() < 0.75
    return Complaint(
        complaint="",
        received=arrival.received,
        customer=arrival.customer,
        outlet=arrival.outlet,
        channel=arrival.channel,
        object=object_,
        cause=arrival.cause,
        severity=severity,
        first_reply_hours=hours,
        days_to_close=None if is_open else days,
        outcome=outcome,
        repeat_contact=yes_no(rng, repeat_chance),
        satisfaction_after=step(mood, 1, 5) if asked and not is_open else None,
    )
