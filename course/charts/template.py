"""The look of every chart: one template for the course."""

from __future__ import annotations

from functools import cache
from typing import Any

from course.language import Language

MIME = "application/vnd.plotly.v1+json"
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Okabe and Ito's colours, which people with any of the common colour-vision deficiencies can tell apart.

The first four have a contrast of 3:1 and more with white and with JupyterLab's dark ground; all are outlined in grey where they fill."""
GREY = "#767676"
"""Text and outlines where no theme is known (in a print-out): 4.5:1 on white, 4.1:1 on JupyterLab's dark ground."""
OURS = "service-course-chart"
"""No font has this name: it marks our charts' texts, to which course.css gives the ink of JupyterLab's theme, light or dark."""
PATTERNS = ("", "/", "x", ".")
"""A second mark beside the colour: correctness and series are never told by colour alone."""
FONTS: dict[Language, str] = {
    "zh": f"{OURS}, Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif",
    "en": f"{OURS}, system-ui, Segoe UI, Noto Sans, DejaVu Sans, sans-serif",
}


@cache
def template(language: Language) -> dict[str, Any]:
    """The look of every chart: transparent ground, greys that read on light and on dark, the language's fonts."""
    faint, outline = "rgba(128,128,128,0.25)", {"marker": {"line": {"color": GREY, "width": 1}}}
    axis = {"gridcolor": faint, "linecolor": faint, "zerolinecolor": faint, "automargin": True, "title": {"standoff": 12}}
    layout = {
        "font": {"family": FONTS[language], "size": 14, "color": GREY},
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
    return {"layout": layout, "data": {"bar": [outline], "scatter": [outline]}}
