"""The look of every chart: one template for the course."""

from __future__ import annotations

from functools import cache
from typing import Any

from course.language import Language

MIME = "application/vnd.plotly.v1+json"
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9")
"""Okabe and Ito's colours, which people with any of the common colour-vision deficiencies can tell apart."""
PATTERNS = ("", "/", "x", ".")
"""A second mark beside the colour: correctness and series are never told by colour alone."""
FONTS: dict[Language, str] = {
    "zh": "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "en": "system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif",
}


@cache
def template(language: Language) -> dict[str, Any]:
    """The look of every chart: transparent ground, greys that read on light and on dark, the language's fonts."""
    grey, faint = "#767676", "rgba(128,128,128,0.25)"
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "automargin": True}
    layout = {
        "font": {"family": FONTS[language], "size": 14, "color": grey},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": list(PALETTE),
        "margin": {"l": 16, "r": 24, "b": 56},
        "title": {
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 12, "t": 12},
            "font": {"size": 16},
        },
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "xanchor": "left"},
        "xaxis": axis,
        "yaxis": axis,
    }
    return {"layout": layout}
