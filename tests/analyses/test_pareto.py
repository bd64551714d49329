from __future__ import annotations

from math import ceil, log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analyses.pareto import TopShare, fewest_for, pareto, share_of_top
from course.analyses.terms import AnalysisError

HOTEL = {"noise": 5, "staff": 9, "other": 3, "waiting": 33, "room service": 11, "cleanliness": 19}


def test_a_textbook_example() -> None:
    """80 complaints in a hotel (mathspace.co, Pareto charts): 33 19 11 9 5 3.

    Cumulated: 33, 52, 63, 72, 77, 80 of 80; so three kinds make 78.75 %, and it takes four for 80 %.
    """
    data = pd.DataFrame({"kind": [kind for kind, times in HOTEL.items() for _ in range(times)]})
    result = pareto(data, "kind")
    assert list(result.columns) == ["group", "value", "share", "cumulative"]
    assert list(result["group"]) == ["waiting", "cleanliness", "room service", "staff", "noise", "other"]
    assert list(result["value"]) == [33, 19, 11, 9, 5, 3]
    assert list(result["cumulative"]) == pytest.approx([0.4125, 0.65, 0.7875, 0.9, 0.9625, 1])
    assert fewest_for(data, "kind", least=0.8) == TopShare(4, 6, pytest.approx(0.9))
    assert fewest_for(data, "kind", least=0.7875).groups == 3
    assert share_of_top(data, "kind", top=0.5) == TopShare(3, 6, pytest.approx(0.7875))
    assert share_of_top(data, "kind") == TopShare(2, 6, pytest.approx(0.65)), "20 % of six are 1.2, rounded up to two"
    counted = pd.DataFrame({"kind": HOTEL.keys(), "times": HOTEL.values()})
    assert pareto(counted, "kind", "times").equals(result)


def test_the_80_20_distribution() -> None:
    """Pareto's distribution with α = log 5 / log 4: the top p own p^(1 − 1/α), which is 80 % for p = 20 %, and 64 % for p = 4 %.

    (Its Lorenz curve, B. C. Arnold, Pareto Distributions, 1983: L(p) = 1 − (1 − p)^(1 − 1/α).) A hundred customers, a percentile each.
    """
    above = np.linspace(0, 1, 101) ** (1 - log(4) / log(5))
    data = pd.DataFrame({"customer": range(100), "revenue": np.diff(above)})
    assert share_of_top(data, "customer", "revenue").share == pytest.approx(0.8)
    assert share_of_top(data, "customer", "revenue", top=0.04).share == pytest.approx(0.64)
    assert fewest_for(data, "customer", "revenue", least=0.8).groups == 20


def test_equal_contributions_stand_in_the_order_of_their_names() -> None:
    names = [f"{n:03}" for n in range(100)]
    data = pd.DataFrame({"product": [*reversed(names), "z"], "sold": [*[1] * 100, 2]})
    assert list(pareto(data, "product", "sold")["group"]) == ["z", *names]


def test_missing_values_add_nothing_and_rows_without_a_group_are_left_out() -> None:
    data = pd.DataFrame({"product": ["a", "b", None, "c"], "sold": [3, 1, 100, None]})
    result = pareto(data, "product", "sold")
    assert list(result["group"]) == ["a", "b", "c"]
    assert list(result["value"]) == [3, 1, 0]
    assert list(result["cumulative"]) == [0.75, 1, 1]


def test_there_is_no_share_of_nothing() -> None:
    data = pd.DataFrame({"product": ["a", "b"], "sold": [0, 0]})
    assert pareto(data, "product", "sold")[["share", "cumulative"]].isna().all(axis=None)
    assert share_of_top(data, "product", "sold") == TopShare(0, 2, None)
    assert fewest_for(data, "product", "sold") == TopShare(0, 2, None)


def test_what_cannot_be_asked_is_named() -> None:
    data = pd.DataFrame({"product": ["a", "b"], "sold": [3, -1]})
    with pytest.raises(AnalysisError, match="sum of 'b' is negative"):
        pareto(data, "product", "sold")
    for wrong in (-0.1, 1.5, 20, float("nan")):
        with pytest.raises(AnalysisError, match=r"top is .*; give a fraction"):
            share_of_top(data, "product", top=wrong)
        with pytest.raises(AnalysisError, match=r"least is .*; give a fraction"):
            fewest_for(data, "product", least=wrong)


sales = st.lists(st.tuples(st.integers(0, 9), st.one_of(st.integers(0, 50), st.floats(0, 1e6))), min_size=1)


@given(sales, st.floats(0, 1), st.floats(0, 1))
def test_the_curve_falls_in_steps_and_rises_to_one(sales: list[tuple[int, float]], top: float, least: float) -> None:
    data = pd.DataFrame(sales, columns=["product", "sold"])
    result = pareto(data, "product", "sold")
    n = len(result)
    assert result["value"].is_monotonic_decreasing
    assert result["value"].sum() == pytest.approx(data["sold"].sum())
    if not data["sold"].sum():
        return
    assert result["share"].sum() == pytest.approx(1)
    assert result["cumulative"].is_monotonic_increasing
    assert result["cumulative"].iloc[-1] == 1
    best = share_of_top(data, "product", "sold", top)
    assert best.of == n
    assert best.groups in (ceil(top * n), ceil(top * n - 1e-9))
    few = fewest_for(data, "product", "sold", least)
    made = [0.0, *result["cumulative"]]
    assert few.share == made[few.groups] >= least - 1e-9
    assert few.groups == 0 or made[few.groups - 1] < least


@pytest.mark.parametrize(("n", "top", "whole"), [(100, 0.07, 7), (100, 0.55, 55), (50, 0.14, 7), (10, 0.7, 7), (10, 0.71, 8)])
def test_a_fraction_of_the_groups_is_not_rounded_up_by_accident(n: int, top: float, whole: int) -> None:
    """0.07 · 100, 0.55 · 100 and 0.14 · 50 are a little over the whole number in binary fractions."""
    data = pd.DataFrame({"product": range(n)})
    assert share_of_top(data, "product", top=top).groups == whole
    assert fewest_for(data, "product", least=top).groups == whole
