"""Explorer: a data set to look into. What was chosen is kept; it asks nothing, so it earns nothing."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from course.activities.base import Activity, Answer, Id, doubled
from course.activities.explorations import AnyExploration
from course.language import Text

Word = Annotated[str, StringConstraints(max_length=40)]
MOST_CODES = 60
"""More codes than any column has that a learner could tick through."""


class ExplorerAnswer(Answer):
    """What was chosen: an option of each choice, and what each filter lets through; whatever is left out stands at its start.

    A filter holds the ticked codes of a category, or the lowest and the highest number or day as text, an empty one for an open end.
    """

    chosen: dict[str, Word] = {}
    filters: dict[str, Annotated[list[Word], Field(max_length=MOST_CODES)]] = {}


class Explorer(Activity):
    """A data set, one analysis of it, and what a learner may choose and filter."""

    answer_type: ClassVar[type[Answer]] = ExplorerAnswer

    kind: Literal["explorer"]
    dataset: Id
    beside: Id | None = None
    """Another data set whose columns are put beside, by the one column that both have."""
    row: Text | None = None
    """What one row is, for example "complaints"."""
    analysis: AnyExploration
    filters: list[Id] = Field(default=[], max_length=8)
    """Columns to filter by: categories, dates or numbers."""
    start: dict[Id, Word | float] = {}
    """The options to begin with, where they are not the first."""
    hint: Text | None = None
    """What to look for."""
    digits: int = Field(default=1, ge=0, le=4)
    """Decimals of amounts, means and percentages; what has no unit (lift, kappa, r) has one more."""

    def __hash__(self) -> int:
        # So that findings can be cached by specification; equal ones have equal ids.
        return hash(self.id)

    @model_validator(mode="after")
    def _holds_together(self) -> Explorer:
        if self.graded:
            raise ValueError("points: an explorer asks nothing, so it earns nothing; ask in a quiz")
        if twice := doubled(self.filters):
            raise ValueError(f"filters: columns named twice: {', '.join(twice)}")
        for choice, option in self._started().items():
            options = self.choices.get(choice)
            if options is None:
                raise ValueError(f"start: there is no choice {choice}; there are: {', '.join(self.choices)}")
            if option not in options:
                raise ValueError(f"start.{choice}: {option} is none of its options: {', '.join(options)}")
        return self

    def _started(self) -> dict[str, str]:
        return {choice: option if isinstance(option, str) else f"{option:g}" for choice, option in self.start.items()}

    @property
    def choices(self) -> dict[str, list[str]]:
        """The options of every choice by its id."""
        return self.analysis.choices()

    @property
    def draws(self) -> bool:
        return True

    def chosen(self, answer: ExplorerAnswer) -> dict[str, str]:
        """The option of every choice: the learner's own, else the one to begin with."""
        first = {choice: options[0] for choice, options in self.choices.items()}
        return first | self._started() | answer.chosen

    def given(self, answer: ExplorerAnswer) -> dict[str, list[str]]:
        """What each filter lets through, in the order of the specification."""
        return {name: answer.filters[name] for name in self.filters if name in answer.filters}

    def check_answer(self, answer: ExplorerAnswer) -> None:
        """Options are checked here; codes and ends of filters are not, since the data know them: what does not fit there is no filter."""
        self.check_ids(answer.chosen, self.choices)
        for choice, option in answer.chosen.items():
            if option not in self.choices[choice]:
                raise self.refuse(choice, "value_outside")
        self.check_ids(answer.filters, self.filters)

    def for_learner(self) -> dict[str, Any]:
        return {"hint": self.hint}

    def open_items(self, answer: ExplorerAnswer) -> list[str]:
        return []

    def feedback(self, answer: ExplorerAnswer) -> None:
        return None
