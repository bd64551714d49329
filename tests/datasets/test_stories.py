"""What learners are to find can be found, and stands out from what is not there. Bounds are loose: the stories count, not the figures."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest
from scipy import stats
from sklearn.metrics import cohen_kappa_score

from course.datasets import load


@pytest.fixture
def complaints() -> pd.DataFrame:
    return load("complaints")


def test_three_causes_make_most_complaints(complaints: pd.DataFrame) -> None:
    shares = complaints["cause"].value_counts(normalize=True)
    assert list(shares.index[:3]) == ["late_delivery", "no_reply", "damaged"]
    assert 0.65 < shares.iloc[:3].sum() < 0.75
    assert shares.iloc[3] < shares.iloc[2] / 2


def test_each_cause_belongs_to_one_object_and_all_three_occur(complaints: pd.DataFrame) -> None:
    assert (complaints.groupby("cause")["object"].nunique() == 1).all()
    shares = complaints["object"].value_counts(normalize=True)
    assert shares["service"] > shares["goods"] > shares["premises"] > 0.05


def test_one_day_brings_a_whole_delivery(complaints: pd.DataFrame) -> None:
    a_day = complaints.groupby("received").size().sort_values(ascending=False)
    assert a_day.iloc[0] > 3 * a_day.iloc[1]
    batch = complaints[complaints["received"] == a_day.index[0]].drop(columns="complaint").value_counts()
    assert batch.iloc[0] == 16
    a_customer = complaints["customer"].value_counts()
    assert a_customer.iloc[0] > 3 * a_customer.iloc[1]


def test_one_outlet_replies_late(complaints: pd.DataFrame) -> None:
    usual = complaints.groupby("outlet")["first_reply_hours"].median()
    others = usual.drop("station")
    assert usual["station"] > 2 * others.max()
    assert others.max() < 1.4 * others.min()


def test_a_quick_reply_goes_with_a_better_mood(complaints: pd.DataFrame) -> None:
    rated = complaints.dropna(subset="satisfaction_after")
    assert 0.6 < len(rated) / len(complaints) < 0.8
    assert -0.7 < stats.spearmanr(rated["first_reply_hours"], rated["satisfaction_after"]).statistic < -0.35
    mood = rated.groupby("outcome", observed=True)["satisfaction_after"].mean()
    assert mood["solved"] > mood["partly"] > mood["not_solved"]


def test_unsolved_matters_come_back(complaints: pd.DataFrame) -> None:
    back = complaints["repeat_contact"].eq("yes").groupby(complaints["outcome"]).mean()
    assert back["not_solved"] > back["partly"] > back["solved"]


def test_the_survey_outlets_differ_in_responsiveness_alone() -> None:
    survey = load("service_survey")
    survey["gap"] = survey["perception"] - survey["expectation"]
    own = survey.groupby(["dimension", "respondent", "outlet"], observed=True)["gap"].mean().reset_index()
    for dimension, people in own.groupby("dimension", observed=True):
        riverside, station = (people.loc[people["outlet"] == outlet, "gap"] for outlet in ("riverside", "station"))
        assert (len(riverside), len(station)) == (120, 120)
        difference, p = riverside.mean() - station.mean(), stats.ttest_ind(riverside, station).pvalue
        if dimension == "responsiveness":
            assert 0.8 < difference < 1.2
            assert p < 1e-6
        else:
            assert abs(difference) < 0.2
            assert p > 0.05
    gaps = survey.groupby(["outlet", "dimension"])["gap"].mean()
    assert (gaps < 0).all(), "expectation is above perception"
    assert survey.groupby("dimension")["item"].nunique().tolist() == [5, 4, 4, 5, 4]


def test_one_rater_is_milder_and_they_agree_moderately() -> None:
    visits = load("mystery_visits").pivot(index=["visit", "item"], columns="rater", values=["grade", "met"])
    milder = (visits["grade", "b"] - visits["grade", "a"]).astype(float).groupby("item", observed=True).mean()
    assert 0.35 < milder.mean() < 0.6
    assert (milder > 0).all()
    assert 0.5 < cohen_kappa_score(visits["met", "a"], visits["met", "b"]) < 0.65
    kappas = {item: cohen_kappa_score(sheet["met", "a"], sheet["met", "b"]) for item, sheet in visits.groupby("item", observed=True)}
    assert kappas.pop("attentive") < 0.15
    assert min(kappas.values()) > 0.35


@pytest.mark.parametrize(
    ("leading", "lagging", "months"), [("customer_satisfaction", "repurchase_rate", 3), ("staff_satisfaction", "customer_satisfaction", 2)]
)
def test_one_indicator_runs_ahead_of_the_other(leading: str, lagging: str, months: int) -> None:
    data = load("indicators")
    by_lag = pd.Series({lag: data[leading].corr(data[lagging].shift(-lag)) for lag in range(-6, 9)}).sort_values(ascending=False)
    assert by_lag.index[0] == months
    assert 0.7 < by_lag.iloc[0] < 0.95
    assert by_lag.iloc[0] > by_lag.iloc[1] + 0.1


def test_revenue_has_a_season() -> None:
    data = load("indicators")
    usual = data.groupby(data["month"].dt.month)["revenue_index"].mean().sort_values(ascending=False)
    assert set(usual.index[:3]) == {1, 9, 10}


@pytest.fixture
def lines() -> pd.DataFrame:
    return load("transactions")


@pytest.fixture
def receipts(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.drop_duplicates("receipt")


def test_a_fifth_of_the_customers_bring_most_revenue_but_not_four_fifths(lines: pd.DataFrame) -> None:
    revenue = lines.groupby("customer")["amount"].sum().sort_values(ascending=False)
    assert 0.6 < revenue.iloc[:160].sum() / revenue.sum() < 0.75


def test_one_pair_of_products_goes_together_and_a_second_less_so(lines: pd.DataFrame) -> None:
    baskets = lines.groupby("receipt")["product"].agg(lambda products: sorted(products.astype(str)))
    single = lines["product"].value_counts()
    pairs = Counter(pair for basket in baskets for pair in combinations(basket, 2))
    lifts = pd.Series({pair: count * len(baskets) / (single[pair[0]] * single[pair[1]]) for pair, count in pairs.items()})
    lifts = lifts.sort_values(ascending=False)
    assert list(lifts.index[:2]) == [("hotpot_base", "sesame_sauce"), ("oats", "raisins")]
    assert 2.5 < lifts.iloc[0] < 4
    assert 1.7 < lifts.iloc[1] < 2.5
    assert lifts.iloc[2] < 1.5
    assert single.min() / len(baskets) > 0.03, "no lift rests on a handful of receipts"


def test_two_busy_seasons_and_busy_weekends(receipts: pd.DataFrame) -> None:
    for year, festival in ((2024, "2024-02-10"), (2025, "2025-01-29")):
        days = receipts[receipts["date"].dt.year == year].groupby("date").size()
        before = days[pd.Timestamp(festival) - pd.Timedelta(days=28) : pd.Timestamp(festival) - pd.Timedelta(days=1)]
        autumn, plain = days[f"{year}-09-08" : f"{year}-10-14"], days[f"{year}-03-01" : f"{year}-08-31"]
        assert before.mean() > 1.5 * plain.mean()
        assert autumn.mean() > 1.4 * plain.mean()
    weekday = receipts.groupby(receipts["date"].dt.day_of_week).size()
    assert weekday[[5, 6]].min() > 1.4 * weekday[[0, 1, 2, 3]].max()


def test_lapsed_regulars_share_the_way_they_joined_and_nothing_else(receipts: pd.DataFrame) -> None:
    customers = load("customers").set_index("customer")
    before = receipts[receipts["date"] < "2025-08-01"].groupby("customer").size()
    regular = before[before >= 10].index
    lapsed = regular.difference(receipts.loc[receipts["date"] >= "2025-08-01", "customer"])
    assert 0.1 < len(lapsed) / len(regular) < 0.15
    through_app = customers["joined_through"] == "delivery_app"
    assert through_app[lapsed].mean() > 0.65
    assert through_app.mean() < 0.3
    stayed = customers.loc[regular.difference(lapsed)]
    for trait, shared in (("joined_through", True), ("district", False), ("consent_marketing", False)):
        counts = pd.concat([customers.loc[lapsed, trait].value_counts(), stayed[trait].value_counts()], axis=1)
        p = stats.chi2_contingency(counts.to_numpy()).pvalue
        assert (p < 0.001) if shared else (p > 0.1), trait


def test_many_good_customers_must_not_get_offers(lines: pd.DataFrame) -> None:
    consent = load("customers").set_index("customer")["consent_marketing"]
    best = lines.groupby("customer")["amount"].sum().nlargest(100).index
    assert 0.2 < (consent[best] == "no").mean() < 0.5
