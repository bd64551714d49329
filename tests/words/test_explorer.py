from __future__ import annotations

from pathlib import Path

import pytest

from course import exploring, words
from course.language import LANGUAGES, Language, say
from tests.samples import COMPLETE, SPECS, both, explorer
from tests.test_imports import loaded_by

NAMES = sorted(name for name in SPECS if name.startswith("explorer_"))


def said(name: str, language: Language, **answer: object) -> str:
    kind = explorer(name)
    return words.summary(kind, kind.read_answer(answer), language)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_has_the_sentence_and_the_top_of_the_table(name: str, language: Language) -> None:
    kind = explorer(name)
    finding = exploring.find(kind, kind.read_answer(COMPLETE[name]), language)
    lines = said(name, language, **COMPLETE[name]).splitlines()
    assert finding.sentence in lines
    table = [" | ".join(column.label for column in finding.columns), *(" | ".join(row) for row in finding.texts[:15])]
    start = lines.index(finding.caption) + 1
    assert lines[start : start + len(table)] == table
    more = say(language, "explorer.more", shown=15, n=len(finding.rows))
    assert (more in lines) is (len(finding.rows) > 15)
    assert set(finding.notes) <= set(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_says_what_is_chosen_and_filtered(language: Language) -> None:
    text = said("explorer_grouped", language, **COMPLETE["explorer_grouped"])
    wanted = {
        "zh": ["按什么看：门店", "怎么算：中位数", "看哪个数：首次回复用时", "筛选：收到日期从 2025-03-01 起"],
        "en": ["Look by: Outlet", "Work out: Median", "Which figure: Time to first reply", "Filter: Received from 2025-03-01"],
    }
    assert [line for line in wanted[language] if line not in text.splitlines()] == []
    assert both("look here")[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_measure_that_makes_no_difference_is_not_named(language: Language) -> None:
    text = said("explorer_grouped", language)
    assert say(language, "explorer.choice_measure") not in text
    assert say(language, "explorer.filters_all") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_nothing_is_left_the_text_says_so(language: Language) -> None:
    text = said("explorer_basket", language, chosen={"support": "1"})
    assert say(language, "explorer.nothing") in text
    assert " | " not in text


def test_the_kind_loads_no_pandas_before_it_is_asked_for(tmp_path: Path) -> None:
    loaded = loaded_by("import course.words, course.exploring.controls, course.exploring.fitting, course.charts", tmp_path)
    assert loaded & {"pandas", "numpy", "plotly"} == set()
