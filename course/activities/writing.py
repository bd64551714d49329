"""Writing: free text in one or more fields; read by a person, never by a program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from course.activities.base import Activity, Answer, Id, Model, doubled
from course.language import Text

Written = Annotated[str, StringConstraints(max_length=20_000)]


class WritingField(Model):
    """One text to write. ``rows`` is the height of the box; ``aim`` how many Chinese characters usually say enough (no limit)."""

    id: Id
    prompt: Text
    hint: Text | None = None
    rows: int = Field(default=4, ge=1, le=20)
    aim: int = Field(default=0, ge=0, le=2000)


class WritingAnswer(Answer):
    """What was written in each field, and whether the sample was asked for."""

    texts: dict[str, Written] = {}
    compared: bool = False


@dataclass(frozen=True)
class WritingFeedback:
    """What a learner can hold the own text against: a checklist and one possible text."""

    checklist: tuple[Text, ...]
    sample: Text | None


class Writing(Activity):
    """Free text. In practice it ends with a checklist and a sample; in an exercise an instructor marks it."""

    answer_type: ClassVar[type[Answer]] = WritingAnswer

    kind: Literal["writing"]
    case: Text | None = None
    fields: list[WritingField] = Field(min_length=1, max_length=8)
    checklist: list[Text] = []
    """Questions to put to one's own text; in an exercise they are shown from the start."""
    sample: Text | None = None
    """One possible text, for practice only: model answers of an exercise stand in solutions/."""

    @model_validator(mode="after")
    def _holds_together(self) -> Writing:
        if twice := doubled(field.id for field in self.fields):
            raise ValueError(f"fields: ids used twice: {', '.join(twice)}")
        if self.graded and self.sample is not None:
            raise ValueError("sample: the model answer of a graded text belongs into solutions/")
        return self

    @property
    def hand_points(self) -> int:
        return self.points

    def check_answer(self, answer: WritingAnswer) -> None:
        self.check_ids(answer.texts, [field.id for field in self.fields])

    def for_learner(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "fields": self.fields,
            "checklist": self.checklist if self.graded else [],
            "comparable": not self.graded and bool(self.checklist or self.sample),
        }

    def open_items(self, answer: WritingAnswer) -> list[str]:
        return [field.id for field in self.fields if not answer.texts.get(field.id, "").strip()]

    def attempted(self, answer: WritingAnswer) -> bool:
        """Whether anything but white space was written."""
        return any(text.strip() for text in answer.texts.values())

    def feedback(self, answer: WritingAnswer) -> WritingFeedback | None:
        """The checklist and the sample, once asked for and once something is written."""
        if self.graded or not answer.compared or not self.attempted(answer):
            return None
        return WritingFeedback(tuple(self.checklist), self.sample)
