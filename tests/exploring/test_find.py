"""What an explorer shows, against the same figures computed another way from the same data."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from course import exploring
from course.datasets import load
from course.exploring import Finding
from tests.samples import explorer

LATEST = pd.Timestamp("2025-12-31")


def found(name: str, filters: dict[str, list[str]] | None = None, **chosen: str) -> Finding:
    kind = explorer(f"explorer_{name}")
    return exploring.find(kind, kind.read_answer({"chosen": chosen, "filters": filters or {}}), "en")


def column(finding: Finding, n: int) -> list[Any]:
    return [row[n] for row in finding.rows]


def named(finding: Finding, n: int, name: int = 0) -> dict[Any, Any]:
    """One column by the names in another."""
    return dict(zip(column(finding, name), column(finding, n), strict=True))


@pytest.fixture
def complaints() -> pd.DataFrame:
    return load("complaints")


@pytest.fixture
def lines() -> pd.DataFrame:
    return load("transactions")


# Groups


def test_counts_of_groups_stand_from_the_highest_down(complaints: pd.DataFrame) -> None:
    finding = found("grouped")
    counts = complaints["cause"].value_counts()
    assert column(finding, 1) == counts.tolist() == sorted(counts, reverse=True)
    assert finding.texts[0] == ["Late delivery", "118"]
    assert finding.sentence == "Highest: “Late delivery”, 118. Lowest: “Area not clean”, 10."
    assert finding.caption == "Number of complaints-en by cause"


def test_a_median_counts_only_what_passes_the_filters(complaints: pd.DataFrame) -> None:
    finding = found("grouped", {"received": ["2025-03-01", ""], "outlet": ["market", "station"]}, by="outlet", aggregation="median")
    hours: dict[str, list[float]] = {"Station": [], "Market": []}
    for outlet, day, value in complaints[["outlet", "received", "first_reply_hours"]].itertuples(index=False):
        if outlet != "riverside" and day >= pd.Timestamp("2025-03-01"):
            hours[outlet.capitalize()].append(value)
    assert finding.rows == tuple((name, median(values), len(values)) for name, values in hours.items())
    assert finding.notes[0] == f"{sum(map(len, hours.values()))} of 400 complaints-en after the filter."
    assert "Outlet: only Station, Market; Received from 2025-03-01" in finding.caption


def test_a_range_of_numbers_has_both_ends(complaints: pd.DataFrame) -> None:
    finding = found("grouped", {"first_reply_hours": ["2", "4.5"]}, by="outlet")
    assert sum(column(finding, 1)) == complaints["first_reply_hours"].between(2, 4.5).sum()


def test_missing_values_are_counted_under_the_table(complaints: pd.DataFrame) -> None:
    finding = found("grouped", by="outcome", aggregation="mean", measure="satisfaction_after")
    each = complaints.groupby("outcome", observed=True)["satisfaction_after"]
    assert named(finding, 1)["Solved"] == pytest.approx(each.mean()["solved"])
    assert finding.texts[-1] == ["Still open", "–", "0"]
    assert finding.notes == ("400 complaints-en in all.", "“Satisfaction afterwards” is empty in 115 of them; those are left out.")
    assert complaints["satisfaction_after"].isna().sum() == 115


def test_months_are_a_line_and_split_in_columns(complaints: pd.DataFrame) -> None:
    finding = found("grouped", by="received", split="outlet")
    table = pd.crosstab(complaints["received"].dt.strftime("%Y-%m"), complaints["outlet"])
    assert [list(row) for row in finding.rows] == [
        [month, *row, sum(row)] for month, row in zip(table.index, table.to_numpy().tolist(), strict=True)
    ]
    assert [head.label for head in finding.columns] == ["Month", "Riverside", "Station", "Market", "Number of complaints-en"]
    assert finding.drawing is not None
    assert (finding.drawing.form, finding.drawing.series[2].values) == ("line", tuple(table["market"].astype(float)))


def test_a_month_without_rows_counts_0_and_has_no_mean() -> None:
    few = {"first_reply_hours": ["20", "25"]}
    counts, means = found("grouped", few, by="received"), found("grouped", few, by="received", aggregation="mean")
    assert 0 in column(counts, 1)
    assert [row for row in zip(column(counts, 1), column(means, 1), strict=True) if (row[0] == 0) != (row[1] is None)] == []


def test_shares_of_a_split_add_up_in_each_row_and_say_so(complaints: pd.DataFrame) -> None:
    finding = found("grouped", by="outlet", split="channel", aggregation="share")
    shares = pd.crosstab(complaints["outlet"], complaints["channel"], normalize="index").loc["station"].tolist()
    assert list({row[0]: row[1:-1] for row in finding.rows}["Station"]) == pytest.approx(shares)
    assert "Each row adds up to 100%." in finding.notes
    assert finding.notes[-1] == "Not in the chart: Social media. See the table."
    assert finding.drawing is not None
    assert len(finding.drawing.series) == 4


@pytest.mark.parametrize(("aggregation", "total"), [("share", 1.0), ("share_of_total", 1.0)])
def test_shares_add_up_to_the_whole(aggregation: str, total: float) -> None:
    assert sum(column(found("grouped", aggregation=aggregation), 1)) == pytest.approx(total)


def test_numbers_as_groups_keep_their_order() -> None:
    assert column(found("grouped", by="severity"), 0) == ["1", "2", "3"]


def test_a_group_split_by_itself_is_not_split() -> None:
    assert found("grouped", by="outlet", split="outlet") == found("grouped", by="outlet")


# Pareto


def test_a_pareto_table_runs_up_to_the_whole(lines: pd.DataFrame) -> None:
    finding = found("pareto", by="customer", measure="amount")
    sums = np.sort(lines.groupby("customer")["amount"].sum().to_numpy())[::-1]
    assert column(finding, 2) == pytest.approx(sums.tolist())
    assert column(finding, 4) == pytest.approx((sums.cumsum() / sums.sum()).tolist())
    need = int(np.searchsorted(sums.cumsum() / sums.sum(), 0.8)) + 1
    share = sums[:160].sum() / sums.sum()
    assert finding.sentence == f"The top 160 of 800 (20.0%) make {share:.1%}. To reach 80% takes the top {need}."
    assert finding.drawing is not None
    assert (finding.drawing.form, len(finding.drawing.series[0].values)) == ("curve", 101)
    assert finding.drawing.series[0].values[20] == pytest.approx(share, rel=1e-5)


def test_few_groups_make_a_pareto_chart_of_bars(lines: pd.DataFrame) -> None:
    finding = found("pareto")
    assert column(finding, 2) == lines["category"].value_counts().tolist()
    assert finding.drawing is not None
    assert finding.drawing.form == "pareto"
    assert finding.drawing.series[1].values[-1] == 1.0


# Customers


def tiers(lines: pd.DataFrame) -> pd.Series[str]:
    """Tiers by ranks, receipt by receipt."""
    receipts = lines.groupby(["customer", "receipt"]).agg(day=("date", "first"), amount=("amount", "sum")).reset_index()
    each = receipts.groupby("customer")
    scores = [
        np.ceil(5 * (stats.rankdata(np.round(values, 6)) - 0.5) / len(values))
        for values in (each["day"].max().astype("int64"), each.size(), each["amount"].sum())
    ]
    names = {(True, True): "Core", (False, True): "At risk", (True, False): "Developing", (False, False): "Dormant"}
    return pd.Series([names[r >= 3, f + m >= 6] for r, f, m in zip(*scores, strict=True)], index=each.size().index)


def test_tiers_share_out_customers_and_money(lines: pd.DataFrame) -> None:
    finding, tier = found("rfm"), tiers(lines)
    money = lines.groupby(lines["customer"].map(tier))["amount"].sum()
    assert named(finding, 1) == tier.value_counts().to_dict()
    assert named(finding, 3) == pytest.approx(money.to_dict())
    assert named(finding, 4) == pytest.approx((money / money.sum()).to_dict())


def test_one_tier_lists_its_customers(lines: pd.DataFrame) -> None:
    finding, tier = found("rfm", tier="at_risk"), tiers(lines)
    assert set(column(finding, 0)) == set(tier.index[tier == "At risk"])
    own = lines[lines["customer"] == column(finding, 0)[0]]
    assert finding.rows[0][1:4] == ((LATEST - own["date"].max()).days, own["receipt"].nunique(), pytest.approx(own["amount"].sum()))
    assert finding.sentence.startswith(f"At risk: {len(finding.rows)} of 800 customers")
    assert finding.drawing is not None
    assert finding.drawing.labels == tuple(column(finding, 0)[:15])


def test_a_list_of_customers_who_are_silent(lines: pd.DataFrame) -> None:
    finding = found("churn", factor="2")
    lost, judged = {}, 0
    for customer, own in lines.groupby("customer"):
        days = sorted(set(own["date"]))
        if len(days) < 10:
            continue
        judged += 1
        gap, silent = median((b - a).days for a, b in pairwise(days)), (LATEST - days[-1]).days
        if silent > 2 * gap:
            lost[customer] = (f"{days[-1]:%Y-%m-%d}", len(days), gap, silent, pytest.approx(silent / gap))
    assert {row[0]: row[1:] for row in finding.rows} == lost
    assert column(finding, 5) == sorted(column(finding, 5), reverse=True)
    assert f"Of {judged} customers with at least 10 visits, {len(lost)} ({len(lost) / judged:.1%})" in finding.sentence


def test_the_silent_are_counted_by_how_they_joined(lines: pd.DataFrame) -> None:
    finding, customers = found("churn", count="joined_through"), load("customers").set_index("customer")
    listed = pd.Series(column(found("churn"), 0)).map(customers["joined_through"]).value_counts()
    visits = lines.groupby("customer")["date"].nunique()
    judged = customers["joined_through"][visits.index[visits >= 10]].value_counts()
    assert named(finding, 1)["Delivery app"] == judged["delivery_app"]
    assert named(finding, 2)["Delivery app"] == listed["delivery_app"]
    assert named(finding, 3)["Delivery app"] == listed["delivery_app"] / judged["delivery_app"]
    assert sum(column(finding, 4)) == pytest.approx(1)


def test_nobody_silent_is_a_result() -> None:
    for count in ("none", "district"):
        finding = found("churn", factor="100", count=count)
        assert " 0 (0.0%) have stayed away" in finding.sentence
    assert sum(column(finding, 2)) == 0


def test_the_data_beside_can_be_filtered_by(lines: pd.DataFrame) -> None:
    customers = load("customers")
    app = set(customers["customer"][customers["joined_through"] == "delivery_app"])
    assert set(column(found("churn", {"joined_through": ["delivery_app"]}), 0)) <= app


# Seasons and baskets


def test_months_around_the_average_month(lines: pd.DataFrame) -> None:
    finding = found("seasonality")
    totals = lines.set_index("date")["amount"].resample("ME").sum()
    means = totals.groupby(totals.index.month).mean()
    assert column(finding, 1) == pytest.approx((100 * means / means.mean()).tolist())
    assert column(finding, 3) == [2] * 12
    assert finding.sentence.startswith("Busiest: “January”, index 165.1.")


def test_weekdays_of_some_products_count_the_days_without_any(lines: pd.DataFrame) -> None:
    finding = found("seasonality", {"category": ["gifts"]}, season="weekday")
    days = (
        lines[lines["category"] == "gifts"].groupby("date")["amount"].sum().reindex(pd.date_range("2024-01-01", "2025-12-31"), fill_value=0)
    )
    means = days.groupby(days.index.day_of_week).mean()
    assert column(finding, 2) == pytest.approx(means.tolist())


def test_a_month_cut_by_the_learners_dates_is_left_out() -> None:
    finding = found("seasonality", {"date": ["2024-01-15", "2024-12-31"]})
    assert "January" not in column(finding, 0)
    assert column(finding, 3) == [1] * 11


def test_pairs_that_are_bought_together(lines: pd.DataFrame) -> None:
    finding = found("basket", support="0.005")
    baskets = [set(products) for _, products in lines.groupby("receipt")["product"]]
    single = Counter(product for products in baskets for product in products)
    pairs = Counter(pair for products in baskets for pair in combinations(sorted(products), 2))
    names = {code: text.en for code, text in exploring.names.columns(explorer("explorer_basket"))["product"].values.items()}
    wanted = {
        frozenset((names[a], names[b])): (n, n * len(baskets) / single[a] / single[b])
        for (a, b), n in pairs.items()
        if n / len(baskets) >= 0.005
    }
    assert {frozenset(row[:2]): (row[2], pytest.approx(row[6])) for row in finding.rows} == wanted
    assert finding.texts[0][:3] == ["Hotpot base", "Sesame sauce", str(pairs["hotpot_base", "sesame_sauce"])]
    confidence = pairs["hotpot_base", "sesame_sauce"] / single["sesame_sauce"]
    assert f"of the receipts with Sesame sauce, {confidence:.1%} have Hotpot base, too; lift 3.59" in finding.sentence


@pytest.mark.parametrize(
    ("sort", "of"), [("lift", lambda row: row[6]), ("support", lambda row: row[3]), ("confidence", lambda row: max(row[4:6]))]
)
def test_pairs_stand_in_the_chosen_order(sort: str, of: Any) -> None:
    sorted_by = [of(row) for row in found("basket", sort=sort).rows]
    assert sorted_by == sorted(sorted_by, reverse=True)


def test_no_pair_is_frequent_enough() -> None:
    finding = found("basket", support="1")
    assert (finding.rows, finding.drawing, finding.sentence) == ((), None, "Nothing is left with these choices. Loosen one of them.")


# The survey and the raters


def test_gaps_are_those_of_each_respondent(lines: pd.DataFrame) -> None:
    finding, survey = found("gaps", group="outlet"), load("service_survey")
    own = (
        survey[(survey["outlet"] == "station") & (survey["dimension"] == "responsiveness")]
        .groupby("respondent")[["expectation", "perception"]]
        .mean()
    )
    gap = own["perception"] - own["expectation"]
    low, high = stats.t.interval(0.95, len(gap) - 1, gap.mean(), stats.sem(gap))
    row = next(row for row in finding.rows if row[:2] == ("Responsiveness", "Station"))
    assert row[2:] == (
        pytest.approx(own["expectation"].mean()),
        pytest.approx(own["perception"].mean()),
        pytest.approx(gap.mean()),
        pytest.approx(low, rel=1e-3),
        pytest.approx(high, rel=1e-3),
        120,
    )
    assert finding.sentence.startswith(f"Widest gap: “Responsiveness, Station”, −{-gap.mean():.2f}.")


def test_without_groups_the_widest_shortfall_stands_first() -> None:
    gaps = column(found("gaps", dimension="item"), 3)
    assert len(gaps) == 22
    assert gaps == sorted(gaps)


@pytest.mark.parametrize(("rating", "weights"), [("met", None), ("grade", "linear")])
def test_two_raters_agree_as_scikit_learn_says(rating: str, weights: str | None) -> None:
    finding = found("agreement", rating=rating)
    pairs = load("mystery_visits").pivot(index=["visit", "item"], columns="rater", values=rating)
    assert finding.rows[0][:3] == ("All together", 600, (pairs["a"] == pairs["b"]).mean())
    assert finding.rows[0][3] == pytest.approx(cohen_kappa_score(pairs["a"], pairs["b"]))
    attentive = pairs.xs("attentive", level="item")
    assert named(finding, 3)["Was attentive throughout."] == pytest.approx(cohen_kappa_score(attentive["a"], attentive["b"]))
    assert "Least alike: “Was attentive throughout.”" in finding.sentence
    if weights:
        assert finding.rows[0][4] == pytest.approx(cohen_kappa_score(pairs["a"], pairs["b"], weights=weights))
        assert finding.rows[0][5] == pytest.approx((pairs["a"].astype(float) - pairs["b"].astype(float)).mean())
        assert finding.columns[5].label == "Rater A minus rater B, mean"


# Months apart


def test_the_strongest_lag_is_pointed_out() -> None:
    finding, data = found("lags"), load("indicators")
    r = [data["customer_satisfaction"].corr(data["repurchase_rate"].shift(-lag)) for lag in range(7)]
    assert column(finding, 1) == pytest.approx(r)
    assert column(finding, 2) == [36 - lag for lag in range(7)]
    assert f"go together most: 3 (r = {r[3]:.2f})" in finding.sentence
    assert finding.drawing is not None
    assert finding.drawing.marked == 3


def test_a_series_goes_with_itself_in_the_same_month() -> None:
    assert (
        found("lags", x="customer_satisfaction", y="customer_satisfaction").sentence
        == "They go together most in the same month (r = 1.00)."
    )


def test_too_few_months_leave_nothing() -> None:
    assert found("lags", {"month": ["2025-11-01", ""]}).rows == ()
