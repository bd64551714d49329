"""Figure: a chart to look at; nothing is answered."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, Answer, Id, Model, doubled
from course.language import Text


class Series(Model):
    """One row of bars: a value for each category, in the unit of the value axis."""

    id: Id
    name: Text
    values: list[float] = Field(min_length=1)


class Figure(Activity):
    """Grouped bars over categories, with its words: a caption that says what to see, and where the figures come from."""

    answer_type: ClassVar[type[Answer]] = Answer
    stored: ClassVar[bool] = False

    kind: Literal["figure"]
    categories: list[Text] = Field(min_length=1)
    series: list[Series] = Field(min_length=1)
    category_axis: Text
    value_axis: Text
    """Name and unit of the value axis."""
    caption: Text
    source: Text

    @model_validator(mode="after")
    def _holds_together(self) -> Figure:
        if twice := doubled(series.id for series in self.series):
            raise ValueError(f"series: ids used twice: {', '.join(twice)}")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"series.{series.id}: needs one value for each of the {len(self.categories)} categories")
        if self.graded:
            raise ValueError("points: a figure asks nothing, so it earns nothing")
        return self

    @property
    def draws(self) -> bool:
        return True

    def check_answer(self, answer: Answer) -> None:
        """Nothing can be answered."""

    def for_learner(self) -> dict[str, Any]:
        return {"caption": self.caption, "source": self.source}

    def open_items(self, answer: Answer) -> list[str]:
        return []

    def feedback(self, answer: Answer) -> None:
        return None
