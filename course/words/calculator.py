"""A calculator as plain text: what its inputs are set to, and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from course.activities import Calculator, CalculatorAnswer
from course.activities.quantity import Quantity, Result
from course.language import Language, Text, interface, say
from course.words.common import BLANK, maybe


def body(activity: Calculator, answer: CalculatorAnswer, language: Language) -> Iterator[str]:
    """The lines under title and intro."""
    yield from maybe(activity.case, language)
    values, found = activity.values(answer), activity.calculate(answer)
    for item in activity.inputs:
        ends = (item.shown(end).of(language) for end in (item.lowest, item.highest))
        yield f"{item.label.of(language)}: {item.shown(values[item.id]).of(language)} ({' – '.join(ends)})"
    for result in activity.results:
        yield f"{result.label.of(language)}: {_or_blank(found.results[result.id], language)}"
    yield found.sentence.of(language) if found.sentence else say(language, "calculator.impossible")
    for row in [columns(activity), *found.rows] if found.rows else []:
        yield " | ".join(_or_blank(cell, language) for cell in row)
    yield f"{say(language, 'calculator.formulas')}:"
    yield from (formula(activity, result, language) for result in activity.results)
    if activity.caveat:
        yield say(language, "calculator.caveat", text=activity.caveat.of(language))
    if activity.source:
        yield say(language, "calculator.source", text=activity.source.of(language))


def columns(activity: Calculator) -> list[Text]:
    """The heads of the table of a line chart: the input, then the results shown; empty where there is none."""
    return [activity.over.label, *(result.label for result in activity.charted)] if activity.over else []


def formula(activity: Calculator, result: Result, language: Language) -> str:
    """How a result is computed, with names for ids: “chance of a good day” = “chance each time” ^ “contacts”."""
    names = {quantity.id: say(language, "calculator.name", label=quantity.label.of(language)) for quantity in activity.quantities}
    return f"{names[result.id]} = {result.parsed.plain(names | interface(language)['formula'])}"


def name(quantity: Quantity, language: Language) -> str:
    """The name of a quantity with its unit, for an axis."""
    label = quantity.label.of(language)
    return say(language, "calculator.axis", label=label, unit=quantity.unit.of(language)) if quantity.unit else label


def _or_blank(text: Text | None, language: Language) -> str:
    return text.of(language) if text else BLANK
