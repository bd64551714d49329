from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.activities import Scale, ScaleAnswer
from course.errors import AnswerError
from tests.samples import COMPLETE, Spec, both, changed, refusal, scale
from tests.samples.scales import poles_spec, statements_spec

POLES = scale("poles")
STATEMENTS = scale("statements")


def ratings_of(total: int) -> dict[str, int]:
    """Ratings of the ten poles that add up to a total."""
    each, more = divmod(total, 10)
    return {item.id: each + (n < more) for n, item in enumerate(POLES.items)}


def band_and_near(activity: Scale, total: int) -> tuple[str | None, str | None]:
    band, near = activity.band_of(total)
    return band.id if band else None, near.id if near else None


@pytest.mark.parametrize(
    ("total", "band"), [(100, "high"), (80, "high"), (79, "middle"), (65, "middle"), (50, "middle"), (49, "low"), (10, "low")]
)
def test_band_begins_with_its_own_floor(total: int, band: str) -> None:
    assert band_and_near(POLES, total)[0] == band


@pytest.mark.parametrize(
    ("total", "near"),
    [
        *((total, "high") for total in (77, 78, 79)),
        *((total, "middle") for total in (80, 81, 82)),
        *((total, "middle") for total in (47, 48, 49)),
        *((total, "low") for total in (50, 51, 52)),
        *((total, None) for total in (100, 83, 76, 53, 46, 12, 10)),
    ],
)
def test_near_a_border_means_within_three_points_of_it(total: int, near: str | None) -> None:
    assert band_and_near(POLES, total)[1] == near


def test_near_zero_points_is_never_near() -> None:
    strict = scale("poles", near=0)
    assert all(band_and_near(strict, total)[1] is None for total in range(10, 101))


def test_no_bands_no_band() -> None:
    assert STATEMENTS.band_of(12) == (None, None)


@given(st.integers(10, 100))
def test_every_complete_total_has_exactly_the_band_of_its_total(total: int) -> None:
    result = POLES.feedback(POLES.read_answer({"ratings": ratings_of(total)}))
    assert result is not None
    assert (result.total, result.lowest, result.highest) == (total, 10, 100)
    assert (result.band, result.near) == POLES.band_of(total)
    assert result.band is not None
    assert result.band is not result.near


@given(st.sets(st.sampled_from([item.id for item in POLES.items]), min_size=1))
def test_while_a_pair_is_open_nothing_is_said(missing: set[str]) -> None:
    answer = POLES.read_answer({"ratings": {item: 9 for item in ratings_of(90) if item not in missing}})
    assert POLES.feedback(answer) is None
    assert POLES.open_items(answer) == [item.id for item in POLES.items if item.id in missing]


@given(st.permutations(sorted(ratings_of(78).items())))
def test_order_of_the_ratings_does_not_matter(entries: list[tuple[str, int]]) -> None:
    shuffled = POLES.feedback(POLES.read_answer({"ratings": dict(entries)}))
    assert shuffled == POLES.feedback(POLES.read_answer({"ratings": ratings_of(78)}))


def test_groups_have_means_of_their_own_rounded_to_one_decimal() -> None:
    result = STATEMENTS.feedback(STATEMENTS.read_answer(COMPLETE["statements"]))
    assert result is not None
    assert [(group.id, group.mean) for group in result.groups] == [("early", 1.5), ("late", 4.5)]


def test_mean_of_three_is_rounded() -> None:
    groups = [{"id": "one", "title": both("one"), "items": ["a", "b", "c"]}, {"id": "two", "title": both("two"), "items": ["d"]}]
    activity = scale("statements", groups=groups)
    result = activity.feedback(activity.read_answer({"ratings": {"a": 1, "b": 2, "c": 2, "d": 5}}))
    assert result is not None
    assert [group.mean for group in result.groups] == [1.7, 5.0]


def test_a_scale_is_a_self_rating_and_starts_empty() -> None:
    assert Scale.self_rating
    assert not POLES.attempted(ScaleAnswer())
    assert POLES.attempted(POLES.read_answer({"ratings": {"i0": 1}}))


@pytest.mark.parametrize("value", [0, 11, -1, 10**30])
def test_value_outside_names_the_item(value: int) -> None:
    with pytest.raises(AnswerError) as caught:
        POLES.read_answer({"ratings": {"i0": 5, "i3": value}})
    assert caught.value.sentence == "value_outside"
    assert caught.value.values == {"activity": "m01.poles", "item": "i3"}


@pytest.mark.parametrize("value", [True, "5", 5.0, 5.5, None, [5], float("nan")])
def test_a_rating_is_an_integer_and_nothing_like_one(value: object) -> None:
    with pytest.raises(AnswerError) as caught:
        POLES.read_answer({"ratings": {"i3": value}})
    assert caught.value.sentence == "malformed_answer"
    assert "i3" in str(caught.value.values["item"])


# What an exercise hands in of a self-rating.


@given(st.integers(0, 100), st.integers(10, 100), st.booleans())
def test_completing_earns_all_points_whatever_the_ratings(points: int, total: int, shared: bool) -> None:
    activity = scale("poles", points=points)
    done = activity.read_handed_in({"completed": True, "ratings": ratings_of(total) if shared else None})
    score = activity.score(done)
    assert done.shared is shared
    assert type(score.points) is float
    assert (score.points, score.out_of, score.attempted) == (points, points, True)


@pytest.mark.parametrize("data", [{}, {"completed": False}, {"ratings": {"i0": 3}}])
def test_not_completed_is_not_attempted_and_earns_nothing(data: Spec) -> None:
    score = POLES.score(POLES.read_handed_in(data))
    assert type(score.points) is float
    assert (score.points, score.attempted) == (0.0, False)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"completed": 1}, "malformed_answer"),
        ({"completed": "yes"}, "malformed_answer"),
        ([], "malformed_answer"),
        ({"completed": True, "total": 90}, "malformed_answer"),
        ({"completed": True, "ratings": {"nobody": 3}}, "unknown_item"),
        ({"completed": True, "ratings": {"i0": 11}}, "value_outside"),
    ],
)
def test_completion_that_does_not_hold_is_refused(data: object, sentence: str) -> None:
    with pytest.raises(AnswerError) as caught:
        POLES.read_handed_in(data)
    assert caught.value.sentence == sentence


# What an author may write.


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("values", [1, 3], "values"),
        ("values", [1, 1], "values"),
        ("values", [1, 2, 1], "values"),
        ("values", [1], "values"),
        ("values", list(range(11)), "values"),
        ("values", ["1", "2"], "values.0"),
        ("items", [], "items"),
        ("items.1.id", "i0", "items: ids used twice: i0"),
        ("items.1.id", "I one", "items.1.id"),
        ("items.1.left", None, "items.1"),
        ("items.1.statement", both("both at once"), "items.1"),
        ("bands.2.at_least", 11, "bands"),
        ("bands.1.at_least", 80, "bands"),
        ("bands.0.at_least", 40, "bands"),
        ("bands.0.id", "middle", "bands: ids used twice: middle"),
        ("bands.0.colour", "red", "bands.0.colour"),
        ("near", -1, "near"),
        ("points", -1, "points"),
        ("points", 101, "points"),
        ("points", 1.5, "points"),
    ],
)
def test_poles_that_do_not_hold_are_refused_with_their_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(poles_spec(), path, value)).startswith(field)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("anchors", None, "anchors"),
        ("groups.0.items", ["a"], "groups"),
        ("groups.0.items", ["a", "b", "c"], "groups"),
        ("groups.0.items", ["a", "nobody"], "groups"),
        ("groups.0.items", [], "groups.0.items"),
        ("groups.1.id", "early", "groups: ids used twice: early"),
        ("items.0.left", both("one pole"), "items.0"),
    ],
)
def test_statements_that_do_not_hold_are_refused_with_their_field(tmp_path: Path, path: str, value: Any, field: str) -> None:
    assert refusal(tmp_path, changed(statements_spec(), path, value)).startswith(field)
