"""The functions that a formula may call, all in one place. Pure Python: floats in, a float out.

Shares and chances are fractions between 0 and 1. A function says what is wrong with its numbers by ValueError.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from course.analyses import lifetime

MOST_TRIES = 1_000_000


def smallest(first: float, *others: float) -> float:
    """The smallest of the numbers given."""
    return min((first, *others))


def largest(first: float, *others: float) -> float:
    """The largest of the numbers given."""
    return max((first, *others))


def nearest(value: float, decimals: float = 0) -> float:
    """Rounded to so many decimals; what lies in the middle goes to the even neighbour, as Python does."""
    return round(value, _whole("decimals", decimals))


def down(value: float) -> float:
    """The next whole number below."""
    return math.floor(value)


def up(value: float) -> float:
    """The next whole number above."""
    return math.ceil(value)


def square_root(value: float) -> float:
    """The square root of 0 or more."""
    return math.sqrt(value)


def exponential(value: float) -> float:
    """Euler's number to this power."""
    return math.exp(value)


def natural_logarithm(value: float) -> float:
    """The natural logarithm of a number above 0."""
    return math.log(value)


def all_go_well(tries: float, chance: float) -> float:
    """The chance that every one of so many independent tries goes well, each with this ``chance``: chance ** tries.

    The multiplication rule for independent events; W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1, V.3.
    """
    return _chance(chance) ** _whole("tries", tries)


def binomial(successes: float, tries: float, chance: float) -> float:
    """The chance of exactly so many successes in so many independent tries: C(n, k) · p^k · (1 − p)^(n − k).

    The binomial distribution; Feller, as above, VI.2. At most a million tries.
    """
    k, n, p = _whole("successes", successes), _whole("tries", tries), _chance(chance)
    if n > MOST_TRIES:
        raise ValueError(f"{n} tries are too many; at most {MOST_TRIES}")
    if k > n:
        return 0.0
    if p in (0, 1):
        return float(k == n * p)
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)  # by logarithms: C(n, k) alone would overflow
    return math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


def lifetime_value(margin: float, retention: float, discount: float, periods: float | None = None) -> float:
    """What a customer is worth today: one period's ``margin``, kept with this ``retention``; for ever, or over so many periods.

    See ``course.analyses.lifetime`` (Gupta & Lehmann 2003).
    """
    return lifetime.lifetime_value(margin, retention, discount, None if periods is None else _whole("periods", periods))


def _whole(name: str, value: float) -> int:
    if value < 0 or value != int(value):
        raise ValueError(f"{name} is {value:g}; it must be a whole number, 0 or more")
    return int(value)


def _chance(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"a chance is {value:g}; it must be between 0 and 1")
    return value


FUNCTIONS: dict[str, Callable[..., float]] = {
    "min": smallest,
    "max": largest,
    "round": nearest,
    "floor": down,
    "ceil": up,
    "sqrt": square_root,
    "exp": exponential,
    "ln": natural_logarithm,
    "all_go_well": all_go_well,
    "binomial": binomial,
    "lifetime_value": lifetime_value,
}
"""Every function by the name that formulas call it. A new one is added here, and its name for people in ``text/*.toml`` under [formula]."""
