from __future__ import annotations

import pytest

from course import words
from course.language import LANGUAGES, Language, say
from tests.samples import both, calculator
from tests.samples.base import Spec

LINE = calculator("calculator")
BARS = calculator("calculator_bars")


def lines(language: Language, **inputs: float) -> list[str]:
    return words.summary(LINE, LINE.read_answer({"inputs": inputs}), language).splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_input_stands_with_what_it_is_set_to_and_its_range(language: Language) -> None:
    times = both("times")[language]
    assert f"{both('contacts')[language]}: 20 {times} (1 {times} – 101 {times})" in lines(language, n=20)
    assert f"{both('chance')[language]}: 98.0% (90.0% – 100.0%)" in lines(language, n=20)


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_sentence_table_formulas_caveat_and_source_follow(language: Language) -> None:
    text = lines(language, n=20, p=0.99)
    assert f"{both('all well')[language]}: 81.8%" in text
    assert f"{both('cost')[language]}: 910 {both('yuan')[language]}" in text
    sentence = LINE.calculate(LINE.read_answer({"inputs": {"n": 20, "p": 0.99}})).sentence
    assert sentence is not None
    assert sentence.of(language) in text
    assert f"{both('contacts')[language]} | {both('all well')[language]}" in text
    assert f"40 {both('times')[language]} | 66.9%" in text
    assert say(language, "calculator.caveat", text=both("assumed")[language]) in text
    assert text[-1] == say(language, "calculator.source", text=both("own counting")[language])


@pytest.mark.parametrize(
    ("language", "plain"),
    [("zh", "“cost·中” = 250 × “contacts·中” × (1 − “all well·中”)"), ("en", "“all well-en” = “chance-en” ^ “contacts-en”")],
)
def test_formulas_are_told_by_the_names_of_what_they_use(language: Language, plain: str) -> None:
    assert plain in lines(language)


@pytest.mark.parametrize(
    ("language", "plain"),
    [
        ("zh", "“high·中” = 最大值(“x·中”, 2)，如果 “x·中” > 3，否则 0"),
        ("en", "“high-en” = largest of (“x-en”, 2), if “x-en” > 3, otherwise 0"),
    ],
)
def test_a_choice_and_a_function_are_told_in_words(language: Language, plain: str) -> None:
    results: list[Spec] = [{"id": name, "label": both(name), "formula": "max(x, 2) if x > 3 else 0"} for name in ("low", "odd", "high")]
    assert (
        words.calculator.formula(
            calculator("calculator_bars", results=results), calculator("calculator_bars", results=results).results[2], language
        )
        == plain
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_computed_is_a_dash_and_a_sentence_that_needs_it_says_so(language: Language) -> None:
    odd = calculator("calculator_bars", sentence=both("odd {odd}"))
    text = words.summary(odd, odd.read_answer({"inputs": {"x": 5}}), language).splitlines()
    assert f"{both('odd')[language]}: {words.common.BLANK}" in text
    assert say(language, "calculator.impossible") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_axis_is_named_with_its_unit(language: Language) -> None:
    name, unit = both("contacts")[language], both("times")[language]
    assert words.calculator.name(LINE.inputs[0], language) == {"zh": f"{name}（{unit}）", "en": f"{name} ({unit})"}[language]
    assert words.calculator.name(LINE.inputs[1], language) == both("chance")[language]
