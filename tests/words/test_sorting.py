from __future__ import annotations

import pytest

from course import words
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, both, sorting
from tests.words.test_words import has, said

ALL_RIGHT = COMPLETE["graded_sorting"]["placed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_place_stands_with_its_cards_and_then_what_is_left(language: Language) -> None:
    lines = said("graded_sorting", language, placed={"a": "one", "f": "one", "c": "none"}).splitlines()
    text = {name: both(name)[language] for name in ("bin one", "hint one", "bin many", "nowhere", "where to")}
    cards = {c: f"   {both(f'card {c}')[language]}" for c in "abcdef"}
    assert (
        lines[-11:]
        == [
            text["where to"],
            f"{text['bin one']} · {text['hint one']}",
            *(cards["a"], cards["f"]),
            text["bin many"],
            f"   {words.common.BLANK}",
            text["nowhere"],
            cards["c"],
            say(language, "sorting.waiting", n=3),
            *(cards["b"], cards["d"], cards["e"]),
        ][-11:]
    )
    assert has("\n".join(lines), language, "case")


@pytest.mark.parametrize("language", LANGUAGES)
def test_when_all_is_placed_nothing_is_left(language: Language) -> None:
    text = said("graded_sorting", language, **COMPLETE["graded_sorting"])
    assert say(language, "sorting.waiting", n=0) not in text
    assert text.endswith(both("card c")[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_explains_each_card_and_counts(language: Language) -> None:
    text = said("sorting", language, **COMPLETE["sorting"])
    better = say(language, "sorting.better", places=both("bin many")[language])
    fits = say(language, "sorting.fits")
    assert f"{both('card a')[language]} — {fits} — {both('because_a.')[language]}" in text
    assert f"{both('card b')[language]} — {better} — {both('because_b.')[language]}" in text
    assert text.endswith(say(language, "sorting.total", right=4, all=6))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_with_two_better_places_names_both(language: Language) -> None:
    text = said("sorting", language, placed={**ALL_RIGHT, "d": "none"}, compared=True)
    between = say(language, "sorting.between").join(both(name)[language] for name in ("bin one", "bin many"))
    assert say(language, "sorting.better", places=between) in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answer", [{"placed": ALL_RIGHT}, {"placed": {"a": "one"}, "compared": True}])
def test_nothing_is_explained_before_it_is_asked_for_and_complete(language: Language, answer: dict[str, object]) -> None:
    assert "because" not in said("sorting", language, **answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_shows_its_notes_only_when_asked(language: Language) -> None:
    chosen = {"placed": {"b": "one", "e": "one"}}
    assert "note_" not in said("sorting_choice", language, **chosen)
    text = said("sorting_choice", language, **chosen, compared=True)
    assert f"{both('card b')[language]} — {both('note_b.')[language]}" in text
    assert not has(text, language, "note_a.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_right_and_wrong_cards_of_an_exercise_read_alike(language: Language) -> None:
    activity = sorting("graded_sorting")
    for place in activity.places:
        text = said("graded_sorting", language, placed=dict.fromkeys("abcdef", place), compared=True)
        assert [word for word in ("because", say(language, "sorting.fits")) if word in text] == []
        assert all(f"\n   {both(f'card {c}')[language]}" in text for c in "abcdef")
