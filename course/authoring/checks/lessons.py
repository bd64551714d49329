"""The lessons: both languages the same, every cell in form, everything that is shown or linked is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course import catalog, places
from course.activities import Activity
from course.authoring import notebooks, translations
from course.authoring.checks.typography import typography
from course.authoring.notebooks import Notebook
from course.calls import calls, first_argument
from course.errors import ContentError
from course.language import LANGUAGES

_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?([^)>\s]+)|<img[^>]*\ssrc=[\"']([^\"']+)")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def faults(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """What does not hold in the lessons of a course folder."""
    zh, en = (root / "course" / language for language in LANGUAGES)
    for module in catalog.modules():
        for folder in (zh, en):
            if module.lesson and not (folder / f"{module.lesson}.ipynb").is_file():
                yield ContentError(
                    places.content() / "modules.yaml", module.id, f"its lesson {folder.name}/{module.lesson}.ipynb is missing"
                )
    for path in sorted({p.name for folder in (zh, en) for p in folder.glob("*.ipynb")}):
        if not (zh / path).is_file() or not (en / path).is_file():
            yield ContentError(zh / path, "", "must be there in zh/ and in en/")
            continue
        yield from translations.problems(zh / path, en / path)
        for lesson in (zh / path, en / path):
            notebook = notebooks.read(lesson)
            yield from shown_exist(lesson, notebook, activities)
            yield from _form(lesson, notebook)
            yield from _pictures_and_links(root, lesson, notebook)


def _form(path: Path, notebook: Notebook) -> Iterator[ContentError]:
    """A learner never edits a cell, and never meets more than a line of code, save in the cells for those who know pandas."""
    if sum(notebooks.is_hint(cell) for cell in notebook.cells) != 1:
        yield ContentError(path, "cells", "does not say once how to run it in plain JupyterLab; run: course build")
    for cell in notebook.cells:
        if not notebooks.CELL_ID.fullmatch(cell.id):
            yield ContentError(path, f"cell {cell.id}", "give the cell a readable id: lower case, digits and hyphens")
        if cell.metadata.get("deletable", True) or cell.metadata.get("editable", True) != notebooks.is_free(cell):
            yield ContentError(path, f"cell {cell.id}", "must be locked: editable false, deletable false")
        if (
            cell.cell_type == "code"
            and not notebooks.is_free(cell)
            and (len(cell.source.splitlines()) != 1 or not cell.metadata.get("jupyter", {}).get("source_hidden"))
        ):
            yield ContentError(path, f"cell {cell.id}", "a code cell of a lesson is one line, with its source hidden")
        if cell.cell_type == "markdown":
            yield from typography(path, cell.source)


def shown_exist(path: Path, notebook: Notebook, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """Every activity that is shown exists."""
    for cell in notebook.cells:
        found = [call for name in ("show", "mark") for call in calls(cell.source, name)] if cell.cell_type == "code" else []
        for name in map(first_argument, found):
            module, _, file = name.partition(".")
            if name not in activities and not (places.content() / module / f"{file}.yaml").is_file():  # else its own fault says it
                yield ContentError(path, f"cell {cell.id}", f"there is no activity {name!r}")


def _pictures_and_links(root: Path, path: Path, notebook: Notebook) -> Iterator[ContentError]:
    """Pictures are attached to their cell (only notebooks reach a learner); links to lessons and exercises lead somewhere."""
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            continue
        for found in _IMAGE.finditer(cell.source):
            target = found[1] or found[2]
            name = target.removeprefix("attachment:")
            if not target.startswith("data:") and (name == target or name not in cell.get("attachments", {})):
                yield ContentError(path, f"cell {cell.id}", f"there is no picture {name!r} attached to the cell; drag it into the cell")
        for found in _LINK.finditer(cell.source):
            target = found[1].partition("#")[0]
            # Links hold in the learner's folder, where lessons/zh stands beside exercises/.
            place = root / target.removeprefix("../../") if target.startswith("../../exercises/") else path.parent / target
            if target and "://" not in target and not place.is_file():
                yield ContentError(path, f"cell {cell.id}", f"the link to {target!r} leads nowhere")
