"""The few draws that several data sets share."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.random import PCG64, Generator

OUTLETS = ("riverside", "station", "market")
"""The three outlets of the one appliance shop that complaints, survey and mystery visits are about."""


def seeded(seed: int) -> Generator:
    """Random numbers that are the same on every run."""
    return Generator(PCG64(seed))


def pick(rng: Generator, weights: Mapping[str, float]) -> str:
    """One of the names, each as likely as its weight says (weights need not add up to 1)."""
    shares = np.array(list(weights.values()))
    return list(weights)[int(rng.choice(len(shares), p=shares / shares.sum()))]


def yes_no(rng: Generator, chance: float) -> str:
    """``yes`` with this chance (0 to 1), else ``no``."""
    return "yes" if rng.random() < chance else "no"


def step(value: float, lowest: int, highest: int) -> int:
    """The nearest step of a rating scale."""
    return int(np.clip(np.rint(value), lowest, highest))
