from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.authoring import notebooks


def locked(*cells: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    notebook = new_notebook(cells=list(cells))
    notebooks.lock(notebook)
    return list(notebook.cells)


def test_a_new_cell_is_locked_and_its_code_hidden() -> None:
    prose, code = locked(new_markdown_cell("# 标题"), new_code_cell('show("m04.drivers")'))
    assert (prose.metadata.editable, prose.metadata.deletable) == (False, False)
    assert code.metadata == {"editable": False, "deletable": False, "jupyter": {"source_hidden": True}}


@pytest.mark.parametrize("random", ["1a2b3c4d", "0e0c9f1e-3d53-4c9b-9e6e-1f5b8a7d2c10"])
def test_a_new_show_cell_gets_an_id_that_both_languages_share(random: str) -> None:
    (cell,) = locked(new_code_cell('show("m04.own_map")', id=random))
    assert cell.id == "m04-own-map"


def test_an_id_that_somebody_chose_stays() -> None:
    (cell,) = locked(new_code_cell('show("m04.own_map")', id="m04-first-try"))
    assert cell.id == "m04-first-try"


def test_an_id_is_never_used_twice() -> None:
    cells = locked(new_code_cell('show("m04.own_map")', id="1a2b3c4d"), new_code_cell('show("m04.own_map")', id="2a2b3c4d"))
    assert len({cell.id for cell in cells}) == 2


def test_what_is_no_show_cell_keeps_its_id() -> None:
    (cell,) = locked(new_code_cell("from course import show", id="1a2b3c4d"))
    assert cell.id == "1a2b3c4d"
