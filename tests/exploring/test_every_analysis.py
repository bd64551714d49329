"""What holds for all explorers, whatever is chosen and filtered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import exploring
from course.activities import Explorer
from course.exploring import controls, filters
from course.exploring.finding import BLANK, Column, Finding, drawn, written
from course.exploring.names import Names
from course.language import LANGUAGES, Language
from tests.samples import COMPLETE, SPECS, explorer

NAMES = sorted(name for name in SPECS if name.startswith("explorer_"))

any_end = st.one_of(
    st.just(""),
    st.dates(date(2023, 6, 1), date(2026, 6, 1)).map(str),
    st.dates().map(str),
    st.integers(-5, 100).map(str),
    st.sampled_from(["nan", "inf", "1e400", "2025-02-30", "20250101", "–", "²", "x", "1_0", " 5 "]),
)


@st.composite
def answers(draw: st.DrawFn, kind: Explorer) -> dict[str, Any]:
    """Any options, and filters that may or may not fit the data."""
    names = Names(kind, "en")
    codes = {name: st.lists(st.sampled_from([*names.columns[name].values, "nobody"]), max_size=4) for name in kind.filters}
    ends = st.lists(any_end, max_size=3)
    fitting = {name: codes[name] if names.columns[name].kind == "category" else ends for name in kind.filters}
    return {
        "chosen": draw(st.fixed_dictionaries({}, optional={c: st.sampled_from(options) for c, options in kind.choices.items()})),
        "filters": draw(st.fixed_dictionaries({}, optional=fitting)),
    }


def check(finding: Finding) -> None:
    """A table is whole, its numbers can be read, and the drawing has a value for each label."""
    assert finding.caption
    assert finding.sentence
    for row in finding.texts:
        assert len(row) == len(finding.columns)
        assert not {"nan", "None", "NaT", "inf", ""} & set(row)
    words = "\n".join([finding.sentence, finding.caption, *finding.notes])
    assert [odd for odd in ("nan", "None", "{", "}") if odd in words] == []
    if finding.drawing:
        series = finding.drawing.series
        assert 1 <= len(series) <= 4
        length = len(finding.drawing.labels) or 101
        assert all(len(part.values) == len(part.texts) == length for part in series)
        assert len(set(finding.drawing.labels)) == len(finding.drawing.labels)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_chosen_there_is_a_table_or_a_sentence(name: str, data: st.DataObject) -> None:
    kind = explorer(name)
    answer = kind.read_answer(data.draw(answers(kind)))
    zh, en = (exploring.find(kind, answer, language) for language in LANGUAGES)
    check(zh)
    check(en)
    assert (len(zh.rows), len(zh.columns), zh.drawing is None) == (len(en.rows), len(en.columns), en.drawing is None)
    assert all(list(controls.settings(kind, Names(kind, language), kind.chosen(answer))) for language in LANGUAGES)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_view_shows_something_and_is_computed_once(name: str, language: Language) -> None:
    kind = explorer(name)
    for answer in ({}, COMPLETE[name]):
        finding = exploring.find(kind, kind.read_answer(answer), language)
        assert finding.rows
        assert finding.drawing is not None
        assert exploring.find(explorer(name), kind.read_answer(answer), language) is finding


def test_findings_of_specifications_that_differ_are_not_mixed_up() -> None:
    one, other = explorer("explorer_lags"), explorer("explorer_lags", digits=3)
    answer = one.read_answer({})
    assert exploring.find(one, answer, "en").texts[3][1] == "0.85"
    assert len(exploring.find(other, answer, "en").texts[3][1]) == len("0.8500")


def test_the_data_stay_as_they_are() -> None:
    kind = explorer("explorer_grouped")
    before = exploring.sources.table(kind).copy()
    for answer in ({}, COMPLETE["explorer_grouped"], {"chosen": {"by": "received", "split": "channel"}}):
        exploring.find(kind, kind.read_answer(answer), "zh")
    assert exploring.sources.table(kind).equals(before)


# What a page offers.


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_filter_and_term_has_words(name: str, language: Language) -> None:
    kind = explorer(name)
    names = Names(kind, language)
    for choice in controls.choices(kind, names):
        assert len({option["text"] for option in choice["options"]}) == len(choice["options"]) > 1
    assert [entry["id"] for entry in controls.filters(kind, names)] == kind.filters
    assert all(term and meaning for term, meaning in controls.meanings(kind, names))
    assert len(controls.about(kind, names)) == (3 if kind.beside else 2)


def test_days_are_filtered_within_the_data_and_numbers_within_their_description() -> None:
    kind = explorer("explorer_grouped")
    offered = {entry["id"]: entry for entry in controls.filters(kind, Names(kind, "en"))}
    assert (offered["received"]["lowest"], offered["received"]["highest"]) == ("2025-01-01", "2025-12-30")
    assert (offered["first_reply_hours"]["lowest"], offered["first_reply_hours"]["highest"]) == ("0", "96")
    assert [option["id"] for option in offered["outlet"]["options"]] == ["riverside", "station", "market"]


def test_what_does_not_fit_the_data_is_no_filter() -> None:
    columns = exploring.sources.columns(explorer("explorer_grouped"))
    given = {"outlet": ["nowhere"], "received": ["2025-02-30", "soon"], "first_reply_hours": ["inf", "many"], "cause": []}
    assert filters.read(columns, given) == {}


def test_many_codes_are_counted_in_a_line() -> None:
    names = Names(explorer("explorer_grouped"), "en")
    assert names.listed(list("abcde"), 3) == "a, b, c and others, 5 in all"


# Numbers


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (2.45, 1, "2.5"),
        (2.5, 0, "3"),
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (-1.25, 1, "−1.3"),
        (1234567.891, 1, "1,234,567.9"),
        (0.1 + 0.2, 1, "0.3"),
        (0, 0, "0"),
        (1e15, 0, "1,000,000,000,000,000"),
    ],
)
def test_numbers_are_rounded_as_people_do(value: float, digits: int, text: str) -> None:
    assert written(value, digits) == text


def test_cells_are_shown_by_their_column() -> None:
    assert [Column("x", "percent", 1).shown(cell) for cell in (0.285, 1, None, float("nan"))] == ["28.5%", "100.0%", BLANK, BLANK]
    assert [Column("x").shown(cell) for cell in ("word", 7, 7.0, float("inf"))] == ["word", "7", "7", BLANK]


@given(st.lists(st.one_of(st.none(), st.text(max_size=2), st.floats(), st.integers(-(10**6), 10**6))))
def test_what_is_drawn_has_six_digits_or_is_nothing(values: list[Any]) -> None:
    for value, now in zip(values, drawn(values), strict=True):
        assert now is None or now == pytest.approx(value, rel=1e-5, abs=0)
