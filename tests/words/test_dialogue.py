from __future__ import annotations

from typing import get_args

import pytest

from course import words
from course.activities.dialogue import Mood
from course.language import LANGUAGES, Language, interface, say
from tests.samples import both, dialogue


def said(name: str, language: Language, *path: str, reviewed: bool = False) -> list[str]:
    kind = dialogue(name)
    return words.summary(kind, kind.read_answer({"path": list(path), "reviewed": reviewed}), language).splitlines()


def customer(node: str, mood: str, language: Language) -> str:
    mood = say(language, f"dialogue.mood_{mood}")
    return say(language, "dialogue.speaks", who=both("customer")[language], mood=mood, words=both(f"says {node}")[language])


def you(line: str, language: Language) -> str:
    return say(language, "dialogue.answers", who=both("you")[language], words=both(f"line {line}")[language])


def effect(before: tuple[int, int], after: tuple[int, int], language: Language) -> str:
    (temper, trust), (temper_then, trust_then) = before, after
    return "   " + say(
        language, "dialogue.effect", temper_before=temper, temper_after=temper_then, trust_before=trust, trust_after=trust_then
    )


@pytest.mark.parametrize("name", ["dialogue", "graded_dialogue"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_the_first_line_stand_the_case_the_customers_words_and_the_lines_to_choose_from(name: str, language: Language) -> None:
    lines = said(name, language)
    assert lines[2:4] == [both("case")[language], customer("hello", "worried", language)]
    shown = [choice.text.of(language) for choice in dialogue(name).talk(dialogue(name).read_answer({})).choices]
    assert lines[-4:-1] == [say(language, "dialogue.choose"), f"   1. {shown[0]}", f"   2. {shown[1]}"]
    assert lines[-1] == say(language, "dialogue.not_begun")


@pytest.mark.parametrize("name", ["dialogue", "graded_dialogue"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finished_talk_is_a_script_with_its_effects_and_its_ending(name: str, language: Language) -> None:
    assert said(name, language, "rules", "own", "offer")[3:] == [
        customer("hello", "worried", language),
        you("rules", language),
        effect((6, 4), (9, 1), language),
        customer("angry", "furious", language),
        you("own", language),
        effect((9, 1), (6, 3), language),
        customer("plan", "unsure", language),
        you("offer", language),
        effect((6, 3), (4, 8), language),
        customer("done", "pleased", language),
        {"zh": "火气 4（最高 10）；信任 8（最高 10）", "en": "Temper 4 of 10; Trust 8 of 10"}[language],
        say(language, "dialogue.ending", title=both("ending done")[language]),
        both("after done")[language],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unfinished_talk_says_so(language: Language) -> None:
    lines = said("graded_dialogue", language, "rules")
    assert lines[-1] == say(language, "dialogue.unfinished")
    assert len([line for line in lines if both("line limit")[language] in line]) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_after_the_review_every_line_has_its_points_its_reason_and_the_better_one(language: Language) -> None:
    lines = said("dialogue", language, "listen", "gift", reviewed=True)
    first, second = (lines.index(you(line, language)) for line in ("listen", "gift"))
    listen, gift, offer = (both(f"because_{name}.")[language] for name in ("hello.listen", "plan.gift", "plan.offer"))
    assert lines[first + 2] == "   " + say(language, "dialogue.points", points=4, why=listen)
    assert lines[second + 2 : second + 5] == [
        "   " + say(language, "dialogue.points", points=1, why=gift),
        "   " + say(language, "dialogue.better", points=3, line=both("line offer")[language]),
        f"      {offer}",
    ]
    assert lines[-1] == say(language, "dialogue.total", points=5, best=7)


@pytest.mark.parametrize(("name", "reviewed"), [("dialogue", False), ("graded_dialogue", False), ("graded_dialogue", True)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_points_and_reasons_stay_away_unasked_and_in_an_exercise(name: str, reviewed: bool, language: Language) -> None:
    text = "\n".join(said(name, language, "rules", "own", "gift", reviewed=reviewed))
    total = say(language, "dialogue.total", points=3, best=7)
    assert [word for word in ("because", total, both("line offer")[language]) if word in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_mood_has_its_word(language: Language) -> None:
    table = interface(language)["dialogue"]
    moods = [table[f"mood_{mood}"] for mood in get_args(Mood)]
    assert len(set(moods)) == len(moods) == len([name for name in table if name.startswith("mood_")])
