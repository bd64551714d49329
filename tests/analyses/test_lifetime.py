from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analyses.lifetime import Costs, lifetime_value, margin_multiple, win_or_keep
from course.analyses.terms import AnalysisError


@pytest.mark.parametrize(
    ("retention", "multiples"),
    [
        (0.6, (1.20, 1.15, 1.11, 1.07)),
        (0.7, (1.75, 1.67, 1.59, 1.52)),
        (0.8, (2.67, 2.50, 2.35, 2.22)),
        (0.9, (4.50, 4.09, 3.75, 3.46)),
    ],
)
def test_the_published_margin_multiples(retention: float, multiples: tuple[float, ...]) -> None:
    """Gupta & Lehmann 2003: at discounts of 10, 12, 14 and 16 % a customer is worth between 1 and 4.5 margins."""
    found = [margin_multiple(retention, discount) for discount in (0.10, 0.12, 0.14, 0.16)]
    assert found == pytest.approx(multiples, abs=0.005)


def test_three_years_by_hand() -> None:
    """100 a year, 80 % stay, 10 %: 80 / 1.1 + 64 / 1.21 + 51.2 / 1.331 = 72.73 + 52.89 + 38.47 = 164.09; for ever 100 · 0.8 / 0.3."""
    assert lifetime_value(100, 0.8, 0.1, periods=3) == pytest.approx(164.09, abs=0.005)
    assert lifetime_value(100, 0.8, 0.1) == pytest.approx(266.67, abs=0.005)
    assert win_or_keep(100, 0.8, 0.1, cost_to_win=200, cost_to_keep=40) == Costs(
        pytest.approx(266.67, abs=0.005), pytest.approx(66.67, abs=0.005), pytest.approx(226.67, abs=0.005), 5
    )
    assert win_or_keep(100, 0.8, 0.1, 200, 0, periods=3).ratio is None
    assert win_or_keep(100, 0.8, 0.1, 200, 40, periods=3).won < 0


def test_the_ends_of_the_ranges() -> None:
    assert margin_multiple(0, 0.1) == margin_multiple(0.8, 0.1, periods=0) == 0
    assert margin_multiple(1, 0, periods=7) == 7
    assert lifetime_value(-50, 0.5, 0) == -50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"retention": 80}, "retention is 80; give a fraction"),
        ({"retention": -0.1}, "retention is -0.1"),
        ({"retention": nan}, "retention is nan"),
        ({"discount": -0.1}, "discount is -0.1; give 0 or more"),
        ({"discount": inf}, "discount is inf"),
        ({"retention": 1, "discount": 0}, "the value has no limit; name a number of periods"),
        ({"periods": -1}, "periods is -1"),
        ({"margin": nan}, "margin is nan"),
        ({"cost_to_win": -5}, "cost_to_win is -5"),
        ({"cost_to_keep": inf}, "cost_to_keep is inf"),
    ],
)
def test_figures_out_of_range_are_named(arguments: dict[str, Any], message: str) -> None:
    usual: dict[str, Any] = {"margin": 100, "retention": 0.8, "discount": 0.1, "cost_to_win": 50, "cost_to_keep": 10}
    with pytest.raises(AnalysisError, match=message):
        win_or_keep(**usual | arguments)


@given(st.floats(0, 1), st.floats(0, 2), st.integers(0, 60))
def test_the_formula_is_the_sum(retention: float, discount: float, periods: int) -> None:
    total = sum((retention / (1 + discount)) ** t for t in range(1, periods + 1))
    assert margin_multiple(retention, discount, periods) == pytest.approx(total, rel=1e-6, abs=1e-12)


@given(st.floats(0, 0.99), st.floats(0, 2), st.integers(0, 500))
def test_no_number_of_periods_is_worth_more_than_all(retention: float, discount: float, periods: int) -> None:
    multiple = margin_multiple(retention, discount)
    assert 0 <= margin_multiple(retention, discount, periods) <= multiple * (1 + 1e-9)
    assert margin_multiple(retention, discount, 5000) == pytest.approx(multiple)
    assert margin_multiple(min(retention + 0.005, 1), discount) > multiple
