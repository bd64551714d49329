from __future__ import annotations

import pytest

from course import words
from course.language import LANGUAGES, Language, say
from course.words.common import BLANK
from tests.samples import COMPLETE, both, scorecard

PRACTICE = scorecard("scorecard")


def said(name: str, language: Language, **answer: object) -> list[str]:
    """The lines of a summary."""
    activity = scorecard(name)
    return words.summary(activity, activity.read_answer(answer), language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_columns_say_what_they_want(language: Language) -> None:
    lines = said("scorecard", language)
    moment, wait, by = (both(name)[language] for name in ("moment", "wait", "by"))
    optional, minutes = say(language, "scorecard.optional"), both("minutes")[language]
    span = say(language, "scorecard.range", lowest=0, highest=600)
    more = say(language, "scorecard.between").join([minutes, span, optional])
    assert f"· {moment}: {both('help moment')[language]}" in lines
    assert f"· {both('channel')[language]}: {both('option machine')[language]} / {both('option face')[language]}" in lines
    assert f"· {say(language, 'scorecard.heading', title=wait, more=more)}" in lines
    assert f"· {say(language, 'scorecard.heading', title=by, more=optional)}" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_stand_in_the_learners_order_cell_by_cell(language: Language) -> None:
    lines = said("scorecard", language, **COMPLETE["scorecard"])
    start = lines.index(f"2. {both('Moment')[language]}")
    assert lines[start + 1 : start + 6] == [
        f"   {both('moment')[language]}: paying",
        f"   {both('channel')[language]}: {both('option face')[language]}",
        f"   {both('score')[language]}: +3",
        f"   {both('wait')[language]}: {BLANK}",
        f"   {both('by')[language]}: 2025-03-01",
    ]
    assert f"   {both('score')[language]}: −2" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_several_lines_is_indented_and_what_cannot_be_read_stands_as_typed(language: Language) -> None:
    row = {"moment": "first line\nsecond line", "wait": "for ever", "by": "soon", "score": "９"}
    lines = said("scorecard", language, rows={"r1": row})
    assert [line for line in lines if "line" in line] == [f"   {both('moment')[language]}: first line", "   second line"]
    for column in ("wait", "by", "score"):
        assert f"   {both(column)[language]}: {row[column]}" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_seed_is_called_one(language: Language) -> None:
    note = f" [{say(language, 'scorecard.untouched')}]"
    lines = said("scorecard", language, rows={"s1": {"score": "1"}, "r1": {}})
    assert [line.endswith(note) for line in lines if line.split(".")[0] in ("1", "2", "3")] == [False, True, False]
    assert note not in "".join(said("canvas", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete_rows_are_counted(language: Language) -> None:
    assert say(language, "scorecard.counting", n=0, least=3) in said("scorecard", language)
    assert say(language, "scorecard.counting", n=1, least=3) in said("scorecard", language, rows={"s1": {"score": "1"}})
    assert said("canvas", language, rows={"who": {"mine": "x"}})[-1] == say(language, "view.progress", done=1, all=2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_curve_is_told_in_words(language: Language) -> None:
    lines = said("graded_scorecard", language, **COMPLETE["graded_scorecard"])
    peak = say(language, "scorecard.moment", n=2, label="paying", value="+3")
    end = say(language, "scorecard.moment", n=3, label=both("seed s2")[language], value="−2")
    assert lines[-4:] == [
        say(language, "scorecard.peak", moment=peak),
        say(language, "scorecard.end", moment=end),
        say(language, "scorecard.low", threshold="−1"),
        f"- {end}",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curve_without_heights_and_depths_says_so(language: Language) -> None:
    flat = said("graded_scorecard", language, rows={"s1": {"score": "0"}, "s2": {"score": "0"}, "r1": {"score": "0"}})
    assert say(language, "scorecard.no_peak") in flat
    assert flat[-1] == say(language, "scorecard.none_low", threshold="−1")
    nameless = say(language, "scorecard.moment", n=3, label=words.scorecard.row_name(PRACTICE, 3, language), value="0")
    assert say(language, "scorecard.end", moment=nameless) in flat


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_there_only_when_it_was_asked_for(language: Language) -> None:
    assert said("scorecard", language, asked=True)[-2:] == [say(language, "scorecard.sample"), both("sample text")[language]]
    assert both("sample text")[language] not in said("scorecard", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brainstorm_is_its_ideas_and_their_number(language: Language) -> None:
    rows = {"r1": {"idea": "ring"}, "r2": {"idea": "Ring!"}, "r3": {}, "r4": {"idea": "write"}}
    lines = said("ideas", language, rows=rows)
    assert lines[2:] == ["1. ring", "2. Ring!", f"3. {BLANK}", "4. write", say(language, "scorecard.ideas", n=2)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_shows_what_is_given_and_what_is_written(language: Language) -> None:
    lines = said("canvas", language, rows={"who": {"mine": "families"}})
    given, mine = both("column topic")[language], both("column mine")[language]
    assert f"   {given}: {both('topic who')[language]}" in lines
    assert f"   {mine}: families" in lines
    assert f"   {mine}: {BLANK}" in lines
