"""Customers who have been silent for unusually long: a list of them, or how many there are in each group."""

from __future__ import annotations

import pandas as pd

from course.activities.explorations import NONE, Churn
from course.analyses.churn import churn, rhythm
from course.exploring.ask import MOST_BARS, Ask, series
from course.exploring.finding import Drawing, Finding


def find(ask: Ask, roles: Churn) -> Finding:
    """Shares are of the customers who have enough visits to be judged."""
    reference, visits = ask.chosen["reference"], int(ask.chosen["visits"])
    judged = rhythm(ask.data, roles.customer, roles.day, reference)
    judged = judged[judged["visits"] >= visits]
    lost = churn(ask.data, roles.customer, roles.day, reference, float(ask.chosen["factor"]), visits)
    if judged.empty:
        return ask.nothing()
    share = ask.percent(ask.say("share_lost"))
    told = {"n": len(lost), "all": len(judged), "share": share.shown(len(lost) / len(judged))}
    sentence = ask.say("found_churn", **told, visits=visits, factor=ask.chosen["factor"])
    if ask.chosen["count"] == NONE:
        return _listed(ask, roles, lost, sentence)
    return _counted(ask, roles, judged, lost, sentence)


def _listed(ask: Ask, roles: Churn, lost: pd.DataFrame, sentence: str) -> Finding:
    customer = ask.names.column(roles.customer)
    gap, times = ask.number(ask.say("gap_days")), ask.number(ask.say("times"))
    names, last = lost["customer"].tolist(), lost["last"].dt.strftime("%Y-%m-%d").tolist()
    numbers = [lost[name].tolist() for name in ("visits", "gap", "silent", "times")]
    return Finding(
        caption=ask.say("caption_churn", day=ask.chosen["reference"]),
        columns=(
            ask.text(customer),
            ask.text(ask.say("last_visit")),
            ask.whole(ask.say("visits")),
            gap,
            ask.whole(ask.say("silent_days")),
            times,
        ),
        rows=tuple(zip(names, last, *numbers, strict=True)),
        sentence=sentence,
        notes=(*ask.missing(roles.customer, roles.day), *ask.left_out(len(lost))),
        drawing=Drawing(
            form="bars",
            labels=tuple(names[:MOST_BARS]),
            series=(series(times.label, times, numbers[-1][:MOST_BARS]),),
            values_axis=times.label,
            labels_axis=customer,
        )
        if names
        else None,
    )


def _counted(ask: Ask, roles: Churn, judged: pd.DataFrame, lost: pd.DataFrame, sentence: str) -> Finding:
    """A row a group, the highest share first; the rule in the chart is the share of all."""
    by = ask.chosen["count"]
    group = ask.data.drop_duplicates(roles.customer).set_index(roles.customer)[by]
    table = pd.DataFrame({"of": judged["customer"].map(group).value_counts(), "lost": lost["customer"].map(group).value_counts()})
    table = table[table["of"] > 0].fillna({"lost": 0})
    table["share"], table["part"] = table["lost"] / table["of"], table["lost"] / (len(lost) or float("nan"))
    table = table.sort_values("share", ascending=False, kind="stable")
    names = [ask.names.code(by, code) for code in table.index]
    share = ask.percent(ask.say("share_lost"))
    return Finding(
        caption=ask.say("caption_by", what=share.label, by=ask.inner("count")),
        columns=(
            ask.text(ask.option("count")),
            ask.whole(ask.say("judged")),
            ask.whole(ask.say("lost")),
            share,
            ask.percent(ask.say("part_of_lost")),
        ),
        rows=tuple(zip(names, *(table[name].tolist() for name in table), strict=True)),
        sentence=sentence,
        notes=ask.missing(roles.customer, roles.day, by),
        drawing=Drawing(
            form="bars",
            labels=tuple(names),
            series=(series(share.label, share, table["share"].tolist()),),
            values_axis=share.label,
            labels_axis=ask.option("count"),
            percent=True,
            rule=(len(lost) / len(judged), ask.say("all_together")),
        ),
    )
