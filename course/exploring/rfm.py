"""Customers by recency, frequency and money: the tiers side by side, or the customers of one."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from course.activities.explorations import ALL, Rfm
from course.analyses.rfm import rfm
from course.analyses.terms import TIERS
from course.exploring.ask import MOST_BARS, Ask, series
from course.exploring.finding import Column, Drawing, Finding


def find(ask: Ask, roles: Rfm) -> Finding:
    """Shares are of the customers and of the money after the filters."""
    customers = rfm(ask.data, roles.customer, roles.day, roles.receipt, roles.amount, ask.chosen["reference"])
    if customers.empty:
        return ask.nothing()
    amount = ask.number(ask.names.value_of("sum", roles.amount))
    found = _tiers(ask, customers, amount, ask.names.inner(ask.names.column(roles.amount)))
    if ask.chosen["tier"] == ALL:
        return found
    return _listed(ask, found, customers[customers["tier"] == ask.chosen["tier"]], amount, ask.names.column(roles.customer))


def _listed(ask: Ask, found: Finding, customers: pd.DataFrame, amount: Column, customer: str) -> Finding:
    """The same sentence, above a row a customer: the highest sum of scores first."""
    names, money = customers["customer"].tolist(), customers["monetary"].tolist()
    scores = (customers[score].tolist() for score in "rfm")
    columns = (ask.text(customer), ask.whole(ask.say("recency")), ask.whole(ask.say("frequency")), amount, *map(ask.whole, "RFM"))
    bars = series(amount.label, amount, money[:MOST_BARS])
    return replace(
        found,
        caption=ask.say("caption_tier", tier=ask.option("tier"), day=ask.chosen["reference"]),
        columns=columns,
        rows=tuple(zip(names, customers["recency"].tolist(), customers["frequency"].tolist(), money, *scores, strict=True)),
        notes=ask.left_out(len(names)),
        drawing=Drawing("bars", tuple(names[:MOST_BARS]), (bars,), amount.label, customer) if names else None,
    )


def _tiers(ask: Ask, customers: pd.DataFrame, amount: Column, money: str) -> Finding:
    """A row a tier. The sentence is about the chosen tier, or else the first."""
    tiers = customers.groupby("tier")["monetary"].agg(["size", "sum"]).reindex(list(TIERS), fill_value=0)
    names = [ask.names.option("tier", tier) for tier in TIERS]
    shares = (tiers / tiers.sum().replace(0, float("nan"))).set_axis(["people", "money"], axis=1)
    of_people, of_money = (ask.percent(ask.say("share_of", what=what)) for what in (ask.names.inner(ask.say("customers")), money))
    table = pd.concat([tiers, shares], axis=1)[["size", "people", "sum", "money"]]
    rows = tuple((name, *cells) for name, cells in zip(names, table.itertuples(index=False, name=None), strict=True))
    told = 0 if ask.chosen["tier"] == ALL else TIERS.index(ask.chosen["tier"])
    _, n, part, _, share = rows[told]
    return Finding(
        caption=ask.say("caption_tiers", day=ask.chosen["reference"]),
        columns=(ask.text(ask.say("tier")), ask.whole(ask.say("customers")), of_people, amount, of_money),
        rows=rows,
        sentence=ask.say(
            "found_rfm", tier=names[told], n=n, all=len(customers), part=of_people.shown(part), share=of_money.shown(share), money=money
        ),
        drawing=Drawing(
            form="bars",
            labels=tuple(names),
            series=(
                series(of_people.label, of_people, shares["people"].tolist()),
                series(of_money.label, of_money, shares["money"].tolist()),
            ),
            values_axis=ask.say("share"),
            labels_axis=ask.say("tier"),
            percent=True,
        ),
    )
