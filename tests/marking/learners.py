"""Made-up learners: what a perfect and a middling one hand in for any graded activity, worked out from the instructor's key."""

from __future__ import annotations

from functools import singledispatch
from typing import Any

from course.activities import Activity, Dialogue, Quiz, Ranking, Rubric, Scale, Scorecard, Sorting, Writing
from course.activities.scorecard_cells import Column

Answer = dict[str, Any]


@singledispatch
def perfect(activity: Activity, key: Any) -> Answer:
    """The answer that earns all that the program can give; a text in every field of what a person marks."""
    raise AssertionError(f"nobody knows how to answer a {activity.kind}")


@perfect.register
def _(activity: Scale, key: None) -> Answer:
    return {"completed": True, "ratings": None}


@perfect.register
def _(activity: Ranking, key: Any) -> Answer:
    tags = {item: item in key["can"] for item in activity.ids} if activity.tag else {}
    return {"order": [item for tier in key["order"] for item in tier], "tags": tags}


@perfect.register
def _(activity: Quiz, key: Any) -> Answer:
    questions = key["questions"]
    chosen = {name: question["right"] for name, question in questions.items() if "right" in question}
    return {"chosen": chosen, "typed": {name: str(question["value"]) for name, question in questions.items() if "value" in question}}


@perfect.register
def _(activity: Sorting, key: Any) -> Answer:
    return {"placed": {card: right[0] for card, right in key["cards"].items()}}


@perfect.register
def _(activity: Dialogue, key: Any) -> Answer:
    return {"path": list(activity.best_path(activity.read_own_key(key)).lines)}


@perfect.register
def _(activity: Writing, key: None) -> Answer:
    return {"texts": {field.id: "先听完，再说能做什么，最后约好时间。" for field in activity.fields}}


@perfect.register
def _(activity: Scorecard, key: None) -> Answer:
    names = [seed.id for seed in activity.seeds] if activity.fixed else [f"r{n}" for n in range(activity.least)]
    given = {seed.id: set(seed.cells) for seed in activity.seeds} if activity.fixed else {}
    rows = {}
    for n, name in enumerate(names):
        rows[name] = {column.id: _cell(column, n) for column in activity.columns if column.id not in given.get(name, set())}
    return {"rows": rows, "order": list(rows)}


@perfect.register
def _(activity: Rubric, key: None) -> Answer:
    sheet = {"rater": activity.raters[0], "of": "L", "by": "W", "grades": {item.id: 4 for item in activity.items}, "remark": "看着客户说话"}
    return {"sheets": {"s1": sheet}}


def _cell(column: Column, n: int) -> str:
    if column.type == "choice":
        return column.options[n % len(column.options)].id
    if column.type == "number":
        assert column.lowest is not None
        return str(column.lowest)
    return f"2026-12-{n + 1:02}" if column.type == "date" else f"第 {n} 个时刻：{column.id}"


def middling(activity: Activity, key: Any) -> Answer:
    """Half of what the perfect learner does: every second item, the first half of a talk, one row fewer; nothing of a self-rating."""
    whole = perfect(activity, key)
    if isinstance(activity, Scale):
        return {"completed": False, "ratings": None}
    if isinstance(activity, Rubric):
        grades = whole["sheets"]["s1"]["grades"]
        return {"sheets": {"s1": {**whole["sheets"]["s1"], "grades": dict(list(grades.items())[::2])}}}
    return {field: _half(value) for field, value in whole.items()}


def _half(value: Any) -> Any:
    if isinstance(value, dict):
        return dict(list(value.items())[: (len(value) + 1) // 2])
    return value[: (len(value) + 1) // 2]
