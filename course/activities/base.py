"""What every kind of activity has in common: a specification, an answer, a score. Pure: no files, no widgets, no nbgrader."""

from __future__ import annotations

import json
import math
from abc import abstractmethod
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from course.errors import AnswerError, ContentError, KeyError_
from course.language import Text

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
ActivityId = Annotated[str, StringConstraints(pattern=r"^(m[0-9][0-9]|gallery)\.[a-z][a-z0-9_]{0,59}$")]


class Model(BaseModel):
    """A strict, frozen model: unknown fields are refused, nothing is silently converted."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @classmethod
    def read(cls, data: object) -> Self:
        """Validate plain JSON data (from YAML, from a widget, from a file) with JSON's own types.

        Raises pydantic's ValidationError for anything that does not fit, whatever it is.
        """
        return cls.model_validate_json(json.dumps(data, default=str))


UNREADABLE = (ValidationError, ValueError, TypeError, RecursionError)
"""All that ``Model.read`` can raise, whatever it is given."""

KeyT = TypeVar("KeyT", bound=Model)


@dataclass(frozen=True)
class Part:
    """Points earned for one aspect of an activity, ``0 <= points <= out_of``; ``name`` is a word of the interface texts."""

    name: str
    points: float
    out_of: float


@dataclass(frozen=True)
class Score:
    """What an answer earns. ``points`` is a built-in float between 0 and ``out_of``, rounded to two decimals."""

    points: float
    out_of: float
    attempted: bool
    parts: tuple[Part, ...] = ()

    @classmethod
    def of(cls, out_of: float, *parts: Part) -> Score:
        """The score of an attempted answer: the sum of its parts, clamped to ``0..out_of`` (nbgrader aborts on anything above)."""
        total = float(sum(part.points for part in parts))
        return cls(points(total, out_of), float(out_of), True, parts)

    @classmethod
    def not_attempted(cls, out_of: float) -> Score:
        """Nothing was answered: 0 points, and it says so."""
        return cls(0.0, float(out_of), False)


def points(value: float, out_of: float) -> float:
    """Clamp to ``0..out_of`` and round to two decimals; what is no number is 0.

    Always a built-in float: a numpy float scores full marks in nbgrader.
    """
    if not math.isfinite(value):
        return 0.0
    return float(min(max(round(float(value), 2), 0.0), float(out_of)))


class Answer(Model):
    """A learner's answer by stable item ids. An empty answer is a valid one: nothing is answered yet."""


class Activity(Model):
    """The specification of one activity, as ``content/mNN/<name>.yaml`` holds it; ``id`` comes from the file's place.

    Subclasses set ``kind`` and ``answer_type`` and say what an answer means.
    """

    answer_type: ClassVar[type[Answer]]
    self_rating: ClassVar[bool] = False
    """A self-rating is private; in an exercise only its completion is handed in (and counts)."""
    keyed: ClassVar[bool] = False
    """Whether ``mark`` needs the instructor's key to score it."""
    stored: ClassVar[bool] = True
    """Whether what the learner enters is kept."""

    id: ActivityId
    kind: str
    title: Text
    intro: Text
    points: int = Field(default=0, ge=0, le=100)
    """Points in the module's exercise; 0 for an activity that stands in the lesson alone."""

    @property
    def module(self) -> str:
        """``m08`` of ``m08.ticket``."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """``ticket`` of ``m08.ticket``."""
        return self.id.partition(".")[2]

    @property
    def graded(self) -> bool:
        """Whether the exercise gives points for it."""
        return self.points > 0

    @property
    def hand_points(self) -> int:
        """How many of the points a person gives, in the formgrader."""
        return 0

    @property
    def auto_points(self) -> int:
        """How many of the points the program gives."""
        return self.points - self.hand_points

    @property
    def draws(self) -> bool:
        """Whether a plotly chart goes with it."""
        return False

    def read_answer(self, data: object) -> Any:
        """Validate an answer, whatever it is (widget message, file content).

        Returns an instance of ``answer_type``. Raises AnswerError, which names the activity and the item, for everything else.
        """
        try:
            answer = self.answer_type.read(data)
        except UNREADABLE as error:
            raise self.malformed(error) from None
        self.check_answer(answer)
        return answer

    def read_handed_in(self, data: object) -> Any:
        """Validate what an exercise hands in of it: the answer, but of a self-rating only its completion. Raises AnswerError."""
        return self.read_answer(data)

    def read_own_key(self, data: object) -> Any:
        """The instructor's key to a keyed activity, as ``mark(…, key=…)`` gives it. Raises KeyError_."""
        raise self.wrong_key("", f"a {self.kind} has no key; take it out")

    def score(self, answer: Any, key: Any) -> Score:
        """What the answer earns of ``auto_points``, by the key where the kind is keyed. Raises KeyError_ where a kind has no score."""
        raise KeyError_(self.id, "", f"a {self.kind} has no score; take mark() out")

    @abstractmethod
    def check_answer(self, answer: Any) -> None:
        """Raise AnswerError where a well-formed answer names what this activity does not have."""

    @abstractmethod
    def for_learner(self) -> dict[str, Any]:
        """What a view draws: texts and ids without keys, reasons or explanations."""

    @abstractmethod
    def open_items(self, answer: Any) -> list[str]:
        """The ids that are still to be answered, in order; empty when the answer is complete."""

    @abstractmethod
    def feedback(self, answer: Any) -> Any:
        """What a learner reads back at once (a dataclass of texts and numbers), or None while there is nothing to say."""

    def attempted(self, answer: Any) -> bool:
        """Whether anything at all was answered."""
        return bool(answer != self.answer_type())

    def malformed(self, error: Exception) -> AnswerError:
        """The error for an answer that has not even the form of one."""
        place = first_problem(error)[0] if isinstance(error, ValidationError) else ""
        return AnswerError("malformed_answer", activity=self.id, item=printable(place) or "–")

    def refuse(self, item: str, sentence: str = "unknown_item") -> AnswerError:
        """The error for one item of an answer."""
        return AnswerError(sentence, activity=self.id, item=printable(item))

    def check_ids(self, given: Iterable[str], known: Collection[str]) -> None:
        """Raise AnswerError that names the first unknown or doubled id."""
        seen: set[str] = set()
        for item in given:
            if item not in known:
                raise self.refuse(item)
            if item in seen:
                raise self.refuse(item, "doubled_item")
            seen.add(item)

    def wrong(self, field: str, problem: str) -> ContentError:
        """The error for one field of this specification."""
        return ContentError(self.id, field, problem)

    def wrong_key(self, field: str, problem: str) -> KeyError_:
        """The error for one field of an instructor's key to this activity."""
        return KeyError_(self.id, f"key: {field}", problem)

    def read_key(self, key_type: type[KeyT], data: object) -> KeyT:
        """Validate the form of an instructor's key. Raises KeyError_ that names the field."""
        try:
            return key_type.read(data)
        except ValidationError as error:
            raise self.wrong_key(*first_problem(error)) from None
        except UNREADABLE as error:
            raise self.wrong_key("", f"is no plain data: {error}") from None


def doubled(ids: Iterable[str]) -> list[str]:
    """The ids that occur more than once, sorted."""
    return sorted(item for item, times in Counter(ids).items() if times > 1)


def printable(item: str, most: int = 80) -> str:
    """A submission's own words, cut and without control characters: they must not write lines into what an instructor reads."""
    return "".join(character if character.isprintable() else "�" for character in item[:most])


def first_problem(error: ValidationError) -> tuple[str, str]:
    """Field path and message of the first problem that pydantic found."""
    problem = error.errors(include_url=False)[0]
    path = ".".join(str(step) for step in problem["loc"])
    return path, problem["msg"]
