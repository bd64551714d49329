from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course import catalog
from course.activities import Dialogue, DialogueAnswer
from course.activities.dialogue import Level, Review
from course.activities.dialogue_graph import Graph, Route, best, check, check_points, endings_first, worst
from course.errors import AnswerError, KeyError_
from course.language import LANGUAGES, Language, explain, in_language
from tests.samples import DIALOGUE_KEY, Spec, both, changed, dialogue, refusal, without
from tests.samples.dialogues import dialogue_spec, graded_dialogue_spec

PRACTICE = dialogue("dialogue")
GRADED = dialogue("graded_dialogue")
POINTS: dict[str, int] = DIALOGUE_KEY["lines"]
GALLERY = catalog.activity("gallery.dialogue")


def of(*path: str, reviewed: bool = False) -> DialogueAnswer:
    read: DialogueAnswer = PRACTICE.read_answer({"path": list(path), "reviewed": reviewed})
    return read


def walks(graph: Graph, node: str) -> Iterator[tuple[str, ...]]:
    """Every talk from a node to an ending, found by trying all."""
    if not graph[node]:
        yield ()
    for line, to in graph[node].items():
        for rest in walks(graph, to):
            yield (line, *rest)


def worth(graph: Graph, points: dict[str, int], node: str, path: tuple[str, ...]) -> int:
    total = 0
    for line in path:
        total += points[f"{node}.{line}"]
        node = graph[node][line]
    return total


def reached(graph: Graph, start: str) -> set[str]:
    """The nodes that a talk from this one can come to, and this one."""
    return {start}.union(*(reached(graph, to) for to in graph[start].values()))


WALKS = list(walks(PRACTICE.graph, "hello"))
paths = st.sampled_from(WALKS).flatmap(lambda walk: st.integers(0, len(walk)).map(lambda n: walk[:n]))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Graph, dict[str, int]]:
    """A graph whose lines all lead on, so that it has no circle, and the points of its lines."""
    size = draw(st.integers(2, 8))
    graph: dict[str, dict[str, str]] = {}
    for n in range(size):
        onward = st.integers(n + 1, size - 1).map(lambda to: f"n{to}")
        targets = draw(st.lists(onward, min_size=2, max_size=4) | st.just([])) if n < size - 1 else []
        graph[f"n{n}"] = {f"l{k}": to for k, to in enumerate(targets)}
    return graph, {f"{node}.{line}": draw(st.integers(0, 5)) for node, lines in graph.items() for line in lines}


# The graph.


@given(graphs())
def test_best_and_worst_path_of_every_node_are_those_found_by_trying_all(drawn: tuple[Graph, dict[str, int]]) -> None:
    graph, points = drawn
    for node in graph:
        worths = [worth(graph, points, node, walk) for walk in walks(graph, node)]
        for route, wanted in ((best(graph, points)[node], max(worths)), (worst(graph, points)[node], min(worths))):
            assert route.points == wanted == worth(graph, points, node, route.lines)
            assert route.lines in list(walks(graph, node))


@given(graphs())
def test_every_node_comes_after_those_that_it_leads_to(drawn: tuple[Graph, dict[str, int]]) -> None:
    graph, _ = drawn
    order = endings_first(graph)
    assert sorted(order) == sorted(graph)
    assert all(order.index(to) < order.index(node) for node, lines in graph.items() for to in lines.values())


@given(graphs())
def test_a_graph_is_taken_exactly_if_all_is_reached_and_two_endings_are_there(drawn: tuple[Graph, dict[str, int]]) -> None:
    graph, _ = drawn
    if reached(graph, "n0") == set(graph) and sum(not lines for lines in graph.values()) >= 2:
        check(graph, "n0")
        return
    with pytest.raises(ValueError, match=r"no talk reaches|at least two endings"):
        check(graph, "n0")


@given(graphs(), st.data())
def test_a_line_that_leads_back_is_a_circle_whose_nodes_are_named_in_the_order_of_the_talk(
    drawn: tuple[Graph, dict[str, int]], data: st.DataObject
) -> None:
    graph = {node: dict(lines) for node, lines in drawn[0].items()}
    node = data.draw(st.sampled_from(sorted(graph)))
    before = [early for early in graph if node in reached(graph, early)]
    graph[node]["back"] = data.draw(st.sampled_from(before))
    with pytest.raises(ValueError, match="round in a circle") as caught:
        check(graph, "n0")
    named = str(caught.value).removeprefix("nodes: the talk goes round in a circle: ").partition(";")[0].split(" → ")
    assert named[0] == named[-1]
    assert all(to in graph[at].values() for at, to in pairwise(named))


@given(graphs())
def test_points_are_taken_exactly_if_they_tell_the_ways_apart_and_each_nodes_richest_line_begins_its_best_way(
    drawn: tuple[Graph, dict[str, int]],
) -> None:
    graph, points = drawn
    routes = best(graph, points)
    apart = routes["n0"].points > worst(graph, points)["n0"].points

    def agrees(node: str, lines: dict[str, str]) -> bool:
        onward = {line: points[f"{node}.{line}"] + routes[to].points for line, to in lines.items()}
        richest = max(points[f"{node}.{line}"] for line in lines)
        return any(onward[line] == routes[node].points for line in lines if points[f"{node}.{line}"] == richest)

    if apart and all(agrees(node, dict(lines)) for node, lines in graph.items() if lines):
        check_points(graph, "n0", points)
        return
    with pytest.raises(ValueError, match=r"must be worth more|has the most points"):
        check_points(graph, "n0", points)


def test_of_equal_ways_the_best_begins_with_the_line_that_earns_more() -> None:
    graph = {"a": {"x": "b", "y": "end"}, "b": {"x": "end", "y": "other"}, "end": {}, "other": {}}
    points = {"a.x": 1, "a.y": 3, "b.x": 2, "b.y": 0}
    assert best(graph, points)["a"] == Route(3, ("y",))


def test_best_and_worst_path_of_a_dialogue_by_its_own_points_and_by_a_key() -> None:
    assert PRACTICE.best_path() == Route(7, ("listen", "offer"))
    assert PRACTICE.worst_path() == Route(0, ("rules", "shout"))
    key = GRADED.read_own_key(DIALOGUE_KEY)
    assert (GRADED.best_path(key), GRADED.worst_path(key)) == (PRACTICE.best_path(), PRACTICE.worst_path())


# What an author reads.


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("nodes.0.lines.0.to", "nowhere", "nodes.hello.lines.listen: to: there is no node nowhere"),
        ("nodes.3.ending", None, "nodes.done: is a dead end; give it two to four lines, or an ending"),
        ("nodes.2.ending", {"title": both("t"), "text": both("t")}, "nodes.plan: has lines and an ending; take one of them out"),
        ("nodes.1.id", "plan", "nodes: ids used twice: plan"),
        ("nodes.0.lines.1.id", "listen", "nodes.hello.lines: ids used twice: listen"),
        ("nodes.2.lines.0.to", "hello", "nodes: the talk goes round in a circle: "),
        ("nodes.2.lines.0.to", "plan", "nodes: the talk goes round in a circle: plan → plan; "),
        ("nodes.1.lines.2.to", "done", "nodes: no talk reaches left; let a line lead there, or take it out"),
        ("start", "plan", "nodes: no talk reaches hello, angry, left; "),
        ("start", "nowhere", "start: there is no node nowhere"),
        ("nodes.0.lines.0.points", None, "nodes.hello.lines.listen: needs points and why"),
        ("nodes.0.lines.1.why", None, "nodes.hello.lines.rules: needs points and why"),
        ("nodes.2.lines.1.points", 3, "nodes.plan: all lines have the same points, so there is nothing to learn; tell them apart"),
        ("nodes.0.lines.1.points", 3, "nodes.hello: listen has the most points here, but by rules one earns more in the end; "),
        ("nodes.0.lines.0.points", -1, "nodes.0.lines.0.points: "),
        ("nodes.0.lines.0.temper", 6, "nodes.0.lines.0.temper: "),
        ("nodes.0.lines.0.trust", -6, "nodes.0.lines.0.trust: "),
        ("nodes.0.mood", "grumpy", "nodes.0.mood: "),
        ("temper", 11, "temper: "),
        ("trust", -1, "trust: "),
        ("nodes", [], "nodes: "),
    ],
)
def test_a_fault_is_named_by_node_and_line(tmp_path: Path, path: str, value: Any, message: str) -> None:
    spec = {**dialogue_spec(), "start": "hello"}
    if path == "nodes.0.lines.1.points":
        spec = changed(spec, "nodes.1.lines.0.points", 4)
    assert refusal(tmp_path, changed(spec, path, value)).startswith(message)


@pytest.mark.parametrize("count", [1, 5])
def test_a_node_has_two_to_four_lines(tmp_path: Path, count: int) -> None:
    spec = dialogue_spec()
    line = spec["nodes"][2]["lines"][0]
    spec["nodes"][2]["lines"] = [{**line, "id": f"l{n}", "points": n} for n in range(count)]
    assert refusal(tmp_path, spec) == "nodes.plan.lines: give two to four to choose from"


def test_a_single_ending_is_refused(tmp_path: Path) -> None:
    spec = changed(dialogue_spec(), "nodes.1.lines.2.to", "done")
    del spec["nodes"][4]
    assert refusal(tmp_path, spec) == "nodes: give at least two endings, or nothing depends on what is said"


@pytest.mark.parametrize("field", ["case", "you", "customer", "temper", "trust", "nodes"])
def test_a_missing_field_of_a_dialogue_is_named(tmp_path: Path, field: str) -> None:
    assert refusal(tmp_path, without(dialogue_spec(), field)) == f"{field}: is missing; add it"


@pytest.mark.parametrize(("field", "value"), [("points", 3), ("points", 0), ("why", both("because"))])
def test_a_graded_dialogue_holds_no_points_and_no_reasons(tmp_path: Path, field: str, value: Any) -> None:
    spec = graded_dialogue_spec()
    spec["nodes"][0]["lines"][1][field] = value
    assert refusal(tmp_path, spec).startswith("nodes.hello.lines.rules: points and why of a graded dialogue belong into solutions/")


def test_forty_nodes_are_the_most(tmp_path: Path) -> None:
    spec = dialogue_spec()
    endings = [{**spec["nodes"][3], "id": f"e{n}"} for n in range(36)]
    assert refusal(tmp_path, {**spec, "nodes": [*spec["nodes"], *endings]}).startswith("nodes: ")


def test_the_talk_begins_at_the_first_node_unless_told_otherwise() -> None:
    nodes = dialogue_spec()["nodes"]
    assert dialogue("dialogue").first == "hello"
    turned = dialogue("dialogue", nodes=[*nodes[1:], nodes[0]], start="hello")
    assert turned.talk(turned.read_answer({})).says == turned.by_id["hello"].says


# The answer.


@pytest.mark.parametrize(
    ("path", "step", "item"),
    [
        (["shout"], 1, "shout"),
        (["listen", "own"], 2, "own"),
        (["rules", "own", "offer", "offer"], 4, "offer"),
        (["rules", "nobody"], 2, "nobody"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_that_cannot_be_said_there_is_named_with_its_step(path: list[str], step: int, item: str, language: Language) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer({"path": path})
    assert (caught.value.sentence, caught.value.values["step"], caught.value.values["item"]) == ("wrong_step", step, item)
    assert f"“{item}”" in explain(caught.value, language)
    assert str(step) in explain(caught.value, language)


@pytest.mark.parametrize(
    "bad", [{"path": ["listen"] * 40}, {"path": "listen"}, {"path": ["x\n"]}, {"path": ["A"]}, {"reviewed": 1}, {"path": None}]
)
def test_what_is_no_path_is_malformed(bad: Spec) -> None:
    with pytest.raises(AnswerError) as caught:
        PRACTICE.read_answer(bad)
    assert caught.value.sentence == "malformed_answer"


@given(paths)
def test_every_walk_is_an_answer_and_open_until_its_ending(path: tuple[str, ...]) -> None:
    answer = of(*path)
    assert PRACTICE.open_items(answer) == ([] if path in WALKS else ["ending"])
    assert PRACTICE.attempted(answer) is bool(path)


@given(st.lists(st.sampled_from(["listen", "rules", "own", "limit", "shout", "offer", "gift"]), max_size=4))
def test_exactly_the_beginnings_of_walks_are_answers(path: list[str]) -> None:
    if any(walk[: len(path)] == tuple(path) for walk in WALKS):
        assert of(*path).path == path
        return
    with pytest.raises(AnswerError):
        of(*path)


# The talk.


def test_temper_and_trust_move_with_every_line_and_stay_between_0_and_10() -> None:
    talk = PRACTICE.talk(of("rules", "shout"))
    assert [(turn.temper, turn.trust) for turn in talk.turns] == [(Level(6, 9), Level(4, 1)), (Level(9, 10), Level(1, 0))]
    assert (talk.temper, talk.trust) == (Level(9, 10), Level(1, 0))


def test_what_was_cut_off_at_the_edge_is_not_owed_afterwards() -> None:
    talk = dialogue("dialogue", temper=9).talk(of("rules", "own"))
    assert [turn.temper for turn in talk.turns] == [Level(9, 10), Level(10, 7)]


@given(paths, st.integers(0, 10), st.integers(0, 10))
def test_every_level_follows_on_the_last_one(path: tuple[str, ...], temper: int, trust: int) -> None:
    activity = dialogue("dialogue", temper=temper, trust=trust)
    talk = activity.talk(activity.read_answer({"path": list(path)}))
    for name, start in (("temper", temper), ("trust", trust)):
        levels = [getattr(turn, name) for turn in talk.turns]
        assert all(0 <= level.before <= 10 and 0 <= level.after <= 10 for level in levels)
        assert [level.before for level in levels] == [start, *(level.after for level in levels)][: len(levels)]


def test_a_talk_tells_what_was_said_and_what_can_be_said_now() -> None:
    talk = PRACTICE.talk(of("rules"))
    (turn,) = talk.turns
    assert (turn.node, turn.says.en, turn.mood, turn.line, turn.said.en) == ("hello", "says hello-en", "worried", "rules", "line rules-en")
    assert (talk.says.en, talk.mood, talk.ending) == ("says angry-en", "furious", None)
    assert {choice.id: choice.text.en for choice in talk.choices} == {c: f"line {c}-en" for c in ("own", "limit", "shout")}


def test_an_ending_has_no_lines_and_is_gone_through_again_only_if_asked_for() -> None:
    talk = PRACTICE.talk(of("listen", "gift"))
    assert talk.ending is not None
    assert (talk.choices, talk.ending.title.en, talk.replay) == ((), "ending done-en", False)
    assert PRACTICE.talk(of("listen", "gift", reviewed=True)).replay is True
    assert PRACTICE.talk(of("listen", reviewed=True)).replay is False


def test_lines_are_shown_in_an_order_that_stays_and_is_not_the_authors() -> None:
    nodes = dialogue_spec()["nodes"]
    for node in nodes:
        node["lines"] = node.get("lines", [])[::-1]
    turned = dialogue("dialogue", nodes=nodes)
    shown = {node.id: [line.id for line in node.shuffled()] for node in PRACTICE.nodes}
    assert shown == {node.id: [line.id for line in node.shuffled()] for node in turned.nodes}
    assert any(shown[node.id] != [line.id for line in node.lines] for node in PRACTICE.nodes)


def test_the_best_line_does_not_always_stand_at_one_place() -> None:
    """Over many nodes with lines of the same ids, as authors write them."""
    node = PRACTICE.by_id["angry"]
    places = [[line.id for line in node.model_copy(update={"id": f"n{n}"}).shuffled()].index("own") for n in range(300)]
    assert all(60 < places.count(place) < 140 for place in range(3))


@given(paths, st.sampled_from(LANGUAGES))
def test_the_page_knows_nothing_of_what_lies_ahead(path: tuple[str, ...], language: Language) -> None:
    talk = PRACTICE.talk(of(*path))
    known = json.dumps(in_language([PRACTICE.for_learner(), talk], language), ensure_ascii=False)
    here = {turn.node for turn in talk.turns} | {node.id for node in PRACTICE.nodes if node.says == talk.says}
    assert [node.id for node in PRACTICE.nodes if node.id not in here and node.says.of(language) in known] == []
    assert "because" not in known
    assert '"points"' not in known


# Feedback.


def reviewed(*path: str) -> Review:
    result = PRACTICE.feedback(of(*path, reviewed=True))
    assert result is not None
    return result


def test_a_review_gives_points_reason_and_the_better_line_of_every_step() -> None:
    review = reviewed("rules", "limit", "gift")
    assert (review.points, review.best) == (2, 7)
    assert [verdict.points for verdict in review.verdicts] == [0, 1, 1]
    assert [verdict.why.en for verdict in review.verdicts if verdict.why] == [
        "because_hello.rules.-en",
        "because_angry.limit.-en",
        "because_plan.gift.-en",
    ]
    better = [(verdict.better.said.en, verdict.better.points) for verdict in review.verdicts if verdict.better]
    assert better == [("line listen-en", 4), ("line own-en", 2), ("line offer-en", 3)]


def test_on_the_best_path_nothing_is_better() -> None:
    review = reviewed("listen", "offer")
    assert review.points == review.best == 7
    assert [verdict.better for verdict in review.verdicts] == [None, None]


@given(st.sampled_from(WALKS))
def test_a_line_is_bettered_exactly_if_the_best_way_on_from_its_node_is_worth_more(walk: tuple[str, ...]) -> None:
    routes, node = best(PRACTICE.graph, POINTS), "hello"
    for line, verdict in zip(walk, reviewed(*walk).verdicts, strict=True):
        to = PRACTICE.graph[node][line]
        assert (verdict.better is None) == (POINTS[f"{node}.{line}"] + routes[to].points == routes[node].points)
        node = to


@given(paths)
def test_nothing_is_explained_unasked_unfinished_or_in_an_exercise(path: tuple[str, ...]) -> None:
    assert PRACTICE.feedback(of(*path)) is None
    assert (PRACTICE.feedback(of(*path, reviewed=True)) is not None) is (path in WALKS)
    assert GRADED.feedback(of(*path, reviewed=True)) is None


# The score.


@pytest.mark.parametrize(
    ("path", "points"),
    [
        (["listen", "offer"], 10.0),
        (["listen", "gift"], 7.14),
        (["rules", "own", "offer"], 7.14),
        (["rules", "limit", "gift"], 2.86),
        (["rules", "shout"], 0.0),
        (["listen"], 5.71),
        (["rules"], 0.0),
    ],
)
def test_a_path_earns_its_points_over_those_of_the_best_path(path: list[str], points: float) -> None:
    score = GRADED.score(of(*path), GRADED.read_own_key(DIALOGUE_KEY))
    assert (score.points, score.out_of, score.attempted) == (points, 10.0, True)


@given(paths, st.dictionaries(st.sampled_from(sorted(POINTS)), st.integers(0, 100)), st.integers(1, 100))
def test_every_path_earns_a_float_between_0_and_the_points_and_going_on_never_costs(
    path: tuple[str, ...], more: dict[str, int], points: int
) -> None:
    activity = dialogue("graded_dialogue", points=points)
    try:
        key = activity.read_own_key({"lines": {**POINTS, **more}})
    except KeyError_:
        assume(False)
    earned = [activity.score(of(*path[:n]), key) for n in range(len(path) + 1)]
    assert all(type(score.points) is float and 0.0 <= score.points <= score.out_of == points for score in earned)
    assert [score.points for score in earned] == sorted(score.points for score in earned)
    assert [score.attempted for score in earned] == [False] + [True] * len(path)
    top = activity.score(of(*activity.best_path(key).lines), key)
    assert top.points == points


def test_a_talk_that_was_broken_off_says_so_and_a_finished_one_does_not() -> None:
    key = GRADED.read_own_key(DIALOGUE_KEY)
    assert [part.name for part in GRADED.score(of("listen"), key).parts] == ["path", "unfinished"]
    assert [part.name for part in GRADED.score(of("listen", "gift"), key).parts] == ["path"]
    assert GRADED.score(of(), key).parts == ()


# The key.


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ({name: points for name, points in POINTS.items() if name != "plan.gift"}, "no points for plan.gift"),
        ({**POINTS, "plan.shout": 1}, "there is no plan.shout"),
        (dict.fromkeys(POINTS, 0), "the best path (0) must be worth more than the worst (0)"),
        ({**POINTS, "angry.own": 9}, "nodes.hello: listen has the most points here, but by rules one earns more in the end"),
        ({**POINTS, "plan.gift": -1}, "greater than or equal to 0"),
        ({**POINTS, "plan.gift": 1.5}, "integer"),
        ({**POINTS, "plan.gift": "1"}, "integer"),
        ([], "should be an object"),
    ],
)
def test_a_key_that_does_not_fit_is_named(lines: Any, message: str) -> None:
    with pytest.raises(KeyError_) as caught:
        GRADED.read_own_key({"lines": lines})
    assert str(caught.value).startswith("m01.graded_dialogue: key: lines")
    assert message in str(caught.value)


def test_lines_of_one_node_may_earn_the_same_by_a_key() -> None:
    key = GRADED.read_own_key({"lines": {**POINTS, "angry.limit": 2}})
    assert GRADED.best_path(key).points == 7


# The gallery's.


def test_the_gallerys_dialogue_is_a_small_one_with_three_endings_and_a_way_back_that_costs() -> None:
    assert isinstance(GALLERY, Dialogue)
    assert (len(GALLERY.nodes), sum(node.ending is not None for node in GALLERY.nodes)) == (8, 3)
    assert (GALLERY.best_path().points, GALLERY.worst_path().points) == (10, 0)
    through_abuse = max(
        worth(GALLERY.graph, {f"{n.id}.{line.id}": line.points or 0 for n in GALLERY.nodes for line in n.lines}, GALLERY.first, walk)
        for walk in walks(GALLERY.graph, GALLERY.first)
        if "limit" in walk
    )
    assert 0 < through_abuse < 10
