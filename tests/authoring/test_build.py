"""Exercises are made from solutions, the same bytes every time, without keys."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.authoring import build, notebooks
from course.errors import ContentError

MODULES = ["m01", "m08", "m09"]


@pytest.mark.parametrize("module", MODULES)
def test_the_committed_exercise_is_what_the_build_makes_of_the_solution(root: Path, module: str) -> None:
    committed = (root / "exercises" / module / "exercise.ipynb").read_text(encoding="utf-8")
    assert build.exercise(root / "solutions" / module / "exercise.ipynb") == committed


def test_a_second_build_writes_nothing(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root / "solutions" / "m09", tmp_path / "solutions" / "m09")
    assert {path.name for path in build.build(tmp_path)} == {"exercise.ipynb"}
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.ipynb")}
    assert build.build(tmp_path) == []
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.ipynb")} == before


@pytest.mark.parametrize("module", MODULES)
def test_an_exercise_holds_neither_key_nor_rubric_and_keeps_every_cell(root: Path, module: str) -> None:
    solution = notebooks.read(root / "solutions" / module / "exercise.ipynb")
    exercise = notebooks.read(root / "exercises" / module / "exercise.ipynb")
    assert [cell.id for cell in exercise.cells] == [cell.id for cell in solution.cells]
    text = json.dumps(exercise, ensure_ascii=False)
    for secret in ("key=", "HIDDEN TESTS", "MARK SCHEME", "mark(\\"):
        assert secret not in text


def test_anything_but_a_notebook_under_solutions_is_refused(tmp_path: Path) -> None:
    stray = tmp_path / "solutions" / "m01" / "answers.json"
    stray.parent.mkdir(parents=True)
    stray.write_text("{}", encoding="utf-8")
    with pytest.raises(ContentError, match=r"answers\.json.*only notebooks"):
        build.solutions(tmp_path)


def test_a_notebook_that_nbgrader_cannot_convert_is_named(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "solutions" / "m08" / "exercise.ipynb"
    target.parent.mkdir(parents=True)
    notebook = notebooks.read(root / "solutions" / "m08" / "exercise.ipynb")
    graded = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    graded.source = graded.source.replace("### END HIDDEN TESTS", "")
    target.write_text(notebooks.text_of(notebook), encoding="utf-8")
    with pytest.raises(ContentError, match="solutions/m08: nbgrader cannot make the exercise"):
        build.exercise(target)


def test_a_cell_that_fails_stops_the_build_with_its_error(root: Path, tmp_path: Path) -> None:
    notebook = notebooks.read(root / "course" / "zh" / "m08_help_and_retain.ipynb")
    next(cell for cell in notebook.cells if cell.cell_type == "code").source = "1 / 0"
    (tmp_path / "broken.ipynb").write_text(notebooks.text_of(notebook), encoding="utf-8")
    with pytest.raises(ContentError, match="ZeroDivisionError"):
        build.lesson(tmp_path / "broken.ipynb")


def test_tidying_takes_widget_ids_and_run_counts_away(root: Path) -> None:
    notebook = notebooks.read(root / "course" / "zh" / "m08_help_and_retain.ipynb")
    wanted = notebooks.text_of(notebook)
    for number, cell in enumerate(notebook.cells):
        cell.metadata["execution"] = {"iopub.status.busy": "2026"}
        if cell.cell_type == "code":
            cell.execution_count = 40 + number
            for output in cell.outputs:
                if "data" in output:
                    output.data[notebooks.WIDGET] = {"model_id": "abc"}
    notebook.metadata["widgets"] = {"state": {}}
    notebooks.tidy(notebook)
    assert notebooks.text_of(notebook) == wanted


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cells": 1}', '{"cells": [{"id": "a"}, {"id": "a"}], "nbformat": 4, "nbformat_minor": 5}']
)
def test_what_is_no_notebook_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"odd\.ipynb"):
        notebooks.read(path)
