"""Notebooks as authors see them: read, tidy, run, write. The same notebook always gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat

from course.activities.base import doubled
from course.calls import first_argument, only_call
from course.errors import ContentError

KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
KEPT_METADATA = ("course", "nbgrader")
WIDGET = "application/vnd.jupyter.widget-view+json"
CELL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
RANDOM_ID = re.compile(r"[0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

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

    JupyterLab gives a new cell eight random signs as its id; both languages must have the same, so it is made from the activity's.
    """
    taken = {cell.id for cell in notebook.cells}
    for cell in notebook.cells:
        cell.metadata.update(editable=False, deletable=False)
        if cell.cell_type != "code":
            continue
        cell.metadata["jupyter"] = {**cell.metadata.get("jupyter", {}), "source_hidden": True}
        call = only_call(cell.source, "show")
        readable = re.sub(r"[^a-z0-9]+", "-", first_argument(call)) if call else ""
        if RANDOM_ID.fullmatch(cell.id) and readable and readable not in taken:
            taken.add(readable)
            cell.id = readable


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
