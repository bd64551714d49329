"""Samples of the kind rubric."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def sheet(grades: str, rater: str = "peer", **more: str) -> Spec:
    """A filled sheet: a grade for each of the items a, b, c …, ``-`` for none."""
    return {"rater": rater, "grades": {chr(97 + n): int(grade) for n, grade in enumerate(grades) if grade != "-"}, **more}


def rubric_spec() -> Spec:
    """Four items with words for the five grades; everybody may look, no points."""
    return spec(
        "rubric",
        case=both("case"),
        grades={"levels": [both(f"level {grade}") for grade in range(1, 6)]},
        items=[{"id": c, "text": both(f"item {c}"), "hint": both(f"hint {c}")} for c in "abcd"],
        raters=["self", "peer", "trainer"],
        note=both("note_on_talking"),
    )


def graded_rubric_spec() -> Spec:
    """Two items with words for both ends, filled by a colleague or the trainer; 6 points for a complete sheet."""
    grades = {"anchors": {"first": both("not seen"), "last": both("in full")}}
    items = [{"id": c, "text": both(f"item {c}")} for c in "ab"]
    return spec("rubric", points=6, grades=grades, items=items, raters=["peer", "trainer"], most_sheets=2)


def scaled_rubric_spec() -> Spec:
    """Two groups: three items as they are (15), two scaled to 8 points; 80 points by hand and 3 for a complete sheet."""
    groups: list[Spec] = [
        {"id": "early", "title": both("early"), "items": ["a", "b", "c"]},
        {"id": "late", "title": both("late"), "items": ["d", "e"], "scaled_to": 8},
    ]
    items = [{"id": c, "text": both(f"item {c}")} for c in "abcde"]
    return {**graded_rubric_spec(), "points": 83, "hand": 80, "items": items, "groups": groups}


SPECS: Makers = {"rubric": rubric_spec, "graded_rubric": graded_rubric_spec, "scaled_rubric": scaled_rubric_spec}

COMPLETE: dict[str, Spec] = {
    "rubric": {"sheets": {"s1": sheet("4434", "self"), "s2": sheet("4424", by="WF", of="LM", remark="You looked up.\nThen you asked.")}},
    "graded_rubric": {"sheets": {"s1": sheet("15", by="WF")}},
    "scaled_rubric": {"sheets": {"s1": sheet("54321", "trainer")}},
}
