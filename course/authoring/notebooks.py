"""Notebooks as authors see them: read, tidy, run, write. The same notebook always gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell

from course.activities.base import doubled
from course.calls import first_argument, only_call
from course.errors import ContentError
from course.language import LANGUAGES, known, say

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
KEPT_METADATA = ("course", "nbgrader")
WIDGET = "application/vnd.jupyter.widget-view+json"
CELL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RANDOM_ID = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
HINT = "hint"

Notebook = Any
"""nbformat's NotebookNode, which has no types."""


def read(path: Path) -> Notebook:
    """Read a notebook of format 4.5. Raises ContentError."""
    try:
        text = path.read_text(encoding="utf-8")
        if twice := doubled(str(cell.get("id")) for cell in json.loads(text)["cells"]):
            raise ValueError(f"cell ids used twice: {', '.join(twice)}")
        notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, nbformat.ValidationError) as error:
        raise ContentError(path, "", f"is no notebook of format 4.5: {str(error).splitlines()[0][:120]}") from None
    return notebook


def text_of(notebook: Notebook) -> str:
    """The one way this notebook is written: sorted keys, UTF-8 as it is, one space a level, a newline at the end."""
    return str(nbformat.writes(notebook)).rstrip("\n") + "\n"


def tidy(notebook: Notebook) -> None:
    """Take away what changes from run to run or from machine to machine: metadata of tools, widget ids, gaps in the run counts."""
    notebook.metadata = nbformat.from_dict({**{key: notebook.metadata[key] for key in KEPT_METADATA if key in notebook.metadata}, **KERNEL})
    count = 0
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("trusted", None)
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count if cell.execution_count else None
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET, None)
            output.pop("transient", None)
            if output.output_type == "execute_result":
                output.execution_count = count


def lock(notebook: Notebook) -> None:
    """Put the cells of a lesson into their form: nobody edits them, code is hidden, and a new ``show`` cell gets a readable id.

    A cell for those who know pandas (``course.free``) is seen and may be changed. JupyterLab gives a new cell eight random signs as its
    id; both languages must have the same, so it is made from the activity's.
    """
    taken = {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        cell.metadata.update(editable=is_free(cell), deletable=False)
        if cell.cell_type != "code":
            continue
        cell.metadata["jupyter"] = {**cell.metadata.get("jupyter", {}), "source_hidden": not is_free(cell)}
        call = only_call(cell.source, "show")
        readable = re.sub(r"[^a-z0-9]+", "-", first_argument(call)) if call else ""
        if RANDOM_ID.fullmatch(cell.id) and readable and readable not in taken:
            taken.add(readable)
            cell.id = readable


def is_free(cell: Notebook) -> bool:
    """Whether a cell is for those who know pandas: its code is seen and may be changed, and nothing hangs on it."""
    return bool(cell.metadata.get("course", {}).get("free"))


def is_hint(cell: Notebook) -> bool:
    """Whether a cell only says how to run the notebook where it does not run by itself."""
    return bool(cell.metadata.get("course", {}).get(HINT))


def hint(notebook: Notebook) -> None:
    """Say below the title how to run the notebook in plain JupyterLab; the learner's room, where it runs by itself, hides this cell."""
    course = notebook.metadata.get("course", {})
    language = known(course.get("language"))
    words = [say(each, "notebook.run_hint") for each in LANGUAGES if language in (None, each)]
    cells = [cell for cell in notebook.cells if not is_hint(cell)]
    title = next((n for n, cell in enumerate(cells) if cell.cell_type == "markdown"), 0)
    cell = new_markdown_cell(" / ".join(words), id=f"{cells[title].id.partition('-')[0]}-run-hint")
    cell.metadata.update(course={HINT: True}, editable=False, deletable=False)
    notebook.cells = [*cells[: title + 1], cell, *cells[title + 1 :]]


def run(notebook: Notebook, folder: Path) -> None:
    """Run a notebook in place, as a learner without any answers, and store the outputs. Raises ContentError where a cell fails."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    with tempfile.TemporaryDirectory() as nobody:
        before = dict(os.environ)
        os.environ["COURSE_FOLDER"] = nobody
        os.environ.pop("COURSE_LANGUAGE", None)
        try:
            client = NotebookClient(notebook, timeout=120, kernel_name="python3", store_widget_state=False)
            client.extra_arguments = ["--log-level=ERROR"]  # a kernel on this computer need not warn of the network
            client.execute(cwd=str(folder))
        except CellExecutionError as error:
            raise ContentError(folder, "a cell fails", str(error).splitlines()[-1]) from None
        finally:
            os.environ.clear()
            os.environ.update(before)
