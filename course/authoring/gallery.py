"""The gallery shows each kind with its YAML beside it: the text of these cells is taken from the files, so that it is never stale."""

from __future__ import annotations

from course import places
from course.authoring.notebooks import Notebook
from course.errors import ContentError

SOURCE_OF = "source_of"
"""The field of a cell's ``course`` metadata that names the activity whose YAML the cell shows."""


def fill(notebook: Notebook) -> None:
    """Put the YAML of the activity that a Markdown cell names (``course.source_of``) into that cell. Raises ContentError."""
    for cell in notebook.cells:
        if activity_id := cell.metadata.get("course", {}).get(SOURCE_OF):
            cell.source = source(activity_id)


def source(activity_id: str) -> str:
    """The Markdown that shows the YAML of one activity. Raises ContentError where there is no such file."""
    module, _, name = activity_id.partition(".")
    path = places.content() / module / f"{name}.yaml"
    if not path.is_file():
        raise ContentError(path, "", "there is no such file, and a notebook wants to show it")
    shown = f"`course/content/{module}/{path.name}`\n\n```yaml\n{path.read_text(encoding='utf-8').rstrip()}\n```"
    return f"<details>\n<summary>YAML</summary>\n\n{shown}\n\n</details>"
