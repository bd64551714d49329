"""Collection: what the learner has made so far, brought together; nothing new is answered."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities.base import Activity, ActivityId, Answer, Model, doubled
from course.language import Text


class Piece(Model):
    """One activity whose answer is shown again; ``note`` says what to do with it here."""

    activity: ActivityId
    note: Text | None = None


class Collection(Activity):
    """The learner's own answers to other activities, as text, in the order of the specification."""

    answer_type: ClassVar[type[Answer]] = Answer
    stored: ClassVar[bool] = False

    kind: Literal["collection"]
    parts: list[Piece] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _holds_together(self) -> Collection:
        if twice := doubled(piece.activity for piece in self.parts):
            raise ValueError(f"parts: named twice: {', '.join(twice)}")
        if self.graded:
            raise ValueError("points: a collection asks nothing, so it earns nothing")
        return self

    def check_answer(self, answer: Answer) -> None:
        """Nothing can be answered."""

    def for_learner(self) -> dict[str, Any]:
        return {"parts": [piece.activity for piece in self.parts]}

    def open_items(self, answer: Answer) -> list[str]:
        return []

    def feedback(self, answer: Answer) -> None:
        return None
