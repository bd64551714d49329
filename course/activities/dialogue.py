"""Dialogue: a talk with a customer, line by line; what is said moves temper and trust, and leads to one of several endings."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from course.activities import dialogue_graph
from course.activities.base import Activity, Answer, Id, Model, Part, Score, doubled
from course.activities.dialogue_graph import Graph, Route
from course.errors import AnswerError
from course.language import Text

Mood = Literal["calm", "pleased", "relieved", "unsure", "worried", "disappointed", "annoyed", "angry", "furious"]
Effect = Annotated[int, Field(ge=-5, le=5)]
Points = Annotated[int, Field(ge=0, le=100)]
LOWEST, HIGHEST = 0, 10
"""Temper: 0 calm, 10 furious. Trust: 0 none, 10 full."""
MOST_NODES = 40


class Line(Model):
    """One thing to say: the node that it leads to, what it does to temper and trust. ``points`` and ``why`` only in practice."""

    id: Id
    text: Text
    to: Id
    temper: Effect
    trust: Effect
    points: Points | None = None
    why: Text | None = None


class Ending(Model):
    """How a talk ends, and what became of it."""

    title: Text
    text: Text


class Node(Model):
    """What the customer says, in which mood; then either two to four lines to choose from, or the ending."""

    id: Id
    says: Text
    mood: Mood
    lines: list[Line] = []
    ending: Ending | None = None

    def shuffled(self) -> list[Line]:
        """The lines in the order in which they are shown: the same every time, and not the author's, who may write the best one first."""
        return sorted(self.lines, key=lambda line: hashlib.sha256(f"{self.id}.{line.id}".encode()).digest())


class DialogueKey(Model):
    """The points of every line, by ``node.line``."""

    lines: dict[str, Points]


class DialogueAnswer(Answer):
    """``path``: the ids of the lines said, from the start. ``reviewed``: after the ending, the talk was asked for once more."""

    path: list[Id] = Field(default=[], max_length=MOST_NODES - 1)
    reviewed: bool = False


@dataclass(frozen=True)
class Level:
    """Temper or trust before and after a line, each between 0 and 10."""

    before: int
    after: int


@dataclass(frozen=True)
class Turn:
    """One step of a talk: what the customer said, the line that answered it, and what that did."""

    node: str
    says: Text
    mood: Mood
    line: str
    said: Text
    temper: Level
    trust: Level


@dataclass(frozen=True)
class Choice:
    """A line as it is offered, without what it does."""

    id: str
    text: Text


@dataclass(frozen=True)
class Talk:
    """A talk as far as it went: its turns, what the customer says now, and the lines to choose from, or the ending."""

    turns: tuple[Turn, ...]
    says: Text
    mood: Mood
    temper: Level
    trust: Level
    choices: tuple[Choice, ...]
    ending: Ending | None
    replay: bool
    """Whether it is over and was asked for once more."""


@dataclass(frozen=True)
class Better:
    """The line that leads furthest from where one stood."""

    said: Text
    points: int
    why: Text | None


@dataclass(frozen=True)
class Verdict:
    """What one line was worth and why; ``better`` is None where no other line leads further."""

    points: int
    why: Text | None
    better: Better | None


@dataclass(frozen=True)
class Review:
    """A finished talk explained, turn by turn; ``points`` of ``best``, which the best path earns."""

    points: int
    best: int
    verdicts: tuple[Verdict, ...]


class Dialogue(Activity):
    """A branching talk. Its nodes are a graph without cycles, in which every path comes to one of at least two endings."""

    answer_type: ClassVar[type[Answer]] = DialogueAnswer
    keyed: ClassVar[bool] = True

    kind: Literal["dialogue"]
    case: Text
    """Who one is, where, and what has happened."""
    you: Text
    customer: Text
    """The names of the two who speak."""
    start: Id | None = None
    """The first node; without it the first of the list."""
    temper: int = Field(ge=LOWEST, le=HIGHEST)
    trust: int = Field(ge=LOWEST, le=HIGHEST)
    nodes: list[Node] = Field(min_length=2, max_length=MOST_NODES)

    @model_validator(mode="after")
    def _holds_together(self) -> Dialogue:
        if twice := doubled(node.id for node in self.nodes):
            raise ValueError(f"nodes: ids used twice: {', '.join(twice)}")
        for node in self.nodes:
            self._check_node(node)
        if self.first not in self.by_id:
            raise ValueError(f"start: there is no node {self.first}")
        dialogue_graph.check(self.graph, self.first)
        if self.graded:
            return self
        for node in self.nodes:
            if node.lines and len({line.points for line in node.lines}) == 1:
                raise ValueError(f"nodes.{node.id}: all lines have the same points, so there is nothing to learn; tell them apart")
        dialogue_graph.check_points(self.graph, self.first, self._points())
        return self

    def _check_node(self, node: Node) -> None:
        where = f"nodes.{node.id}"
        if not node.lines and node.ending is None:
            raise ValueError(f"{where}: is a dead end; give it two to four lines, or an ending")
        if node.lines and node.ending is not None:
            raise ValueError(f"{where}: has lines and an ending; take one of them out")
        if node.lines and not 2 <= len(node.lines) <= 4:
            raise ValueError(f"{where}.lines: give two to four to choose from")
        if twice := doubled(line.id for line in node.lines):
            raise ValueError(f"{where}.lines: ids used twice: {', '.join(twice)}")
        for line in node.lines:
            if line.to not in self.by_id:
                raise ValueError(f"{where}.lines.{line.id}: to: there is no node {line.to}")
            if self.graded and (line.points is not None or line.why is not None):
                raise ValueError(f"{where}.lines.{line.id}: points and why of a graded dialogue belong into solutions/, not here")
            if not self.graded and (line.points is None or line.why is None):
                raise ValueError(f"{where}.lines.{line.id}: needs points and why")

    @property
    def first(self) -> str:
        """The id of the node where every talk begins."""
        return self.start or self.nodes[0].id

    @property
    def by_id(self) -> dict[str, Node]:
        """The nodes by their ids."""
        return {node.id: node for node in self.nodes}

    @property
    def graph(self) -> Graph:
        """Where each line of each node leads."""
        return {node.id: {line.id: line.to for line in node.lines} for node in self.nodes}

    @property
    def draws(self) -> bool:
        return True

    def _points(self, key: DialogueKey | None = None) -> dict[str, int]:
        """The points of every line by ``node.line``: the key's, or those of the specification itself (0 in an exercise)."""
        return key.lines if key else {f"{node.id}.{line.id}": line.points or 0 for node in self.nodes for line in node.lines}

    def best_path(self, key: DialogueKey | None = None) -> Route:
        """The path that earns most, by the key or else by the points of a practice dialogue."""
        return dialogue_graph.best(self.graph, self._points(key))[self.first]

    def worst_path(self, key: DialogueKey | None = None) -> Route:
        """The path that earns least, by the key or else by the points of a practice dialogue."""
        return dialogue_graph.worst(self.graph, self._points(key))[self.first]

    def read_own_key(self, data: object) -> DialogueKey:
        """The instructor's key: the points of every line, ``{"lines": {"hello.listen": 3, "hello.rules": 0, …}}``. Raises KeyError_."""
        key = self.read_key(DialogueKey, data)
        lines = self._points()
        if missing := sorted(set(lines) - set(key.lines)):
            raise self.wrong_key("lines", f"no points for {', '.join(missing)}")
        if unknown := sorted(set(key.lines) - set(lines)):
            raise self.wrong_key("lines", f"there is no {', '.join(unknown)}")
        try:
            dialogue_graph.check_points(self.graph, self.first, key.lines)
        except ValueError as error:
            raise self.wrong_key("lines", str(error)) from None
        return key

    def check_answer(self, answer: DialogueAnswer) -> None:
        self.walked(answer)

    def walked(self, answer: DialogueAnswer) -> list[tuple[Node, Line]]:
        """The nodes where something was said, each with the line, from the start. Raises AnswerError that names the first wrong step."""
        nodes, at, found = self.by_id, self.first, []
        for step, said in enumerate(answer.path, start=1):
            line = next((line for line in nodes[at].lines if line.id == said), None)
            if line is None:
                raise AnswerError("wrong_step", activity=self.id, step=step, item=said)
            found.append((nodes[at], line))
            at = line.to
        return found

    def talk(self, answer: DialogueAnswer) -> Talk:
        """The talk as far as the answer goes, with temper and trust kept between 0 and 10 at every step."""
        at, turns = self.first, []
        temper, trust = Level(self.temper, self.temper), Level(self.trust, self.trust)
        for place, line in self.walked(answer):
            temper, trust = _moved(temper, line.temper), _moved(trust, line.trust)
            turns.append(Turn(place.id, place.says, place.mood, line.id, line.text, temper, trust))
            at = line.to
        node = self.by_id[at]
        return Talk(
            turns=tuple(turns),
            says=node.says,
            mood=node.mood,
            temper=temper,
            trust=trust,
            choices=tuple(Choice(line.id, line.text) for line in node.shuffled()),
            ending=node.ending,
            replay=answer.reviewed and node.ending is not None,
        )

    def for_learner(self) -> dict[str, Any]:
        # The nodes stay away: the page gets each as the talk reaches it.
        return {"case": self.case, "you": self.you, "customer": self.customer, "graded": self.graded}

    def open_items(self, answer: DialogueAnswer) -> list[str]:
        return [] if self.talk(answer).ending else ["ending"]

    def attempted(self, answer: DialogueAnswer) -> bool:
        """Whether anything was said."""
        return bool(answer.path)

    def feedback(self, answer: DialogueAnswer) -> Review | None:
        """A finished talk explained, once asked for; nothing in an exercise."""
        if self.graded or not self.talk(answer).replay:
            return None
        walked, routes = self.walked(answer), dialogue_graph.best(self.graph, self._points())
        return Review(
            points=sum(line.points or 0 for _, line in walked),
            best=routes[self.first].points,
            verdicts=tuple(_verdict(node, line, routes) for node, line in walked),
        )

    def score(self, answer: DialogueAnswer, key: DialogueKey) -> Score:
        """The points of the path so far over those of the best path. A second part of 0 points says that no ending was reached."""
        if not self.attempted(answer):
            return Score.not_attempted(self.auto_points)
        earned = sum(key.lines[f"{node.id}.{line.id}"] for node, line in self.walked(answer))
        parts = [Part("path", self.auto_points * earned / self.best_path(key).points, float(self.auto_points))]
        if self.open_items(answer):
            parts.append(Part("unfinished", 0.0, 0.0))
        return Score.of(self.auto_points, *parts)


def _moved(level: Level, effect: int) -> Level:
    return Level(level.after, min(max(level.after + effect, LOWEST), HIGHEST))


def _verdict(node: Node, line: Line, routes: dict[str, Route]) -> Verdict:
    """A line of a practice dialogue beside the one that the best way on from its node begins with."""
    better = next(other for other in node.lines if other.id == routes[node.id].lines[0])
    points = line.points or 0
    as_good = points + routes[line.to].points == routes[node.id].points
    return Verdict(points, line.why, None if as_good else Better(better.text, better.points or 0, better.why))
