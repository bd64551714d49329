"""Samples of the kind explorer, one an analysis, on the course's own data sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.samples.base import Makers, Spec, both, spec

ANALYSES: dict[str, Spec] = {
    "grouped": {
        "dataset": "complaints",
        "row": both("complaints"),
        "analysis": {
            "name": "grouped",
            "by": ["cause", "outlet", "outcome", "severity", "received"],
            "split": ["outlet", "channel"],
            "aggregations": ["count", "share", "sum", "mean", "median", "share_of_total"],
            "measures": ["first_reply_hours", "satisfaction_after"],
        },
        "filters": ["outlet", "received", "first_reply_hours"],
        "hint": both("look here"),
    },
    "pareto": {
        "dataset": "transactions",
        "analysis": {"name": "pareto", "by": ["category", "customer"], "measures": ["rows", "amount"]},
        "filters": ["category", "date"],
    },
    "rfm": {
        "dataset": "transactions",
        "analysis": {
            "name": "rfm",
            "customer": "customer",
            "day": "date",
            "receipt": "receipt",
            "amount": "amount",
            "references": ["2025-12-31", "2025-06-30"],
        },
        "filters": ["category"],
    },
    "seasonality": {
        "dataset": "transactions",
        "analysis": {"name": "seasonality", "day": "date", "measures": ["amount", "rows"]},
        "filters": ["category", "date"],
    },
    "basket": {
        "dataset": "transactions",
        "analysis": {"name": "basket", "receipt": "receipt", "product": "product", "supports": [0.002, 0.005, 1]},
        "filters": ["date"],
    },
    "churn": {
        "dataset": "transactions",
        "beside": "customers",
        "analysis": {
            "name": "churn",
            "customer": "customer",
            "day": "date",
            "references": ["2025-12-31"],
            "factors": [2, 3, 100],
            "visits": [10, 3],
            "by": ["joined_through", "district"],
        },
        "filters": ["joined_through"],
        "start": {"factor": 3},
    },
    "gaps": {
        "dataset": "service_survey",
        "analysis": {
            "name": "gaps",
            "respondent": "respondent",
            "expectation": "expectation",
            "perception": "perception",
            "dimensions": ["dimension", "item"],
            "groups": ["outlet"],
        },
        "filters": ["outlet"],
        "digits": 2,
    },
    "agreement": {
        "dataset": "mystery_visits",
        "analysis": {
            "name": "agreement",
            "rater": "rater",
            "ratings": ["met", "grade"],
            "case": ["visit", "item", "outlet"],
            "by": ["item", "outlet"],
        },
        "filters": ["outlet", "date"],
    },
    "lags": {
        "dataset": "indicators",
        "analysis": {
            "name": "lags",
            "month": "month",
            "x": ["customer_satisfaction", "staff_satisfaction"],
            "y": ["repurchase_rate", "customer_satisfaction"],
            "most": [6, 3],
        },
        "filters": ["month"],
    },
}
"""What each analysis needs, by its name."""

CHOSEN: dict[str, Spec] = {
    "grouped": {"chosen": {"by": "outlet", "aggregation": "median"}, "filters": {"received": ["2025-03-01", ""]}},
    "pareto": {"chosen": {"by": "customer", "measure": "amount"}},
    "rfm": {"chosen": {"tier": "at_risk"}},
    "seasonality": {"chosen": {"season": "weekday"}, "filters": {"category": ["gifts", "tea"]}},
    "basket": {"chosen": {"sort": "confidence"}},
    "churn": {"chosen": {"count": "joined_through"}},
    "gaps": {"chosen": {"group": "outlet"}},
    "agreement": {"chosen": {"rating": "grade"}},
    "lags": {"chosen": {"x": "staff_satisfaction", "y": "customer_satisfaction"}},
}
"""Something chosen in each."""


def _maker(name: str) -> Callable[[], dict[str, Any]]:
    return lambda: spec("explorer", **ANALYSES[name])


SPECS: Makers = {f"explorer_{name}": _maker(name) for name in ANALYSES}

COMPLETE: dict[str, Spec] = {f"explorer_{name}": answer for name, answer in CHOSEN.items()}
