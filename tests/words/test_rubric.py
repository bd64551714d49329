from __future__ import annotations

import pytest

from course import words
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, Spec, both, rubric
from tests.samples.rubrics import sheet


def said(name: str, language: Language, **sheets: Spec) -> list[str]:
    kind = rubric(name)
    return words.summary(kind, kind.read_answer({"sheets": sheets}), language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_sheet_shows_the_grades_and_what_to_watch_for(language: Language) -> None:
    lines = said("rubric", language)
    assert lines[2] == both("case")[language]
    assert lines[3:8] == [say(language, "rubric.level", grade=n, word=both(f"level {n}")[language]) for n in range(1, 6)]
    assert lines[8:10] == [f"1. {both('item a')[language]}", f"   {both('hint a')[language]}"]
    assert lines[-1] == say(language, "rubric.none")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_says_who_looked_at_whom_and_every_grade_the_total_and_the_remark(language: Language) -> None:
    lines = said("graded_rubric", language, s1=sheet("15", "trainer", by="WF", of=" L  M ", remark="Looked up.\nAsked twice.\n"))
    start = lines.index(
        " · ".join(
            [
                say(language, "rubric.sheet", n=1),
                say(language, "rubric.observer", who=f"{say(language, 'rubric.trainer')} WF"),
                say(language, "rubric.observed", who="L M"),
            ]
        )
    )
    first, last = (say(language, "rubric.level", grade=n, word=both(word)[language]) for n, word in ((1, "not seen"), (5, "in full")))
    assert lines[start + 1 :] == [
        f"   1. {both('item a')[language]}: {first}",
        f"   2. {both('item b')[language]}: {last}",
        f"   {say(language, 'rubric.total', points=6, out_of=10)}",
        f"   {say(language, 'rubric.remark')}",
        "      Looked up.",
        "      Asked twice.",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unfinished_sheet_has_dashes_and_no_total(language: Language) -> None:
    lines = said("rubric", language, s1=sheet("4--2", "self"))
    assert lines[-6] == f"{say(language, 'rubric.sheet', n=1)} · {say(language, 'rubric.self')}"
    assert lines[-4].endswith(f": {words.common.BLANK}")
    assert lines[-1] == f"   {say(language, 'rubric.to_go', n=2)}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_have_totals_of_their_own(language: Language) -> None:
    text = "\n".join(said("scaled_rubric", language, **COMPLETE["scaled_rubric"]["sheets"]))
    assert say(language, "rubric.group_total", title=both("early")[language], points=12, out_of=15) in text
    assert say(language, "rubric.group_total", title=both("late")[language], points=2.4, out_of=8) in text
    assert say(language, "rubric.total", points=14.4, out_of=23) in text


def test_two_sheets_side_by_side_in_neutral_words() -> None:
    lines = said("rubric", "en", s1=sheet("4431", "self"), s2=sheet("4413", by="WF"))
    start = lines.index("Side by side")
    assert lines[start + 1] == "Of 4 lines: the same grade on 2, two grades or more apart on 2, worth talking about."
    assert lines[start + 2] == "   3. item c-en: you 3, colleague WF 1 · 2 apart, worth talking about"
    assert lines[start + 4] == "   1. item a-en: you 4, colleague WF 4 · the same"
    assert lines[-1] == "note_on_talking-en"


def test_two_sheets_side_by_side_in_chinese() -> None:
    lines = said("rubric", "zh", s1=sheet("4431", "self"), s2=sheet("4422", "trainer"))
    start = lines.index("放在一起看")
    assert lines[start + 1 : start + 3] == ["共 4 条：2 条一样，2 条相差不到 2 分。", "   3. item c·中: 你 3，老师 2 · 相差 1 分"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_full_agreement_is_said_and_means_are_named_with_their_number(language: Language) -> None:
    text = "\n".join(said("rubric", language, own=sheet("4444", "self"), **{f"s{n}": sheet("4444") for n in range(3)}))
    assert say(language, "rubric.agree_all", all=4) in text
    assert say(language, "rubric.voice_mean", n=3) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_others_of_the_same_name_are_told_apart(language: Language) -> None:
    text = "\n".join(said("rubric", language, s1=sheet("4444"), s2=sheet("3333")))
    number = say(language, "rubric.voice_number", n=2)
    assert f"{say(language, 'rubric.voice_peer')}{number} 3" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_about_different_people_are_said_to_be_left_out(language: Language) -> None:
    lines = said("rubric", language, s1=sheet("4444", of="LM"), s2=sheet("3333", of="WF"))
    assert say(language, "rubric.left_out", n=2) in lines
    assert say(language, "rubric.comparison") not in lines


def test_no_word_blames() -> None:
    for language in LANGUAGES:
        text = " ".join(said("rubric", language, s1=sheet("5555", "self"), s2=sheet("1111"), s3=sheet("1111", "trainer")))
        assert [word for word in ("overrated", "wrong", "too high", "高估", "低估", "错", "偏高") if word in text] == []


def test_a_name_writes_no_line_of_its_own() -> None:
    forged = "x\nTotal 25 of 25"
    assert all(not line.startswith("Total") for line in said("graded_rubric", "en", s1=sheet("11", by=forged, of=forged)))
