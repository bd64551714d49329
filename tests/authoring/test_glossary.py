"""Terms are used as ``course/text/glossary.toml`` fixes them, in lessons, exercises, activities and the interface."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.authoring import notebooks
from course.language import LANGUAGES, Language

ROOT = Path(__file__).parents[2]
GLOSSARY: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "course/text/glossary.toml").read_text(encoding="utf-8"))


def texts(language: Language) -> Iterator[tuple[str, str]]:
    """All that learners and authors read in a language, with the file that it stands in."""
    for path in sorted((ROOT / "course" / language).glob("*.ipynb")):
        for cell in notebooks.read(path).cells:
            if cell.cell_type == "markdown" and "source_of" not in cell.metadata.get("course", {}):
                yield f"{path.name}: {cell.id}", re.sub(r"`[^`]*`", "", cell.source)
    for path in sorted((ROOT / "course/content").glob("*/*.yaml")):
        yield f"{path.parent.name}/{path.name}", path.read_text(encoding="utf-8")
    yield f"{language}.toml", (ROOT / "course/text" / f"{language}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_uses_another_word_for_a_term(language: Language) -> None:
    found = []
    everything = list(texts(language))
    for term in GLOSSARY.values():
        for word in term.get(f"avoid_{language}", []):
            pattern = re.compile(re.escape(word) if language == "zh" else rf"\b{re.escape(word)}s?\b")
            found += [f"{where}: {word!r}, say {term[language]!r}" for where, text in everything if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_is_used(language: Language) -> None:
    everything = "\n".join(text for _, text in texts(language)).lower()
    assert [name for name, term in GLOSSARY.items() if term[language].lower() not in everything] == []


def test_terms_differ_and_none_is_avoided_elsewhere() -> None:
    for language in LANGUAGES:
        terms = [term[language] for term in GLOSSARY.values()]
        assert len(set(terms)) == len(terms)
        avoided = {word for term in GLOSSARY.values() for word in term.get(f"avoid_{language}", [])}
        assert avoided & set(terms) == set()


@pytest.mark.parametrize(("language", "text"), [("zh", "用白金法则待人"), ("en", "the platinum rule at work")])
def test_the_search_finds_a_term_used_otherwise(language: Language, text: str) -> None:
    words = [word for term in GLOSSARY.values() for word in term.get(f"avoid_{language}", [])]
    assert [word for word in words if word in text] != []
