"""Two years of a food shop's receipts, one row a product line.

Hidden in it: a fifth of the customers bring most of the revenue; two busy seasons and busy weekends; one pair of products that go together,
a second one less so; and regular customers who stopped coming, most of whom joined through the same channel.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from course.datasets.make import customers
from course.datasets.make.customers import RECEIPTS_START, Customer
from course.datasets.make.draw import seeded
from course.datasets.make.products import PRODUCTS

SEED = 2336
DAYS = (date(2025, 12, 31) - RECEIPTS_START).days + 1
# What is to be expected of a customer in two years: the median, and of the very best, who come about once a week.
MIDDLING_RECEIPTS = 7.0
MOST_RECEIPTS = 110.0

SPRING_FESTIVALS = (date(2024, 2, 10), date(2025, 1, 29))
WEEK = (0.85, 0.8, 0.85, 0.95, 1.15, 1.5, 1.4)
"""Monday to Sunday."""

PAIRS = {"hotpot_base": ("sesame_sauce", 0.19), "oats": ("raisins", 0.1)}
"""Who has the first in the basket also takes the second, with this chance, apart from those who take it anyway."""

REGULAR = 9.0
"""From so many expected receipts on, a customer counts as regular here, and may lapse if they joined in time."""
LAPSE_CHANCE = {"delivery_app": 0.45}
LAPSE_CHANCE_ELSE = 0.045
LAST_VISIT_FROM, LAST_VISIT_TO = date(2025, 6, 20), date(2025, 7, 31)

CODES = [product.code for product in PRODUCTS]
PLACE = {code: place for place, code in enumerate(CODES)}


class Line(NamedTuple):
    """One product on one receipt; described in ``columns.yaml``."""

    receipt: str
    customer: str
    date: date
    product: str
    category: str
    quantity: int
    price: float
    amount: float


def rows() -> Iterator[Line]:
    """All lines, receipt by receipt, in the order of time."""
    rng = seeded(SEED)
    days = [RECEIPTS_START + timedelta(days=day) for day in range(DAYS)]
    busy = np.array([_season(day) * WEEK[day.weekday()] for day in days])
    visits = sorted((day, customer.customer) for customer in customers.rows() for day in _visit_days(rng, customer, busy))
    for number, (day, customer) in enumerate(visits, start=1):
        for place in _basket(rng, _season(days[day]) > 1.2):
            product = PRODUCTS[place]
            quantity = 1 + int(rng.random() < 0.22) + int(rng.random() < 0.06)
            amount = round(quantity * product.price, 2)
            yield Line(f"r{number:05}", customer, days[day], product.code, product.category, quantity, product.price, amount)


def _season(day: date) -> float:
    """How busy the shop is: 1 on a plain day."""
    for festival in SPRING_FESTIVALS:
        until = (festival - day).days
        if 0 < until <= 28:
            return 2.0
        if -7 < until <= 0:
            return 0.4
    return 1.7 if (9, 8) <= (day.month, day.day) <= (10, 14) else 1.0


def _visit_days(rng: Generator, customer: Customer, busy: NDArray[np.float64]) -> list[int]:
    """The days on which a customer buys, counted from the first day of the two years; one at the least."""
    first = max((customer.joined - RECEIPTS_START).days, 0)
    last = DAYS - 1
    expected = min(MIDDLING_RECEIPTS * float(np.exp(rng.normal(0, 1.1))), MOST_RECEIPTS)
    chance = LAPSE_CHANCE.get(customer.joined_through, LAPSE_CHANCE_ELSE)
    if rng.random() < chance and expected >= REGULAR and first < DAYS // 2:
        last = (LAST_VISIT_FROM - RECEIPTS_START).days + int(rng.integers(0, (LAST_VISIT_TO - LAST_VISIT_FROM).days))
    until = np.cumsum(busy[first : last + 1])
    count = max(int(rng.poisson(expected * until[-1] / busy.sum())), 1)
    # Customers have a rhythm: visits stand evenly over the busy-ness of the days, then each is moved by about half a gap.
    moments = (np.arange(count) + rng.normal(0.5, 0.5, count)) / count % 1 * until[-1]
    return sorted({first + int(day) for day in np.searchsorted(until, moments)})


def _basket(rng: Generator, is_season: bool) -> list[int]:
    """The products of one receipt, as places in PRODUCTS."""
    weights = np.array([product.weight * (2.2 if is_season and product.category == "gifts" else 1.0) for product in PRODUCTS])
    size = 1 + int(rng.binomial(4, 0.33))
    basket = [int(place) for place in rng.choice(len(PRODUCTS), size=size, replace=False, p=weights / weights.sum())]
    for first, (second, chance) in PAIRS.items():
        if PLACE[first] in basket and PLACE[second] not in basket and rng.random() < chance:
            basket.append(PLACE[second])
    return basket
