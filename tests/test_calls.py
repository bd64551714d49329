"""Calls in cells are read, not run."""

from __future__ import annotations

import pytest

from course.calls import calls, first_argument, only_call


def test_calls_are_found_in_order_however_they_are_spaced() -> None:
    source = 'show( "m01.a" )\nprint(show(\'m01.b\'))\nother("m01.c")'
    assert [first_argument(call) for call in calls(source, "show")] == ["m01.a", "m01.b"]


@pytest.mark.parametrize("source", ["show()", "show(name)", "show(1)", "show(*names)"])
def test_an_argument_that_is_no_plain_text_is_empty(source: str) -> None:
    assert [first_argument(call) for call in calls(source, "show")] == [""]


@pytest.mark.parametrize("source", ['mark("a")', '# a comment\nmark("a")', 'mark("a", key={"order": [["x"],\n ["y"]]})\n'])
def test_a_cell_that_is_one_call_is_recognised(source: str) -> None:
    assert only_call(source, "mark") is not None


@pytest.mark.parametrize(
    "source", ["", 'x = mark("a")', 'mark("a");', 'mark("a"); 1', 'mark("a")\nmark("b")', 'other("a")', 'm.mark("a")', "1"]
)
def test_anything_else_is_not(source: str) -> None:
    assert only_call(source, "mark") is None
