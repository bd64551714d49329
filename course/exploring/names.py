"""What columns, codes, choices and options are called, in one language. Loads no pandas."""

from __future__ import annotations

from collections.abc import Sequence

from course.activities import Explorer
from course.activities.explorations import ROWS
from course.exploring.sources import columns
from course.language import Language, interface, say


class Names:
    """The names of one explorer. Making them raises ContentError where its data set is unknown."""

    def __init__(self, activity: Explorer, language: Language) -> None:
        self.language = language
        self.columns = columns(activity)
        self._words = interface(language)["explorer"]
        self.row = activity.row.of(language) if activity.row else self._words["row"]

    def column(self, name: str) -> str:
        """The label of a column; of ``rows`` what they count."""
        return self.value_of("count", name) if name == ROWS else self.columns[name].label.of(self.language)

    def value_of(self, aggregation: str, name: str) -> str:
        """What an aggregation makes of a column, with its unit where it keeps one; "rows" are counted."""
        column = self.columns.get(name)
        label = column.label.of(self.language) if column else ""
        unit = say(self.language, "explorer.unit", unit=column.unit.of(self.language)) if column and column.unit else ""
        return self._words[f"value_{aggregation}"].format(row=self.row, column=label, inner=self.inner(label), unit=unit)

    def code(self, name: str, value: object) -> str:
        """What a value of a column is called; a period is called by its ISO month."""
        if value is None or value != value:  # NaN and NaT
            return self._words["empty"]
        column = self.columns[name]
        if column.kind == "category":
            return column.values[str(value)].of(self.language)
        return f"{value:g}" if isinstance(value, (int, float)) else str(value)

    def choice(self, choice: str) -> str:
        """What a choice is called."""
        return self._words[f"choice_{choice}"]

    def option(self, choice: str, option: str) -> str:
        """What an option of a choice is called: a word of ours, a number with its unit, a day, or a column."""
        if word := self._words.get(f"{choice}_{option}"):
            return word
        if sentence := self._words.get(f"{choice}_n"):
            return sentence.format(n=option, percent=f"{100 * float(option):g}%")
        if option not in self.columns:
            return self.column(option) if option == ROWS else option
        return self._month(option) if self.columns[option].kind == "date" else self.column(option)

    def _month(self, name: str) -> str:
        """Dates are grouped by month; of which date is said where there are several."""
        if [column.kind for column in self.columns.values()].count("date") == 1:
            return self._words["month"]
        return say(self.language, "explorer.month_of", column=self.inner(self.column(name)))

    def listed(self, names: Sequence[str], most: int = 100) -> str:
        """Names in a row; those after ``most`` are only counted."""
        listed = self._words["codes_between"].join(names[:most])
        return listed if len(names) <= most else say(self.language, "explorer.codes_more", codes=listed, n=len(names))

    def inner(self, label: str) -> str:
        """A label within a sentence: English ones begin small there."""
        return label[:1].lower() + label[1:] if label[1:2].islower() else label
