"""The functions of formulas, against examples worked out elsewhere."""

from __future__ import annotations

import inspect
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.formulas.functions import FUNCTIONS, all_go_well, binomial, lifetime_value


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_says_what_it_does(name: str) -> None:
    assert inspect.getdoc(FUNCTIONS[name])


def test_seventy_four_contacts_that_go_well_99_times_in_100_make_less_than_an_even_chance_of_a_clean_day() -> None:
    assert all_go_well(74, 0.99) == pytest.approx(0.4753, abs=1e-4)
    assert all_go_well(0, 0.3) == 1
    assert all_go_well(5, 0) == 0


chances = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(1e-9, 1))  # scipy itself overflows at the smallest floats


@given(st.integers(0, 300), st.integers(0, 300), chances)
def test_the_binomial_is_scipys(successes: int, tries: int, chance: float) -> None:
    assert binomial(successes, tries, chance) == pytest.approx(stats.binom.pmf(successes, tries, chance), rel=1e-8, abs=1e-12)


@given(st.integers(0, 60), st.floats(0, 1))
def test_the_chances_of_all_counts_make_one(tries: int, chance: float) -> None:
    assert math.fsum(binomial(k, tries, chance) for k in range(tries + 1)) == pytest.approx(1)


@given(st.integers(0, 500), st.floats(0.01, 1))
def test_all_successes_is_all_go_well(tries: int, chance: float) -> None:
    assert binomial(tries, tries, chance) == pytest.approx(all_go_well(tries, chance))


def test_too_many_tries_are_refused() -> None:
    assert binomial(500_000, 1_000_000, 0.5) == pytest.approx(math.sqrt(2 / (math.pi * 1e6)), rel=1e-5)
    with pytest.raises(ValueError, match="too many"):
        binomial(1, 1_000_001, 0.5)


@pytest.mark.parametrize("chance", [-0.1, 1.1])
def test_a_chance_lies_between_0_and_1(chance: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        all_go_well(1, chance)


def test_a_customer_who_stays_is_worth_more() -> None:
    # Gupta & Lehmann 2003: with 90 % kept and 12 % discount the multiple of the margin is about 4.
    assert lifetime_value(100, 0.9, 0.12) == pytest.approx(409.09, abs=0.01)
    assert lifetime_value(100, 0.9, 0.12, 2) == pytest.approx(100 * (0.9 / 1.12 + (0.9 / 1.12) ** 2))
    with pytest.raises(ValueError, match="whole number"):
        lifetime_value(100, 0.9, 0.12, 1.5)
