"""Samples of the kind dialogue."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec

DIALOGUE_KEY: Spec = {
    "lines": {"hello.listen": 4, "hello.rules": 0, "angry.own": 2, "angry.limit": 1, "angry.shout": 0, "plan.offer": 3, "plan.gift": 1}
}
"""The best path (listen, offer) earns 7, the worst (rules, shout) nothing."""
_WAYS = {
    "hello": {"listen": ("plan", -2, 2), "rules": ("angry", 3, -3)},
    "angry": {"own": ("plan", -3, 2), "limit": ("plan", -5, 0), "shout": ("left", 5, -5)},
    "plan": {"offer": ("done", -2, 5), "gift": ("done", 0, 1)},
}
"""Nodes, lines, and for each line its target and what it does to temper and trust."""
_MOODS = {"hello": "worried", "angry": "furious", "plan": "unsure", "done": "pleased", "left": "angry"}


def graded_dialogue_spec() -> Spec:
    """Three nodes to speak at and two endings; 10 points."""
    nodes: list[Spec] = [{"id": node, "says": both(f"says {node}"), "mood": mood} for node, mood in _MOODS.items()]
    for node in nodes:
        ways = _WAYS.get(node["id"])
        if ways is None:
            node["ending"] = {"title": both(f"ending {node['id']}"), "text": both(f"after {node['id']}")}
            continue
        node["lines"] = [
            {"id": line, "text": both(f"line {line}"), "to": to, "temper": temper, "trust": trust}
            for line, (to, temper, trust) in ways.items()
        ]
    return spec("dialogue", points=10, case=both("case"), you=both("you"), customer=both("customer"), temper=6, trust=4, nodes=nodes)


def dialogue_spec() -> Spec:
    """The same for practice: every line has its points and says why."""
    sample = {**graded_dialogue_spec(), "points": 0}
    for node in sample["nodes"]:
        for line in node.get("lines", []):
            name = f"{node['id']}.{line['id']}"
            line.update(points=DIALOGUE_KEY["lines"][name], why=both(f"because_{name}."))
    return sample


SPECS: Makers = {"dialogue": dialogue_spec, "graded_dialogue": graded_dialogue_spec}

COMPLETE: dict[str, Spec] = {
    "dialogue": {"path": ["rules", "own", "gift"], "reviewed": True},
    "graded_dialogue": {"path": ["listen", "offer"]},
}
