"""Calculator: inputs to play with, formulas, a sentence with the result and a chart that follow at once. Nothing is kept."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, Answer, Id, Model, doubled
from course.activities.quantity import Input, Number, Quantity, Result
from course.formulas.functions import FUNCTIONS
from course.formulas.language import FormulaError
from course.language import LANGUAGES, Text

LARGEST_RESULT = 1e15
"""What is larger is no number that a person could read."""
MOST_LINES = 4
"""As many lines as there are ways to dash them."""
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Chart(Model):
    """Either ``line``: results over the range of one input; or ``bars``: results side by side."""

    form: Literal["line", "bars"]
    show: list[Id] = Field(min_length=1, max_length=8)
    axis: Text
    """Name and unit of the axis of values."""
    over: Id | None = None
    """line: the input along the other axis, named by its own label and unit."""
    categories: Text | None = None
    """bars: what the bars are, the name of the other axis."""
    sort: bool = False
    """bars: the longest first; else in the order of ``show``."""

    @model_validator(mode="after")
    def _of_one_form(self) -> Chart:
        line = self.form == "line"
        if line != (self.over is not None) or line == (self.categories is not None):
            raise ValueError("a line needs over (an input) and no categories, bars need categories and no over")
        if line and (self.sort or len(self.show) > MOST_LINES):
            raise ValueError(f"show: a line chart has at most {MOST_LINES} lines, and nothing to sort")
        if twice := doubled(self.show):
            raise ValueError(f"show: ids used twice: {', '.join(twice)}")
        return self


class Preset(Model):
    """A named set of values to start from; inputs that it leaves out take their start values."""

    id: Id
    label: Text
    inputs: dict[Id, Number] = Field(min_length=1)


class CalculatorAnswer(Answer):
    """What the inputs are set to, where that is not their start value. Never kept."""

    inputs: dict[str, float] = {}


@dataclass(frozen=True)
class Calculation:
    """What follows from the inputs, ready to read; None stands for what cannot be computed with these values."""

    results: dict[str, Text | None]
    sentence: Text | None
    rows: tuple[tuple[Text | None, ...], ...]
    """The numbers of a line chart: the input, then each result shown, at round numbers. Empty where there is no such chart."""


class Calculator(Activity):
    """Sliders and what follows from them. It asks nothing, so it earns nothing."""

    answer_type: ClassVar[type[Answer]] = CalculatorAnswer
    stored: ClassVar[bool] = False

    kind: Literal["calculator"]
    case: Text | None = None
    inputs: list[Input] = Field(min_length=1, max_length=8)
    presets: list[Preset] = Field(default=[], max_length=6)
    results: list[Result] = Field(min_length=1, max_length=8)
    sentence: Text
    """What came out, in words; ``{id}`` stands for an input or a result, with its digits and unit."""
    chart: Chart | None = None
    caveat: Text | None = None
    """What is uncertain in it, and where the figures come from."""
    source: Text | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Calculator:
        if self.graded:
            raise ValueError("points: nothing is kept of a calculator, so it earns nothing")
        self._names_fit()
        self._formulas_fit()
        self._chart_fits()
        self._presets_fit()
        for values in self._to_try():
            self._try(values)
        return self

    def _names_fit(self) -> None:
        ids = [quantity.id for quantity in self.quantities]
        if twice := doubled(ids):
            raise ValueError(f"inputs and results: ids used twice: {', '.join(twice)}")
        if taken := [name for name in ids if keyword.iskeyword(name) or name in FUNCTIONS]:
            raise ValueError(f"inputs and results: {taken[0]} means something in formulas; choose another id")
        for language in LANGUAGES:
            text = self.sentence.of(language)
            if unknown := sorted(set(_PLACE.findall(text)) - set(ids)):
                raise ValueError(f"sentence.{language}: {{{unknown[0]}}} is no input and no result")
            if re.search(r"[{}]", _PLACE.sub("", text)):
                raise ValueError(f"sentence.{language}: braces hold the id of an input or a result, and nothing else")

    def _formulas_fit(self) -> None:
        known = {item.id for item in self.inputs}
        used: set[str] = set()
        for result in self.results:
            if unknown := sorted(result.parsed.names - known):
                raise ValueError(f"results.{result.id}: formula: “{unknown[0]}” is no input and no result further up")
            used |= result.parsed.names
            known.add(result.id)
        if idle := [item.id for item in self.inputs if item.id not in used]:
            raise ValueError(f"inputs.{idle[0]}: no formula uses it; take it out")

    def _chart_fits(self) -> None:
        if self.chart is None:
            return
        results = {result.id: result for result in self.results}
        if unknown := [name for name in self.chart.show if name not in results]:
            raise ValueError(f"chart.show: {unknown[0]} is no result")
        if len({(results[name].format, results[name].unit) for name in self.chart.show}) > 1:
            raise ValueError("chart.show: results on one axis must have the same unit and format")
        for language in LANGUAGES:
            if twice := doubled(results[name].label.of(language) for name in self.chart.show):
                raise ValueError(f"chart.show: several results are called “{twice[0]}”; each bar and line needs a label of its own")
        if self.chart.over is not None and self.chart.over not in {item.id for item in self.inputs}:
            raise ValueError(f"chart.over: {self.chart.over} is no input")

    def _presets_fit(self) -> None:
        if twice := doubled(preset.id for preset in self.presets):
            raise ValueError(f"presets: ids used twice: {', '.join(twice)}")
        inputs = {item.id: item for item in self.inputs}
        for preset in self.presets:
            for name, value in preset.inputs.items():
                if name not in inputs or inputs[name].nearest(value) is None:
                    raise ValueError(f"presets.{preset.id}: {name} is no input, or {value:g} is no value that it can have")

    def _to_try(self) -> Iterator[Mapping[str, float]]:
        """Inputs that every formula must bear: the start, the presets, the corners of all ranges, the points of the chart."""
        start = self.values(CalculatorAnswer())
        yield start
        yield from (self.values(CalculatorAnswer(inputs=preset.inputs)) for preset in self.presets)
        names = list(start)
        yield from (dict(zip(names, corner, strict=True)) for corner in product(*((i.lowest, i.highest) for i in self.inputs)))
        if over := self.over:
            yield from ({**start, over.id: place} for place in over.spread())

    def _try(self, inputs: Mapping[str, float]) -> None:
        values = dict(inputs)
        for result in self.results:
            try:
                value = values[result.id] = result.parsed.value(values)
                if abs(value) > LARGEST_RESULT:
                    raise FormulaError(f"gives {value:g}, which nobody can read")
            except FormulaError as error:
                at = ", ".join(f"{name} = {value:g}" for name, value in inputs.items())
                raise ValueError(f"results.{result.id}: formula: {error} (at {at})") from None

    @property
    def quantities(self) -> list[Quantity]:
        """All inputs and results."""
        return [*self.inputs, *self.results]

    @property
    def over(self) -> Input | None:
        """The input along which a line chart runs."""
        return next((item for item in self.inputs if self.chart and item.id == self.chart.over), None)

    @property
    def charted(self) -> list[Result]:
        """The results that the chart shows, in its order."""
        results = {result.id: result for result in self.results}
        return [results[name] for name in self.chart.show] if self.chart else []

    @property
    def draws(self) -> bool:
        return self.chart is not None

    def check_answer(self, answer: CalculatorAnswer) -> None:
        inputs = {item.id: item for item in self.inputs}
        self.check_ids(answer.inputs, inputs)
        for name, value in answer.inputs.items():
            if inputs[name].nearest(value) is None:
                raise self.refuse(name, "value_outside")

    def for_learner(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "inputs": [_for_page(item) for item in self.inputs],
            "presets": self.presets,
            "results": [{"id": result.id, "label": result.label} for result in self.results],
            "caveat": self.caveat,
            "source": self.source,
        }

    def open_items(self, answer: CalculatorAnswer) -> list[str]:
        return []

    def feedback(self, answer: CalculatorAnswer) -> None:
        return None

    def values(self, answer: CalculatorAnswer) -> dict[str, float]:
        """The value of every input: the learner's own, else the one it starts with."""
        given = {item.id: item.nearest(answer.inputs.get(item.id, item.start)) for item in self.inputs}
        return {name: value for name, value in given.items() if value is not None}

    def work_out(self, inputs: Mapping[str, float]) -> dict[str, float | None]:
        """Every result for these values of the inputs; None where it cannot be computed."""
        values = dict(inputs)
        for result in self.results:
            with suppress(FormulaError):
                values[result.id] = result.parsed.value(values)
        return {result.id: values.get(result.id) for result in self.results}

    def calculate(self, answer: CalculatorAnswer) -> Calculation:
        """What a learner reads of these inputs."""
        values = self.values(answer)
        numbers = self.work_out(values)
        results = {result.id: _shown(result, numbers[result.id]) for result in self.results}
        words = results | {item.id: item.shown(values[item.id]) for item in self.inputs}
        rows: list[tuple[Text | None, ...]] = []
        if over := self.over:
            line = self.line(over, values, over.landmarks())
            rows = [(over.shown(place), *(_shown(result, at[result.id]) for result in self.charted)) for place, at in line]
        return Calculation(results, self._in_words(words), tuple(rows))

    def line(self, over: Input, values: Mapping[str, float], places: list[float]) -> list[tuple[float, dict[str, float | None]]]:
        """All results with one input moved to each of these places, and all others as they are."""
        return [(place, self.work_out({**values, over.id: place})) for place in places]

    def _in_words(self, words: Mapping[str, Text | None]) -> Text | None:
        """The sentence with these words in it; None where it needs one that is missing."""
        try:
            zh, en = (self.sentence.of(to).format(**{name: text.of(to) for name, text in words.items() if text}) for to in LANGUAGES)
        except KeyError:
            return None
        return Text(zh=zh, en=en)


def _shown(result: Result, value: float | None) -> Text | None:
    return None if value is None else result.shown(value)


def _for_page(item: Input) -> dict[str, Any]:
    """An input as the page draws it: the numbers that formulas see, and ``scale`` to turn them into those that are shown."""
    numbers = {"lowest": item.lowest, "highest": item.highest, "step": item.step, "start": item.start}
    shown = {"scale": item.scale, "digits": item.digits, "percent": item.format == "percent"}
    return {"id": item.id, "label": item.label, "unit": item.unit, "help": item.help, **numbers, **shown}
