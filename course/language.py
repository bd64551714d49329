"""Chinese and English: a text in both, and the interface's own words."""

from __future__ import annotations

import os
import tomllib
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

from course.errors import LearnerError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
OTHER: dict[Language, Language] = {"zh": "en", "en": "zh"}

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Text(BaseModel):
    """One text in both languages; neither may be missing or empty."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    zh: Words
    en: Words

    def of(self, language: Language) -> str:
        """The text in one language."""
        return self.zh if language == "zh" else self.en


def in_language(value: Any, language: Language) -> Any:
    """Turn specifications and feedback into plain JSON values with every ``Text`` in one language.

    Takes models, dataclasses, lists, tuples, dicts and plain values, nested as they come; returns dicts, lists and plain values.
    """
    if isinstance(value, Text):
        return value.of(language)
    if isinstance(value, BaseModel):
        return {name: in_language(getattr(value, name), language) for name in type(value).model_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: in_language(getattr(value, f.name), language) for f in fields(value)}
    if isinstance(value, dict):
        return {key: in_language(item, language) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [in_language(item, language) for item in value]
    return value


@cache
def interface(language: Language) -> dict[str, dict[str, str]]:
    """All words of the interface: tables of ``text/<language>.toml``, each a dict of named sentences."""
    source = files("course") / "text" / f"{language}.toml"
    return cast("dict[str, dict[str, str]]", tomllib.loads(source.read_text(encoding="utf-8")))


def say(language: Language, name: str, **values: object) -> str:
    """One sentence of the interface, ``"table.name"``, with its values filled in.

    Raises KeyError for a name that no file has: a mistake of ours, which a test finds.
    """
    table, _, key = name.partition(".")
    return interface(language)[table][key].format(**values)


def explain(error: LearnerError, language: Language) -> str:
    """What a learner reads of an error, in the learner's language."""
    return say(language, f"errors.{error.sentence}", **error.values)


def known(name: object) -> Language | None:
    """The language of that name, or None where it is not one of ours."""
    return next((language for language in LANGUAGES if language == name), None)


def wished() -> Language | None:
    """The language that the environment asks for (``COURSE_LANGUAGE``), if any."""
    return known(os.environ.get("COURSE_LANGUAGE"))
