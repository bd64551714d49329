from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course.activities.scorecard_cells import alike, read_date
from tests.samples import scorecard

_, _, SCORE, WAIT, *_ = scorecard("scorecard").columns


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("600", 600), (" 1５ ", 15), ("1.0", 1), ("601", None), ("-1", None), ("1.5", None), ("ten", None), ("1e2", None)],
)
def test_a_whole_number_within_the_range_is_read_and_nothing_else(text: str, number: int | None) -> None:
    assert WAIT.number(text) == number


@pytest.mark.parametrize(("text", "number"), [("-3", -3), ("−３", -3), ("+2", 2), ("＋2", 2), ("4", None), ("-4", None)])
def test_signs_are_read_as_they_are_typed(text: str, number: int | None) -> None:
    assert SCORE.number(text) == number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2025-03-01", date(2025, 3, 1)),
        (" ２０２５-03-01 ", date(2025, 3, 1)),
        ("2025-02-30", None),
        ("2025-3-1", None),
        ("20250301", None),
        ("2025-W01-1", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date_is_read_only_as_a_date_picker_writes_it(text: str, read: date | None) -> None:
    assert read_date(text) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ring him", "ring  him."), ("打电话", "打 电 话！"), ("ＡＢＣ", "abc"), ("Straße", "STRASSE"), ("ﬁne", "FINE"), ("a\u200bb", "ab")],
)
def test_case_space_punctuation_and_width_make_no_difference(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(("one", "other"), [("ring", "write"), ("1 day", "2 days"), ("打电话", "发短信"), ("…", "!"), ("😀", "😡")])
def test_different_ideas_stay_different(one: str, other: str) -> None:
    assert alike(one) != alike(other)


@given(st.text(min_size=1, max_size=50))
def test_a_text_with_a_letter_is_like_itself_in_punctuation_and_never_like_nothing(text: str) -> None:
    assume(any(c.isalnum() for c in text))
    assert alike(f"“{text} ”。") == alike(text) != ""
