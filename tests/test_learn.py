"""course learn: the course is laid into the learner's folder, and what the learner changed stays."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course import places
from course.errors import SetupError
from course.learn import fingerprint, lay, shadowing

HOME = "lessons/zh/home.ipynb"
EXERCISE = "exercises/m01/exercise.ipynb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that does not exist yet, with a space and Chinese in its name."""
    return tmp_path / "我的 course"


def marker(folder: Path) -> Any:
    return json.loads((folder / places.MARKER).read_text(encoding="utf-8"))


def edit(path: Path, change: Callable[[Any], None]) -> bytes:
    """Change a notebook's JSON and save it; returns the bytes."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return path.read_bytes()


def add_note(notebook: Any) -> None:
    notebook["cells"].append({"cell_type": "markdown", "id": "mine", "metadata": {}, "source": ["我的笔记"]})


def change_outputs(notebook: Any) -> None:
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], 77


def make_older(folder: Path, target: str) -> bytes:
    """Let the folder look as if an older course had laid this file and the learner had left it alone; returns the older file."""
    older = edit(folder / target, lambda notebook: notebook["cells"].pop())
    said = marker(folder)
    said["laid"][target] = fingerprint(older)
    (folder / places.MARKER).write_text(json.dumps(said), encoding="utf-8")
    return older


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# lay


def test_the_first_time_everything_is_new(folder: Path) -> None:
    laid = lay(folder)
    assert (laid.updated, laid.kept) == ([], [])
    assert {HOME, "lessons/en/home.ipynb", EXERCISE} <= set(laid.new)
    assert set(files(folder)) == {*laid.new, places.MARKER}


def test_what_is_laid_is_what_the_course_has(folder: Path) -> None:
    lay(folder)
    assert (folder / HOME).read_bytes() == (places.lessons("zh") / "home.ipynb").read_bytes()
    assert (folder / EXERCISE).read_bytes() == (places.exercises() / "m01" / "exercise.ipynb").read_bytes()


def test_solutions_and_keys_are_not_laid(folder: Path) -> None:
    lay(folder)
    assert all(name == places.MARKER or name.endswith(".ipynb") for name in files(folder))
    assert all(b"HIDDEN TESTS" not in data for data in files(folder).values())


def test_the_second_time_nothing_happens(folder: Path) -> None:
    lay(folder)
    before = files(folder)
    again = lay(folder)
    assert (again.new, again.updated, again.kept) == ([], [], [])
    assert files(folder) == before


def test_a_file_thrown_away_comes_back(folder: Path) -> None:
    lay(folder)
    (folder / HOME).unlink()
    assert lay(folder).new == [HOME]


@pytest.mark.parametrize("target", [HOME, EXERCISE])
def test_a_file_that_the_learner_changed_is_kept_and_named(folder: Path, target: str) -> None:
    lay(folder)
    mine = edit(folder / target, add_note)
    laid = lay(folder)
    assert (laid.new, laid.updated, laid.kept) == ([], [], [target])
    assert (folder / target).read_bytes() == mine


def test_a_file_changed_once_is_kept_for_ever(folder: Path) -> None:
    lay(folder)
    mine = edit(folder / HOME, add_note)
    for _ in range(3):
        assert lay(folder).kept == [HOME]
    assert (folder / HOME).read_bytes() == mine


@pytest.mark.parametrize("target", [HOME, EXERCISE])
def test_a_file_that_only_the_course_changed_is_updated(folder: Path, target: str) -> None:
    lay(folder)
    new = (folder / target).read_bytes()
    make_older(folder, target)
    laid = lay(folder)
    assert (laid.new, laid.updated, laid.kept) == ([], [target], [])
    assert (folder / target).read_bytes() == new
    assert lay(folder).updated == []


def test_a_file_that_both_changed_is_kept(folder: Path) -> None:
    lay(folder)
    make_older(folder, HOME)
    mine = edit(folder / HOME, add_note)
    assert lay(folder).kept == [HOME]
    assert (folder / HOME).read_bytes() == mine


def test_outputs_alone_do_not_keep_a_file_from_its_update(folder: Path) -> None:
    lay(folder)
    make_older(folder, EXERCISE)
    edit(folder / EXERCISE, change_outputs)
    assert lay(folder).updated == [EXERCISE]


def test_outputs_alone_are_nothing_to_update(folder: Path) -> None:
    lay(folder)
    run = edit(folder / EXERCISE, change_outputs)
    laid = lay(folder)
    assert (laid.updated, laid.kept) == ([], [])
    assert (folder / EXERCISE).read_bytes() == run


def test_a_file_that_is_no_notebook_any_more_is_kept(folder: Path) -> None:
    lay(folder)
    (folder / HOME).write_bytes(b"\xff not a notebook")
    assert lay(folder).kept == [HOME]
    assert (folder / HOME).read_bytes() == b"\xff not a notebook"


def test_answers_are_not_touched(folder: Path) -> None:
    lay(folder)
    mine = {"answers/m01.json": b"{}", "exercises/m01/answers.json": b"broken", "exercises/m01/answers.json.bak": b"", "notes.txt": b"x"}
    for name, data in mine.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    make_older(folder, EXERCISE)
    lay(folder)
    assert {name: data for name, data in files(folder).items() if name in mine} == mine


def test_chinese_first_then_what_was_chosen(folder: Path) -> None:
    lay(folder)
    assert marker(folder)["language"] == "zh"
    lay(folder, "en")
    assert marker(folder)["language"] == "en"
    lay(folder)
    assert marker(folder)["language"] == places.remembered_language(folder / places.MARKER) == "en"


BROKEN_MARKERS = [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe", b'{"laid": []}', b'{"laid": null}', b'{"laid": {"x": [1]}}', b"[" * 100_000]


@pytest.mark.parametrize("broken", BROKEN_MARKERS, ids=lambda data: repr(data[:20]))
def test_a_broken_marker_is_written_anew_and_files_stay(folder: Path, broken: bytes) -> None:
    lay(folder)
    mine = edit(folder / HOME, add_note)
    (folder / places.MARKER).write_bytes(broken)
    laid = lay(folder)
    assert (laid.new, laid.updated, laid.kept) == ([], [], [HOME])
    assert (folder / HOME).read_bytes() == mine
    assert marker(folder)["language"] == "zh"
    assert marker(folder)["laid"][EXERCISE] == fingerprint((folder / EXERCISE).read_bytes())


def test_a_marker_without_a_list_still_says_the_language(folder: Path) -> None:
    lay(folder)
    (folder / places.MARKER).write_text('{"language": "en", "laid": null}', encoding="utf-8")
    lay(folder)
    assert marker(folder)["language"] == "en"


@pytest.mark.parametrize("place", [".", "below/it"])
def test_a_file_in_the_folders_place_is_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(SetupError, match=r"cannot be put here.*course learn FOLDER"):
        lay(tmp_path / "file" / place)
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("target", [places.MARKER, HOME, "lessons"])
def test_something_else_in_a_files_place_is_a_sentence(folder: Path, target: str) -> None:
    if target == "lessons":
        folder.mkdir()
        (folder / target).write_text("a file", encoding="utf-8")
    else:
        (folder / target).mkdir(parents=True)
    with pytest.raises(SetupError, match="cannot be put here"):
        lay(folder)


def test_a_folder_that_nobody_may_write_is_a_sentence() -> None:
    with pytest.raises(SetupError, match="cannot be put here"):
        lay(Path("/proc/course"))


# fingerprint


def notebook(*cells: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"cells": list(cells), **more}).encode()


CELL: dict[str, Any] = {"id": "a", "cell_type": "code", "source": ["x\n", "y"], "outputs": [], "execution_count": None, "metadata": {}}


@pytest.mark.parametrize(
    "same",
    [
        notebook({**CELL, "source": "x\ny"}),
        notebook({**CELL, "outputs": [{"output_type": "stream"}], "execution_count": 3}),
        notebook({**CELL, "metadata": {"scrolled": True}}),
        notebook(CELL, metadata={"kernelspec": {"name": "python3"}}),
        json.dumps({"cells": [CELL]}, indent=4).encode(),
    ],
)
def test_running_and_saving_does_not_change_a_fingerprint(same: bytes) -> None:
    assert fingerprint(same) == fingerprint(notebook(CELL))


@pytest.mark.parametrize(
    "other",
    [
        notebook({**CELL, "source": "x\ny\n"}),
        notebook({**CELL, "id": "b"}),
        notebook({**CELL, "cell_type": "markdown"}),
        notebook(CELL, CELL),
        notebook(),
    ],
)
def test_editing_changes_a_fingerprint(other: bytes) -> None:
    assert fingerprint(other) != fingerprint(notebook(CELL))


NO_NOTEBOOKS = [b"", b"\xff", b"[]", b"1", b'{"cells": 1}', b'{"cells": [1]}', b'{"cells": [{}]}', b'{"cells": [[]]}', b"[" * 100_000]


@pytest.mark.parametrize("data", NO_NOTEBOOKS, ids=lambda data: repr(data[:20]))
def test_of_what_is_no_notebook_the_bytes_count(data: bytes) -> None:
    assert fingerprint(data) == fingerprint(data)
    assert fingerprint(data) != fingerprint(data + b" ")


# shadowing


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")


def test_a_fresh_folder_shadows_nothing(folder: Path) -> None:
    lay(folder)
    assert shadowing(folder) == []


def test_files_named_like_modules_are_found_wherever_a_kernel_works(folder: Path) -> None:
    put(folder, "plotly.py", "lessons/zh/course.py", "exercises/m01/json.py", "mine.py", "course.txt", "lessons/zh/notes.py")
    assert shadowing(folder) == ["exercises/m01/json.py", "lessons/zh/course.py", "plotly.py"]


def imported_by_the_course() -> list[str]:
    """The top-level modules that a notebook's kernel imports when a lesson or an exercise runs."""
    sources = [path for path in places.PACKAGE.rglob("*.py") if path.name not in ("cli.py", "learn.py", "grade.py")]
    sources = [path for path in sources if "authoring" not in path.parts and "marking" not in path.parts]
    found = set()
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found.add(node.module.partition(".")[0])
    return sorted(found)


@pytest.mark.parametrize("name", imported_by_the_course())
def test_whatever_the_course_imports_is_told_of(folder: Path, name: str) -> None:
    put(folder, f"lessons/zh/{name}.py")
    assert shadowing(folder) == [f"lessons/zh/{name}.py"]
