"""The graph behind a dialogue: whether every talk comes to an end, and what the best and the worst way through are worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

Graph = Mapping[str, Mapping[str, str]]
"""For each node its lines, and for each line the node that it leads to. An ending has no lines."""
Points = Mapping[str, int]
"""The points of each line by ``node.line``."""


@dataclass(frozen=True)
class Route:
    """A way from a node to an ending: the ids of its lines, and the points that they earn together."""

    points: int
    lines: tuple[str, ...]


def check(graph: Graph, start: str) -> None:
    """Raise ValueError, which names the nodes, where a talk from ``start`` may not end, or a node can never be reached.

    Every line must lead to a node of the graph.
    """
    try:
        order = endings_first(graph)
    except CycleError as error:
        # graphlib names each node after the one it leads to; a reader follows the talk.
        circle = " → ".join(reversed(error.args[1]))
        raise ValueError(f"nodes: the talk goes round in a circle: {circle}; let one of these lines lead on instead") from None
    reached = {start}
    for node in reversed(order):
        if node in reached:
            reached.update(graph[node].values())
    if lost := [node for node in graph if node not in reached]:
        raise ValueError(f"nodes: no talk reaches {', '.join(lost)}; let a line lead there, or take it out")
    if sum(not lines for lines in graph.values()) < 2:
        raise ValueError("nodes: give at least two endings, or nothing depends on what is said")


def endings_first(graph: Graph) -> list[str]:
    """All nodes, each after those that it leads to. Raises graphlib.CycleError."""
    return list(TopologicalSorter({node: lines.values() for node, lines in graph.items()}).static_order())


def best(graph: Graph, points: Points) -> dict[str, Route]:
    """The best way on from every node; of equal ways the one whose first line earns more."""
    return _routes(graph, points, 1)


def worst(graph: Graph, points: Points) -> dict[str, Route]:
    """The worst way on from every node."""
    return _routes(graph, points, -1)


def _routes(graph: Graph, points: Points, sign: int) -> dict[str, Route]:
    """Dynamic programming over the graph without cycles: an ending is worth nothing more, a node what its best (or worst) line brings."""
    found: dict[str, Route] = {}
    for node in endings_first(graph):
        onward = [
            (points[f"{node}.{line}"], Route(points[f"{node}.{line}"] + found[to].points, (line, *found[to].lines)))
            for line, to in graph[node].items()
        ]
        found[node] = max(onward, key=lambda way: (sign * way[1].points, sign * way[0]))[1] if onward else Route(0, ())
    return found


def check_points(graph: Graph, start: str, points: Points) -> None:
    """Raise ValueError, which names the node, where the points do not tell the ways through apart or contradict one another."""
    routes = best(graph, points)
    highest, lowest = routes[start].points, worst(graph, points)[start].points
    if highest <= lowest:
        raise ValueError(f"points: the best path ({highest}) must be worth more than the worst ({lowest})")
    for node, lines in graph.items():
        most = max((points[f"{node}.{line}"] for line in lines), default=0)
        if lines and points[f"{node}.{routes[node].lines[0]}"] < most:
            richest = next(line for line in lines if points[f"{node}.{line}"] == most)
            raise ValueError(
                f"nodes.{node}: {richest} has the most points here, but by {routes[node].lines[0]} one earns more in the end; "
                f"give {richest}, or what follows it, more points"
            )
