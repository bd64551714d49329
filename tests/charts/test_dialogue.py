from __future__ import annotations

import json
from typing import Any

import pytest

from course import charts, words
from course.charts.template import MIME
from course.language import LANGUAGES, Language, say
from tests.samples import both, dialogue


def drawn(name: str, *path: str, language: Language = "en") -> dict[str, Any]:
    kind = dialogue(name)
    bundle = charts.chart(kind, kind.read_answer({"path": list(path), "reviewed": True}), language)
    assert bundle is not None
    chart: dict[str, Any] = bundle[MIME]
    assert json.loads(json.dumps(chart, allow_nan=False)) == chart
    return chart


@pytest.mark.parametrize("name", ["dialogue", "graded_dialogue"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_temper_and_trust_are_two_lines_from_the_start_to_the_ending(name: str, language: Language) -> None:
    temper, trust = drawn(name, "rules", "own", "offer", language=language)["data"]
    assert (temper["name"], trust["name"]) == (say(language, "dialogue.temper"), say(language, "dialogue.trust"))
    assert (temper["x"], temper["y"]) == ([0, 1, 2, 3], [6, 9, 6, 4])
    assert (trust["x"], trust["y"]) == ([0, 1, 2, 3], [4, 1, 3, 8])


def test_the_lines_differ_by_more_than_their_colour() -> None:
    temper, trust = drawn("dialogue", "listen", "gift")["data"]
    assert temper["line"]["dash"] != trust["line"]["dash"]
    assert temper["marker"]["symbol"] != trust["marker"]["symbol"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_axes_are_named_and_all_of_0_to_10_is_seen(language: Language) -> None:
    layout = drawn("dialogue", "rules", "shout", language=language)["layout"]
    parts = (layout, layout["xaxis"], layout["yaxis"])
    title, steps, levels = (part["title"]["text"].replace("<br>", "").replace(" ", "") for part in parts)
    assert title == say(language, "dialogue.chart_title", title=both("dialogue title")[language]).replace(" ", "")
    assert steps == say(language, "dialogue.chart_steps").replace(" ", "")
    assert levels == say(language, "dialogue.chart_levels").replace(" ", "")
    lowest, highest = layout["yaxis"]["range"]
    assert lowest < 0
    assert highest > 10


@pytest.mark.parametrize(("path", "reviewed"), [([], True), (["listen"], True), (["listen", "gift"], False)])
def test_there_is_no_chart_before_the_talk_is_gone_through_again(path: list[str], reviewed: bool) -> None:
    kind = dialogue("graded_dialogue")
    assert charts.chart(kind, kind.read_answer({"path": path, "reviewed": reviewed}), "en") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_comes_with_its_words(language: Language) -> None:
    kind = dialogue("dialogue")
    answer = kind.read_answer({"path": ["listen", "gift"], "reviewed": True})
    assert charts.chart(kind, answer, language)["text/plain"] == words.summary(kind, answer, language)  # type: ignore[index]
