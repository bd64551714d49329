"""Whether one monthly series runs ahead of another."""

from __future__ import annotations

from course.activities.explorations import Lags
from course.analyses.lags import lags
from course.exploring.ask import Ask, series
from course.exploring.finding import Drawing, Finding


def find(ask: Ask, roles: Lags) -> Finding:
    """One row a lag; the strongest link, whatever its sign, is pointed out."""
    x, y = ask.chosen["x"], ask.chosen["y"]
    result = lags(ask.data, roles.month, x, y, int(ask.chosen["most"]))
    if result["r"].isna().all():
        return ask.nothing()
    r = ask.coefficient(ask.say("r"))
    at, values = result["lag"].tolist(), result["r"].tolist()
    peak = int(result["r"].abs().argmax())
    return Finding(
        caption=ask.say("caption_lags", x=ask.option("x"), y=ask.option("y")),
        columns=(ask.whole(ask.say("lag")), r, ask.whole(ask.say("pairs_of_months"))),
        rows=tuple(zip(at, values, result["n"].tolist(), strict=True)),
        sentence=ask.say("found_lags" if peak else "found_lags_0", x=ask.option("x"), y=ask.option("y"), lag=peak, r=r.shown(values[peak])),
        notes=ask.missing(x, y),
        drawing=Drawing(
            form="bars",
            labels=tuple(map(str, at)),
            series=(series(r.label, r, values),),
            values_axis=r.label,
            labels_axis=ask.say("lag"),
            marked=peak,
        ),
    )
