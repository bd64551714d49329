"""The data labs' numeric answers, worked out from the data sets with pandas alone: the keys in solutions/ agree with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from course import catalog, datasets
from course.activities import Quiz
from tests.marking.test_loop import key_of

ROOT = Path(__file__).parents[2]


def two_outlets() -> dict[str, float]:
    """Where two outlets differ, and how much milder the second rater is."""
    survey = datasets.load("service_survey")
    survey["gap"] = survey["perception"] - survey["expectation"]
    dimensions = survey.pivot_table(index="dimension", columns="outlet", values="gap", observed=True)
    apart = (dimensions["riverside"] - dimensions["station"]).abs()
    lagging = dimensions.loc[apart.idxmax()].idxmin()
    statements = survey[survey["outlet"] == lagging].groupby("item", observed=True)["gap"].mean()
    visits = datasets.load("mystery_visits").pivot_table(index=["visit", "item"], columns="rater", values="grade", observed=True)
    return {
        "wider": float(apart.max()),
        "over_one": float((statements < -1).sum()),
        "milder": float((visits["b"] - visits["a"]).mean()),
        "riverside": float(dimensions["riverside"].min()),
    }


def five_answers() -> dict[str, float]:
    """Who carries the shop, who is slipping away, when gifts sell, what goes together, whom one may write to."""
    lines, members = datasets.load("transactions"), datasets.load("customers").set_index("customer")
    gone = lost(lines)
    return {
        "top_fifth": top_fifth(lines[lines["date"].dt.year == 2025]),
        "at_risk": float(at_risk(lines, "2025-12-31") - at_risk(lines, "2025-07-31")),
        "gift_september": season(lines[lines["category"] == "gifts"], month=9),
        "raisins": together(lines, "raisins", "oats"),
        "may_write": float((members["consent_marketing"] == "yes")[gone].sum()),
    }


def top_fifth(lines: pd.DataFrame) -> float:
    """The share of the amount, in percent, that a fifth of the customers (rounded up) bring."""
    spent = lines.groupby("customer")["amount"].sum().sort_values(ascending=False)
    return float(100 * spent.iloc[: -(-len(spent) // 5)].sum() / spent.sum())


def at_risk(lines: pd.DataFrame, until: str) -> int:
    """How many bought late ago (two lowest fifths) but often and much (together at least six of ten) up to a day."""
    each = lines[lines["date"] <= until].groupby("customer")
    last = (each["date"].max() - pd.Timestamp("2024-01-01")).dt.days
    r, f, m = fifths(last), fifths(each["receipt"].nunique()), fifths(each["amount"].sum())
    return int(((r < 3) & (f + m >= 6)).sum())


def fifths(values: pd.Series) -> pd.Series:
    """1 (lowest) to 5: the fifth of the ranks; equal values share their mean rank."""
    twice = (2 * values.round(6).rank()).astype("int64")
    return (5 * (twice - 1) + 2 * len(values) - 1) // (2 * len(values))


def season(lines: pd.DataFrame, month: int) -> float:
    """The usual amount of a calendar month, an average month being 100."""
    months = lines.groupby(lines["date"].dt.to_period("M"))["amount"].sum()
    usual = months.groupby(pd.PeriodIndex(months.index).month).mean()
    return float(100 * usual[month] / usual.mean())


def together(lines: pd.DataFrame, product: str, other: str) -> float:
    """The percentage of receipts with a product that hold the other, too."""
    first, second = (set(lines.loc[lines["product"] == name, "receipt"]) for name in (product, other))
    return 100 * len(first & second) / len(first)


def lost(lines: pd.DataFrame) -> pd.Index:
    """Customers of at least five visits who have been away for more than three times their usual gap (the median)."""
    visits = lines[["customer", "date"]].drop_duplicates().sort_values("date")
    visits["gap"] = visits.groupby("customer")["date"].diff().dt.days
    each = visits.groupby("customer")
    silent = (pd.Timestamp("2025-12-31") - each["date"].max()).dt.days
    return pd.Index(silent[(each.size() >= 5) & (silent > 3 * each["gap"].median())].index)


@pytest.mark.parametrize(("activity_id", "worked_out"), [("m13.two_outlets", two_outlets), ("m14.five_answers", five_answers)])
def test_the_key_of_a_lab_is_what_its_data_say(activity_id: str, worked_out: Callable[[], dict[str, float]]) -> None:
    quiz = catalog.activity(activity_id)
    assert isinstance(quiz, Quiz)
    key = key_of(ROOT, activity_id)["questions"]
    numeric = {question.id for question in quiz.questions if question.form == "numeric"}
    answers = worked_out()
    assert set(answers) == numeric
    assert {name for name, value in answers.items() if abs(value - key[name]["value"]) > key[name].get("tolerance", 0)} == set()


@pytest.mark.parametrize(("activity_id", "worked_out"), [("m13.two_outlets", two_outlets), ("m14.five_answers", five_answers)])
def test_what_is_typed_as_the_data_say_earns_every_numeric_point(activity_id: str, worked_out: Callable[[], dict[str, float]]) -> None:
    quiz = catalog.activity(activity_id)
    key = quiz.read_own_key(key_of(ROOT, activity_id))
    answers = worked_out()
    score = quiz.score(quiz.read_answer({"typed": {name: f"{value:.2f}" for name, value in answers.items()}}), key)
    assert score.points == pytest.approx(quiz.points * len(answers) / 6)
