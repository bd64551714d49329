from __future__ import annotations

from statistics import fmean, median

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.analyses.grouped import grouped
from course.analyses.terms import AGGREGATIONS, Aggregation, AnalysisError

DATA = pd.DataFrame(
    {
        "outlet": ["south", "north", "north", "north", None, "south"],
        "kind": ["x", "x", "y", "y", "y", "x"],
        "price": [1, 2, 3, None, 10, None],
    }
)


@pytest.mark.parametrize(
    ("aggregation", "values"),
    [
        ("count", [3, 2, 1]),
        ("sum", [5, 1, 10]),
        ("mean", [2.5, 1, 10]),
        ("median", [2.5, 1, 10]),
        ("share", [3 / 6, 2 / 6, 1 / 6]),
        ("share_of_total", [5 / 16, 1 / 16, 10 / 16]),
    ],
)
def test_one_number_a_group(aggregation: Aggregation, values: list[float]) -> None:
    """By hand: north 2, 3 and a missing one; south 1 and a missing one; no outlet: 10. All prices: 16."""
    result = grouped(DATA, "outlet", aggregation, "price")
    assert list(result.columns) == ["group", "value", "n", "missing"]
    assert list(result["group"])[:2] == ["north", "south"]
    assert pd.isna(result["group"].iloc[2])
    assert list(result["value"]) == pytest.approx(values)
    counting = aggregation in ("count", "share")
    assert list(result["n"]) == ([3, 2, 1] if counting else [2, 1, 1])
    assert list(result["missing"]) == ([0, 0, 0] if counting else [1, 1, 0])


def test_a_group_of_missing_values_has_no_value() -> None:
    data = pd.DataFrame({"group": ["a", "b"], "price": [None, 2.0]})
    for aggregation in ("sum", "mean", "median"):
        result = grouped(data, "group", aggregation, "price")
        assert pd.isna(result["value"].iloc[0])
        assert list(result["missing"]) == [1, 0]
    assert grouped(data, "group", "share_of_total", "price")["value"].iloc[1] == 1


def test_with_a_split_shares_are_of_their_group() -> None:
    result = grouped(DATA, "outlet", "share", split="kind")
    rows = [tuple(row) for row in result[["group", "split", "value"]].itertuples(index=False)]
    assert rows[:3] == [("north", "x", pytest.approx(1 / 3)), ("north", "y", pytest.approx(2 / 3)), ("south", "x", 1)]
    assert rows[3][1:] == ("y", 1)


def test_ordered_categories_keep_their_order_and_only_those_that_occur_are_listed() -> None:
    sizes = pd.Categorical(["large", "small", "large"], categories=["small", "medium", "large"], ordered=True)
    assert list(grouped(pd.DataFrame({"size": sizes}), "size", "count")["group"]) == ["small", "large"]


def test_truth_is_averaged_as_a_share() -> None:
    data = pd.DataFrame({"outlet": ["a", "a", "b"], "solved": [True, False, True]})
    assert list(grouped(data, "outlet", "mean", "solved")["value"]) == [0.5, 1]


def test_there_is_no_share_of_nothing() -> None:
    data = pd.DataFrame({"outlet": ["a", "b"], "price": [1, -1]})
    assert grouped(data, "outlet", "share_of_total", "price")["value"].isna().all()


def test_columns_may_be_called_what_the_result_calls_its_own() -> None:
    data = pd.DataFrame({"value": ["a", "b", "b"], "n": [1, 2, 3], "group": ["x", "x", "y"]})
    result = grouped(data, "value", "sum", "n", split="group")
    assert list(result.columns) == ["group", "split", "value", "n", "missing"]
    assert list(result["value"]) == [1, 2, 3]
    assert list(grouped(data, "value", "count", split="value")["value"]) == [1, 2]


def test_what_cannot_be_asked_is_named() -> None:
    with pytest.raises(AnalysisError, match="no aggregation 'average'; choose one of: count, sum, mean, median, share, share_of_total"):
        grouped(DATA, "outlet", "average", "price")  # type: ignore[arg-type]
    for aggregation in AGGREGATIONS:
        if aggregation in ("count", "share"):
            assert len(grouped(DATA, "outlet", aggregation)) == 3
        else:
            with pytest.raises(AnalysisError, match=f"'{aggregation}' needs a measure"):
                grouped(DATA, "outlet", aggregation)
    with pytest.raises(AnalysisError, match="'kind' does not hold numbers"):
        grouped(DATA, "outlet", "mean", "kind")


rows = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.one_of(st.none(), st.floats(0, 1e6))), min_size=1)


@given(rows)
def test_aggregations_are_what_python_computes(rows: list[tuple[str, str, float | None]]) -> None:
    data = pd.DataFrame(rows, columns=["by", "split", "price"]).astype({"price": "float64"})
    for row in grouped(data, "by", "mean", "price").itertuples():
        prices = [price for by, _, price in rows if by == row.group and price is not None]
        assert (row.n, row.n + row.missing) == (len(prices), sum(by == row.group for by, _, _ in rows))
        assert row.value == pytest.approx(fmean(prices)) if prices else pd.isna(row.value)
    for row in grouped(data, "by", "median", "price", "split").itertuples():
        prices = [price for by, split, price in rows if (by, split) == (row.group, row.split) and price is not None]
        assert row.value == pytest.approx(median(prices)) if prices else pd.isna(row.value)


@given(rows)
def test_shares_add_up_to_one(rows: list[tuple[str, str, float | None]]) -> None:
    data = pd.DataFrame(rows, columns=["by", "split", "price"]).astype({"price": "float64"})
    assert grouped(data, "by", "count")["value"].sum() == len(rows)
    assert grouped(data, "by", "share")["value"].sum() == pytest.approx(1)
    assert list(grouped(data, "by", "share", split="split").groupby("group")["value"].sum()) == pytest.approx([1] * data["by"].nunique())
    if data["price"].sum() > 0:
        assert grouped(data, "by", "share_of_total", "price")["value"].sum() == pytest.approx(1)
