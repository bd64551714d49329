"""How far two raters agree, over all and item by item."""

from __future__ import annotations

from course.activities.explorations import Agreement
from course.analyses.agreement import agreement, agreement_by, paired
from course.exploring.ask import MOST_BARS, Ask, series
from course.exploring.finding import Cell, Drawing, Finding


def find(ask: Ask, roles: Agreement) -> Finding:
    """All together first, then item by item from the highest kappa down. Grades have two columns more than codes."""
    rating, by = ask.chosen["rating"], ask.chosen["by"]
    cases = paired(ask.data, roles.rater, rating, roles.case)
    whole = agreement(cases, "first", "second")
    if not whole.n or whole.agreed is None:
        return ask.nothing()
    items = agreement_by(cases, "first", "second", by).sort_values("kappa", ascending=False, kind="stable")
    names = [ask.names.code(by, item) for item in items["item"]]
    kappa, agreed = ask.coefficient(ask.say("kappa")), ask.percent(ask.say("agreed"))
    columns = [ask.text(ask.option("by")), ask.whole(ask.say("cases")), agreed, kappa]
    fields = ["n", "agreed", "kappa"]
    if whole.difference is not None:
        columns += [ask.coefficient(ask.say("weighted_kappa")), ask.coefficient(_difference(ask, roles.rater))]
        fields += ["weighted_kappa", "difference"]
    together: tuple[Cell, ...] = (ask.say("all_together"), *(getattr(whole, field) for field in fields))
    kappas = items["kappa"].tolist()
    found = ask.extremes(names, kappa, kappas)
    summed = {"n": whole.n, "agreed": agreed.shown(whole.agreed), "kappa": kappa.shown(whole.kappa)}
    return Finding(
        caption=ask.say("caption_agreement", rating=ask.inner("rating"), by=ask.inner("by")),
        columns=tuple(columns),
        rows=(together, *zip(names, *(items[field].tolist() for field in fields), strict=True)),
        sentence=ask.say("found_agreement", **summed, **found) if found else ask.say("found_agreed", **summed),
        notes=(*ask.missing(*roles.case, roles.rater, rating), *ask.left_out(len(names))),
        drawing=Drawing(
            form="bars",
            labels=tuple(names[:MOST_BARS]),
            series=(series(kappa.label, kappa, kappas[:MOST_BARS]),),
            values_axis=kappa.label,
            labels_axis=ask.option("by"),
            rule=None if whole.kappa is None else (whole.kappa, ask.say("all_together")),
        ),
    )


def _difference(ask: Ask, rater: str) -> str:
    """Whose grades minus whose; ``paired`` sorts them by code."""
    first, second = (ask.names.code(rater, code) for code in sorted(ask.data[rater].dropna().unique(), key=str))
    return ask.say("difference", first=first, second=ask.names.inner(second))
