from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.errors import AnswerError
from course.language import in_language
from tests.samples import changed, figure, refusal
from tests.samples.figures import figure_spec

FIGURE = figure("figure")


def test_nothing_is_asked_so_nothing_is_open_attempted_or_said() -> None:
    answer = FIGURE.read_answer({})
    assert FIGURE.open_items(answer) == []
    assert not FIGURE.attempted(answer)
    assert FIGURE.feedback(answer) is None
    assert not FIGURE.graded


def test_an_answer_to_a_figure_is_refused() -> None:
    with pytest.raises(AnswerError) as caught:
        FIGURE.read_answer({"liked": True})
    assert caught.value.values == {"activity": "m01.figure", "item": "liked"}


def test_the_view_gets_caption_and_source() -> None:
    assert in_language(FIGURE.for_learner(), "en") == {"caption": "caption-en", "source": "survey of 1979-en"}


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("points", 1, "points: a figure asks nothing"),
        ("categories", [], "categories"),
        ("series", [], "series"),
        ("series.1.id", "now", "series: ids used twice: now"),
        ("series.0.values", [1, 2], "series.now: needs one value for each of the 3 categories"),
        ("series.0.values", [1, 2, 3, 4], "series.now"),
        ("series.0.values", [], "series.0.values"),
        ("series.0.values", [1, "2", 3], "series.0.values.1"),
        ("series.0.values", [1, None, 3], "series.0.values.1"),
        ("series.0.values", [1, float("nan"), 3], "series.0.values.1"),
        ("series.0.values", [1, float("inf"), 3], "series.0.values.1"),
        ("source", None, "source"),
        ("value_axis.en", " ", "value_axis.en"),
        ("colour", "red", "colour"),
    ],
)
def test_a_figure_that_does_not_hold_is_refused_with_its_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(figure_spec(), path, value)).startswith(field)
