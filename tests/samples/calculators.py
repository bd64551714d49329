"""Samples of the kind calculator."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def calculator_spec() -> Spec:
    """Two inputs, one of them a percentage, two results, a line over the first input."""
    return spec(
        "calculator",
        case=both("case"),
        inputs=[
            {"id": "n", "label": both("contacts"), "unit": both("times"), "lowest": 1, "highest": 101, "step": 1, "start": 10},
            {
                "id": "p",
                "label": both("chance"),
                "format": "percent",
                "digits": 1,
                "lowest": 0.9,
                "highest": 1,
                "step": 0.005,
                "start": 0.98,
                "help": both("help p"),
            },
        ],
        presets=[{"id": "many", "label": both("many contacts"), "inputs": {"n": 74}}],
        results=[
            {"id": "clean", "label": both("all well"), "format": "percent", "digits": 1, "formula": "p ** n"},
            {"id": "cost", "label": both("cost"), "unit": both("yuan"), "formula": "250 * n * (1 - clean)"},
        ],
        sentence=both("of {n} all go well with {clean} costing {cost}"),
        chart={"form": "line", "over": "n", "show": ["clean"], "axis": both("chance (%)")},
        caveat=both("assumed"),
        source=both("own counting"),
    )


def bars_spec() -> Spec:
    """One input, three results as bars, one of them negative, one that has no value at 5 of the input; the longest first."""
    return spec(
        "calculator",
        inputs=[{"id": "x", "label": both("x"), "digits": 1, "lowest": 0, "highest": 10, "step": 0.5, "start": 2}],
        results=[
            {"id": "low", "label": both("low"), "formula": "-x"},
            {"id": "odd", "label": both("odd"), "formula": "1 / (x - 5)"},
            {"id": "high", "label": both("high"), "formula": "1500 * x"},
        ],
        sentence=both("from {x} to {high}"),
        chart={"form": "bars", "show": ["low", "odd", "high"], "axis": both("amount"), "categories": both("what"), "sort": True},
    )


SPECS: Makers = {"calculator": calculator_spec, "calculator_bars": bars_spec}

COMPLETE: dict[str, Spec] = {
    "calculator": {"inputs": {"n": 20, "p": 0.99}},
    "calculator_bars": {"inputs": {"x": 2.5}},
}
