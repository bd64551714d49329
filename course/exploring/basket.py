"""What is bought together."""

from __future__ import annotations

from course.activities.explorations import Basket
from course.analyses.basket import basket
from course.exploring.ask import MOST_BARS, Ask, series
from course.exploring.finding import Drawing, Finding


def find(ask: Ask, roles: Basket) -> Finding:
    """Pairs in the chosen order; by confidence the higher of the two directions counts. The chart always shows lifts."""
    pairs = basket(ask.data, roles.receipt, roles.product, float(ask.chosen["support"]))
    if pairs.empty:
        return ask.nothing()
    pairs["best"] = pairs[["confidence", "confidence_back"]].max(axis=1)
    pairs = pairs.sort_values("best" if ask.chosen["sort"] == "confidence" else ask.chosen["sort"], ascending=False, kind="stable")
    product = ask.names.column(roles.product)
    first, second = ([ask.names.code(roles.product, code) for code in pairs[side]] for side in ("first", "second"))
    lift, share = ask.coefficient(ask.say("lift")), ask.percent(ask.say("support"))
    names = [ask.say("pair", first=a, second=b) for a, b in zip(first, second, strict=True)]
    numbers = [pairs[name].tolist() for name in ("n", "support", "confidence", "confidence_back", "lift")]
    ahead = pairs["confidence"].iloc[0] >= pairs["confidence_back"].iloc[0]
    return Finding(
        caption=ask.say("caption_basket", support=ask.option("support")),
        columns=(
            ask.text(f"{product} A"),
            ask.text(f"{product} B"),
            ask.whole(ask.say("receipts_both")),
            share,
            ask.percent(ask.say("confidence", first="A", second="B")),
            ask.percent(ask.say("confidence", first="B", second="A")),
            lift,
        ),
        rows=tuple(zip(first, second, *numbers, strict=True)),
        sentence=ask.say(
            "found_basket",
            n=len(pairs),
            support=ask.option("support"),
            first=first[0] if ahead else second[0],
            second=second[0] if ahead else first[0],
            confidence=share.shown(pairs["best"].iloc[0]),
            lift=lift.shown(pairs["lift"].iloc[0]),
        ),
        notes=(*ask.missing(roles.receipt, roles.product), *ask.left_out(len(pairs))),
        drawing=Drawing(
            form="bars",
            labels=tuple(names[:MOST_BARS]),
            series=(series(lift.label, lift, numbers[-1][:MOST_BARS]),),
            values_axis=lift.label,
            labels_axis=ask.say("pairs"),
            rule=(1.0, ask.say("chance")),
        ),
    )
