"""Samples of the kind scorecard."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def scorecard_spec() -> Spec:
    """A journey for practice: one column of each type, two seeds, a curve, an example."""
    columns: list[Spec] = [
        {"id": "moment", "title": both("moment"), "type": "text", "help": both("help moment"), "rows": 1},
        {
            "id": "channel",
            "title": both("channel"),
            "type": "choice",
            "options": [{"id": c, "text": both(f"option {c}")} for c in ("machine", "face")],
        },
        {"id": "score", "title": both("score"), "type": "number", "lowest": -3, "highest": 3},
        {"id": "wait", "title": both("wait"), "type": "number", "lowest": 0, "highest": 600, "unit": both("minutes"), "required": False},
        {"id": "by", "title": both("by"), "type": "date", "required": False},
    ]
    return spec(
        "scorecard",
        case=both("case"),
        row_name=both("moment"),
        columns=columns,
        least=3,
        most=6,
        seeds=[{"id": c, "cells": {"moment": both(f"seed {c}"), "channel": "machine"}} for c in ("s1", "s2")],
        distinct="moment",
        curve={"value": "score", "label": "moment", "axis": both("axis")},
        sample=both("sample text"),
    )


def graded_scorecard_spec() -> Spec:
    """The same to hand in, for 8 points by program."""
    graded = {**scorecard_spec(), "points": 8}
    del graded["sample"]
    return graded


def ideas_spec() -> Spec:
    """A brainstorm: one text column."""
    return spec("scorecard", row_name=both("idea"), columns=[{"id": "idea", "title": both("idea"), "type": "text"}], least=2, most=40)


def canvas_spec() -> Spec:
    """A form of two fixed rows; 4 points by program and 8 by hand."""
    columns = [{"id": c, "title": both(f"column {c}"), "type": "text"} for c in ("topic", "mine", "proof")]
    columns[2]["required"] = False
    seeds = [{"id": c, "cells": {"topic": both(f"topic {c}")}} for c in ("who", "what")]
    return spec("scorecard", points=12, hand=8, row_name=both("field"), columns=columns, least=2, most=2, seeds=seeds, fixed=True)


SPECS: Makers = {"scorecard": scorecard_spec, "graded_scorecard": graded_scorecard_spec, "ideas": ideas_spec, "canvas": canvas_spec}

_ROWS: Spec = {
    "s1": {"score": "1"},
    "s2": {"score": "-2", "wait": "15"},
    "r1": {"moment": "paying", "channel": "face", "score": "+3", "by": "2025-03-01"},
}

COMPLETE: dict[str, Spec] = {
    "scorecard": {"rows": _ROWS, "order": ["s1", "r1", "s2"], "asked": True},
    "graded_scorecard": {"rows": _ROWS, "order": ["s1", "r1", "s2"]},
    "ideas": {"rows": {"r1": {"idea": "ring him"}, "r2": {"idea": "write to him"}}, "order": ["r1", "r2"]},
    "canvas": {"rows": {"who": {"mine": "families"}, "what": {"mine": "time", "proof": "a survey"}}},
}
