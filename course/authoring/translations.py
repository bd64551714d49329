"""An English lesson renders a Chinese one, cell by cell: each English cell carries the hash of the Chinese cell that it renders."""

from __future__ import annotations

import hashlib
from pathlib import Path

from course.authoring import gallery, notebooks
from course.authoring.notebooks import Notebook
from course.errors import ContentError


def digest(source: str) -> str:
    """The hash of a cell's text."""
    return hashlib.sha256(source.encode("utf-8")).hexdigest()[:12]


def problems(chinese: Path, english: Path) -> list[ContentError]:
    """What keeps the two from being the same lesson: other cells, other code, or a Chinese text that changed since it was rendered."""
    zh, en = notebooks.read(chinese), notebooks.read(english)
    ids = [cell.id for cell in zh.cells]
    if ids != [cell.id for cell in en.cells]:
        return [ContentError(english, "cells", f"must have the same cell ids in the same order as {chinese.name} in zh/")]
    found = []
    for mine, theirs in zip(en.cells, zh.cells, strict=True):
        if mine.cell_type != theirs.cell_type or (mine.cell_type == "code" and mine.source != theirs.source):
            found.append(ContentError(english, f"cell {mine.id}", "must have the same type and code as in Chinese"))
        elif _written(mine) and mine.metadata.get("course", {}).get("renders") != digest(theirs.source):
            problem = "the Chinese text has changed; bring the English up to date, then: course build --translated"
            found.append(ContentError(english, f"cell {mine.id}", problem))
    return found


def stamp(chinese: Path, english: Path) -> None:
    """Say that every English cell renders the Chinese one as it is now: for an author who has just seen to it."""
    zh, en = notebooks.read(chinese), notebooks.read(english)
    sources = {cell.id: cell.source for cell in zh.cells}
    for cell in en.cells:
        if _written(cell) and cell.id in sources:
            _note(cell, digest(sources[cell.id]))
    english.write_text(notebooks.text_of(en), encoding="utf-8", newline="\n")


def _written(cell: Notebook) -> bool:
    """Whether a person wrote the text of this cell: ``course build`` puts in the YAML that a gallery quotes, and how to run a notebook."""
    return cell.cell_type == "markdown" and not notebooks.is_hint(cell) and gallery.SOURCE_OF not in cell.metadata.get("course", {})


def _note(cell: Notebook, renders: str) -> None:
    cell.metadata["course"] = {**cell.metadata.get("course", {}), "renders": renders}
