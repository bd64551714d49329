"""Quiz: single choice, multiple choice, true or false, and numbers; each option explains itself in practice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from course.activities.base import Activity, Answer, Id, Model, Part, Score, doubled
from course.language import Text

_HALF_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)} | {ord("−"): "-"}

TRUE_FALSE = ("true", "false")
"""The option ids of a true-false question."""

Typed = Annotated[str, StringConstraints(max_length=200)]


class Option(Model):
    """One option; ``right`` and ``why`` only in practice."""

    id: Id
    text: Text
    right: bool | None = None
    why: Text | None = None


class Question(Model):
    """One question. ``true_false`` has the options ``true`` and ``false``; ``numeric`` has none."""

    id: Id
    form: Literal["single", "multiple", "true_false", "numeric"]
    text: Text
    options: list[Option] = []
    unit: Text | None = None
    value: float | None = None
    tolerance: float | None = Field(default=None, ge=0)
    why: Text | None = None
    """Explains a numeric answer, in practice."""

    @model_validator(mode="after")
    def _options_fit(self) -> Question:
        ids = [option.id for option in self.options]
        if twice := doubled(ids):
            raise ValueError(f"options: ids used twice: {', '.join(twice)}")
        if self.form == "numeric" and ids:
            raise ValueError("options: a numeric question has none")
        if self.form == "true_false" and tuple(ids) != TRUE_FALSE:
            raise ValueError("options: a true-false question has exactly the options true and false, in this order")
        if self.form in ("single", "multiple") and len(ids) < 2:
            raise ValueError("options: give at least two")
        if self.form != "numeric" and (self.value is not None or self.why is not None or self.unit is not None):
            raise ValueError("value, why and unit: only for a numeric question")
        return self

    def own_key(self) -> QuestionKey | None:
        """The key that stands in the question itself (practice), or None where any part of it is missing."""
        if self.form == "numeric":
            if self.value is None or self.tolerance is None or self.why is None:
                return None
            return QuestionKey(value=self.value, tolerance=self.tolerance)
        if any(option.right is None or option.why is None for option in self.options):
            return None
        return QuestionKey(right=[option.id for option in self.options if option.right])

    def holds_secrets(self) -> bool:
        """Whether anything stands here that only an instructor may know of a graded question."""
        said = [self.value, self.tolerance, self.why]
        return any(x is not None for x in said) or any(o.right is not None or o.why is not None for o in self.options)


class QuestionKey(Model):
    """What is right: option ids, or a number with an absolute tolerance in the question's unit."""

    right: list[Id] | None = None
    value: float | None = None
    tolerance: float | None = Field(default=None, ge=0)


class QuizKey(Model):
    """The key of every question by its id."""

    questions: dict[Id, QuestionKey]


class QuizAnswer(Answer):
    """``chosen``: the option ids of each question; for a number the text as typed. ``shown``: questions whose explanation was asked for."""

    chosen: dict[str, list[str]] = {}
    typed: dict[str, Typed] = {}
    shown: list[str] = []


@dataclass(frozen=True)
class OptionVerdict:
    """One option explained: whether it is right, whether the learner chose it, and why."""

    id: str
    right: bool
    chosen: bool
    why: Text | None


@dataclass(frozen=True)
class QuestionVerdict:
    """One question explained. ``value`` and ``why`` only for numbers."""

    id: str
    right: bool
    options: tuple[OptionVerdict, ...]
    value: float | None
    unit: Text | None
    why: Text | None


class Quiz(Activity):
    """A list of questions of equal weight."""

    answer_type: ClassVar[type[Answer]] = QuizAnswer
    keyed: ClassVar[bool] = True

    kind: Literal["quiz"]
    questions: list[Question] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Quiz:
        if twice := doubled(question.id for question in self.questions):
            raise ValueError(f"questions: ids used twice: {', '.join(twice)}")
        for question in self.questions:
            if self.graded and question.holds_secrets():
                raise ValueError(f"questions.{question.id}: the key and explanations of a graded quiz belong into solutions/")
            if not self.graded:
                key = question.own_key()
                if key is None:
                    raise ValueError(f"questions.{question.id}: every option needs right and why (a number: value, tolerance, why)")
                self._check_key(question, key)
        return self

    @staticmethod
    def _check_key(question: Question, key: QuestionKey) -> None:
        if question.form == "numeric":
            if key.value is None or key.tolerance is None or key.right is not None:
                raise ValueError(f"questions.{question.id}: give value and tolerance")
            return
        ids = {option.id for option in question.options}
        right = key.right
        if right is None or key.value is not None or not set(right) <= ids or doubled(right):
            raise ValueError(f"questions.{question.id}: right must list option ids of the question")
        if question.form == "multiple":
            if not 1 <= len(right) < len(ids):
                raise ValueError(f"questions.{question.id}: at least one option must be right and one wrong")
        elif len(right) != 1:
            raise ValueError(f"questions.{question.id}: exactly one option must be right")

    def read_own_key(self, data: object) -> QuizKey:
        """The instructor's key: ``{"questions": {"q1": {"right": ["b"]}, "q2": {"value": 3.5, "tolerance": 0.1}}}``. Raises KeyError_."""
        key = self.read_key(QuizKey, data)
        if set(key.questions) != {question.id for question in self.questions}:
            raise self.wrong_key("questions", "must name every question exactly once")
        try:
            for question in self.questions:
                self._check_key(question, key.questions[question.id])
        except ValueError as error:
            raise self.wrong_key("questions", str(error)) from None
        return key

    def question(self, item: str) -> Question:
        """The question with this id. Raises AnswerError."""
        for question in self.questions:
            if question.id == item:
                return question
        raise self.refuse(item)

    def check_answer(self, answer: QuizAnswer) -> None:
        for item, chosen in answer.chosen.items():
            question = self.question(item)
            if question.form == "numeric" or (question.form != "multiple" and len(chosen) > 1):
                raise self.refuse(item, "value_outside")
            self.check_ids(chosen, [option.id for option in question.options])
        for item in answer.typed:
            if self.question(item).form != "numeric":
                raise self.refuse(item, "value_outside")
        self.check_ids(answer.shown, [question.id for question in self.questions])

    def for_learner(self) -> dict[str, Any]:
        return {
            "questions": [
                {
                    "id": question.id,
                    "form": question.form,
                    "text": question.text,
                    "unit": question.unit,
                    "options": [{"id": option.id, "text": option.text} for option in question.options],
                }
                for question in self.questions
            ],
            "explains": not self.graded,
        }

    def open_items(self, answer: QuizAnswer) -> list[str]:
        return [question.id for question in self.questions if not _answered(question, answer)]

    def unreadable(self, answer: QuizAnswer) -> list[str]:
        """Ids of the numeric questions whose typed text is no number."""
        return [item for item, text in answer.typed.items() if text.strip() and read_number(text) is None]

    def feedback(self, answer: QuizAnswer) -> tuple[QuestionVerdict, ...] | None:
        """The verdict on each question whose explanation was asked for; nothing in an exercise."""
        if self.graded:
            return None
        return tuple(self._explain(question, answer) for question in self.questions if question.id in answer.shown)

    def _explain(self, question: Question, answer: QuizAnswer) -> QuestionVerdict:
        key = question.own_key() or QuestionKey()
        chosen = answer.chosen.get(question.id, [])
        options = tuple(OptionVerdict(o.id, bool(o.right), o.id in chosen, o.why) for o in question.options)
        right = question_share(question, answer, key) == 1.0
        return QuestionVerdict(question.id, right, options, question.value, question.unit, question.why)

    def attempted(self, answer: QuizAnswer) -> bool:
        """Whether at least one question is answered."""
        return len(self.open_items(answer)) < len(self.questions)

    def score(self, answer: QuizAnswer, key: QuizKey) -> Score:
        """Every question weighs the same; see ``question_share``."""
        if not self.attempted(answer):
            return Score.not_attempted(self.points)
        shares = [question_share(question, answer, key.questions[question.id]) for question in self.questions]
        earned = self.points * math.fsum(shares) / len(shares)
        return Score.of(self.points, Part("questions", earned, float(self.points)))


def _answered(question: Question, answer: QuizAnswer) -> bool:
    if question.form == "numeric":
        return read_number(answer.typed.get(question.id, "")) is not None
    return bool(answer.chosen.get(question.id))


def question_share(question: Question, answer: QuizAnswer, key: QuestionKey) -> float:
    """How much of one question is right, between 0 and 1.

    Single and true-false: 1 or 0. Multiple: (right chosen − wrong chosen) / right, not below 0. Numeric: 1 within the tolerance.
    """
    if question.form == "numeric":
        value = read_number(answer.typed.get(question.id, ""))
        if value is None or key.value is None or key.tolerance is None:
            return 0.0
        # Half a billionth of slack: 0.3 typed against 0.1 + 0.2 computed must not fail on the last binary digit.
        return float(abs(value - key.value) <= key.tolerance + 5e-10 * max(1.0, abs(key.value)))
    chosen, right = set(answer.chosen.get(question.id, [])), set(key.right or [])
    if question.form == "multiple":
        return max(0.0, (len(chosen & right) - len(chosen - right)) / len(right))
    return float(chosen == right)


def read_number(text: str) -> float | None:
    """The number that a person typed, or None.

    Full-width digits and signs, spaces, thousands separators and a trailing percent sign are taken as they are meant: ``"1,250"``,
    ``"12.5 %"``, ``"3.5"`` are 1250, 12.5 and 3.5.
    """
    plain = "".join(text.translate(_HALF_WIDTH).split()).removesuffix("%")
    whole = plain.partition(".")[0]
    groups = whole.lstrip("+-").split(",")
    if len(groups) > 1:
        if not (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])):
            return None
        plain = plain.replace(",", "")
    if not plain.isascii() or any(c not in "+-.0123456789" for c in plain):
        return None
    try:
        value = float(plain)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
