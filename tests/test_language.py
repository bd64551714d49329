from __future__ import annotations

import ast
import json
import string
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from course import places
from course.errors import AnswerError, LearnerError
from course.language import LANGUAGES, OTHER, Language, Text, explain, in_language, interface, known, say, wished
from tests.samples import COMPLETE, SPECS, activity, both

ERRORS = {"LearnerError", "AnswerError", "BookError"}
FILLED_IN_BY_REFUSE = {"activity", "item"}


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


def sentences(language: Language) -> dict[str, str]:
    """Every sentence of a language by ``table.name``."""
    return {f"{table}.{name}": text for table, names in interface(language).items() for name, text in names.items()}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call in the course's own source, with the name of what is called."""
    for path in sorted(places.PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")), node


def constant(node: ast.Call, number: int) -> str | None:
    """The text that stands as an argument of a call, if a plain text stands there."""
    argument = node.args[number] if len(node.args) > number else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def values_of(node: ast.Call) -> set[str]:
    return {keyword.arg for keyword in node.keywords if keyword.arg}


@cache
def errors_in_code() -> dict[str, set[str]]:
    """Every sentence that the source raises, with the values that it is given wherever it is raised."""
    found = {"unknown_item": FILLED_IN_BY_REFUSE}
    for name, node in calls():
        if name in ERRORS and (sentence := constant(node, 0)):
            found[sentence] = found.get(sentence, values_of(node)) & values_of(node)
        elif name == "refuse" and (sentence := constant(node, 1)):
            found[sentence] = found.get(sentence, FILLED_IN_BY_REFUSE) & FILLED_IN_BY_REFUSE
    return found


@cache
def said_in_code() -> dict[str, set[str]]:
    """Every sentence that the source says by its full name, with the values that it is given wherever it is said."""
    found: dict[str, set[str]] = {}
    for name, node in calls():
        if name == "say" and (sentence := constant(node, 1)):
            found[sentence] = found.get(sentence, values_of(node)) & values_of(node)
    return found


# The interface's words.


def test_both_files_have_the_same_sentences() -> None:
    assert sentences("zh").keys() == sentences("en").keys()


def test_both_files_have_the_same_placeholders() -> None:
    zh, en = sentences("zh"), sentences("en")
    assert {name: placeholders(text) for name, text in zh.items()} == {name: placeholders(text) for name, text in en.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: Language) -> None:
    assert [name for name, text in sentences(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_that_the_source_raises_has_its_sentence(language: Language) -> None:
    raised = errors_in_code()
    assert {"malformed_answer", "unknown_item", "doubled_item", "value_outside", "unknown_activity", "malformed_file"} <= raised.keys()
    assert raised.keys() - interface(language)["errors"].keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_given_the_values_of_its_sentence(language: Language) -> None:
    missing = {name: placeholders(interface(language)["errors"][name]) - given for name, given in errors_in_code().items()}
    assert {name: values for name, values in missing.items() if values} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_the_source_says_is_there_and_gets_its_values(language: Language) -> None:
    said, there = said_in_code(), sentences(language)
    assert "mark.trouble" in said
    assert said.keys() - there.keys() == set()
    missing = {name: placeholders(there[name]) - given for name, given in said.items()}
    assert {name: values for name, values in missing.items() if values} == {}


def test_say_fills_in_the_values() -> None:
    assert say("en", "status.saved", time="14:02") == "Saved 14:02"
    assert say("zh", "status.saved", time="14:02") == "已保存 14:02"


@pytest.mark.parametrize("name", ["status.nothing", "nothing.saved", "saved", ""])
def test_a_sentence_that_is_not_there_is_our_mistake(name: str) -> None:
    with pytest.raises(KeyError):
        say("en", name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_with_braces_are_taken_as_they_are(language: Language) -> None:
    assert "{0.__class__} {x}" in explain(AnswerError("unknown_item", activity="m01.x", item="{0.__class__} {x}"), language)


def test_an_error_is_told_in_the_learners_language() -> None:
    error = LearnerError("unknown_module", module="m99", known="m01")
    assert explain(error, "zh").startswith("找不到模块“m99”")
    assert explain(error, "en").startswith("There is no module “m99”")


# A text in both languages.


def test_a_text_speaks_both_languages() -> None:
    text = Text(zh=" 你好 ", en="Hello")
    assert [text.of(language) for language in LANGUAGES] == ["你好", "Hello"]


@pytest.mark.parametrize("data", [{}, {"zh": "x"}, {"en": "x"}, {"zh": "x", "en": ""}, {"zh": "\u3000", "en": "x"}, {"zh": "x", "en": 5}])
def test_neither_language_may_be_missing_or_empty(data: Any) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(data)


def test_each_language_is_the_others_other() -> None:
    assert all(OTHER[OTHER[language]] == language != OTHER[language] for language in LANGUAGES)


@pytest.mark.parametrize(("name", "language"), [("zh", "zh"), ("en", "en"), ("fr", None), ("ZH", None), ("", None), ([], None)])
def test_only_our_two_languages_are_known(name: object, language: Language | None) -> None:
    assert known(name) == language


@pytest.mark.parametrize(("value", "language"), [("en", "en"), ("zh", "zh"), ("de", None), ("", None)])
def test_the_environment_may_wish_for_a_language(monkeypatch: pytest.MonkeyPatch, value: str, language: Language | None) -> None:
    monkeypatch.setenv("COURSE_LANGUAGE", value)
    assert wished() == language


def test_no_wish_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_LANGUAGE", raising=False)
    assert wished() is None


# Everything in one language.


class Card(BaseModel):
    front: Text
    more: Any = None


@dataclass(frozen=True)
class Pile:
    top: Any
    rest: tuple[Any, ...] = ()


texts = st.builds(lambda word: Text(zh=f"中{word}", en=f"E{word}"), st.text("abc", max_size=3))
nested = st.recursive(
    st.one_of(texts, st.none(), st.booleans(), st.integers(), st.text("xyz", max_size=3)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(st.text("xyz", max_size=3), inner, max_size=3),
        st.builds(Card, front=texts, more=inner),
        st.builds(Pile, top=inner, rest=st.lists(inner, max_size=2).map(tuple)),
    ),
)


@given(nested, st.sampled_from(LANGUAGES))
def test_no_text_is_left_inside_and_all_is_plain_json(value: object, language: Language) -> None:
    plain = in_language(value, language)
    written = json.dumps(plain, ensure_ascii=False)
    assert json.loads(written) == plain
    assert ("E" if language == "zh" else "中") not in written


def test_models_and_dataclasses_become_dicts_and_tuples_become_lists() -> None:
    value = Pile(Card(front=Text(zh="前", en="front"), more=(1, Text(zh="后", en="back"))), ({"x": Text(zh="甲", en="A")},))
    assert in_language(value, "zh") == {"top": {"front": "前", "more": [1, "后"]}, "rest": [{"x": "甲"}]}
    assert in_language(value, "en") == {"top": {"front": "front", "more": [1, "back"]}, "rest": [{"x": "A"}]}


@pytest.mark.parametrize("name", sorted(SPECS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_specification_and_feedback_of_every_kind_turn_into_one_language(name: str, language: Language) -> None:
    kind = activity(name)
    plain = in_language([kind, kind.for_learner(), kind.feedback(kind.read_answer(COMPLETE[name]))], language)
    written = json.dumps(plain, ensure_ascii=False)
    assert both(f"{kind.kind} title")[language] in written
    assert ("-en" if language == "zh" else "·中") not in written
