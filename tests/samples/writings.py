"""Samples of the kind writing."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def graded_writing_spec() -> Spec:
    """Two fields to write in and a checklist; 6 points given by hand."""
    fields = [{"id": c, "prompt": both(f"prompt {c}"), "hint": both(f"hint {c}")} for c in "ab"]
    return spec("writing", points=6, case=both("case"), fields=fields, checklist=[both("is it polite"), both("is it clear")])


def writing_spec() -> Spec:
    """The same for practice, with a sample."""
    return {**graded_writing_spec(), "points": 0, "sample": both("sample text")}


SPECS: Makers = {"writing": writing_spec, "graded_writing": graded_writing_spec}

COMPLETE: dict[str, Spec] = {
    "writing": {"texts": {"a": "Dear Ms Fang", "b": "Yours"}, "compared": True},
    "graded_writing": {"texts": {"a": "Dear Ms Fang", "b": "Yours"}},
}
