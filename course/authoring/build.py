"""``course build``: exercises from solutions, and lessons with the outputs that a reader without a kernel sees."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from course import places
from course.authoring import gallery, notebooks
from course.errors import ContentError
from course.language import LANGUAGES


def built(root: Path, only: str | None = None) -> Iterator[tuple[Path, str]]:
    """Every file that ``course build`` makes (of one module, with ``only``), with its text. Nothing is written. Raises ContentError."""
    lessons = [path for language in LANGUAGES for path in sorted((root / "course" / language).glob("*.ipynb"))]
    sources = [(path, path.stem.partition("_")[0], False) for path in lessons]
    sources += [(path, path.parent.name, True) for path in solutions(root)]
    wanted = [(path, solved) for path, module, solved in sources if only in (None, module)]
    if not wanted:
        raise ContentError(root, "", f"there is no module {only!r} here" if only else "there are no notebooks here")
    for path, solved in wanted:
        yield path, lesson(path)
        if not solved:
            continue
        yield root / "exercises" / path.parent.name / path.name, exercise(path)


def build(root: Path, only: str | None = None) -> list[Path]:
    """Write what has changed, and say which files those are. ``only`` limits it to one module. Raises ContentError."""
    changed = []
    for path, text in built(root, only):
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


def stale(root: Path) -> list[Path]:
    """The files that ``course build`` would change."""
    return [path for path, text in built(root) if not path.is_file() or path.read_text(encoding="utf-8") != text]


def solutions(root: Path) -> list[Path]:
    """The solution notebooks. Raises ContentError for anything else there."""
    only_notebooks(root / "solutions")
    return sorted((root / "solutions").glob("m*/*.ipynb"))


def only_notebooks(folder: Path) -> None:
    """Raise ContentError for any other file: nbgrader hands it to learners and, from solutions/, copies it over theirs when it marks."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".ipynb" and ".ipynb_checkpoints" not in path.parts:
            raise ContentError(path, "", f"only notebooks may lie under {folder.name}/: nbgrader hands out everything else. Move it away")


def lesson(path: Path) -> str:
    """A notebook with the YAML that it quotes, run where it stands, tidied."""
    notebook = notebooks.read(path)
    gallery.fill(notebook)
    notebooks.hint(notebook)
    if path.parent.name in LANGUAGES:
        notebooks.lock(notebook)
    notebooks.run(notebook, path.parent)
    notebooks.tidy(notebook)
    return notebooks.text_of(notebook)


def exercise(solution: Path) -> str:
    """The exercise of a solution: nbgrader's own converter takes out keys and rubrics; then it is run and tidied like a lesson."""
    with tempfile.TemporaryDirectory() as scratch:
        module = solution.parent.name
        source = Path(scratch) / "solutions" / module
        source.mkdir(parents=True)
        shutil.copy(solution, source)
        released = _generate(Path(scratch), module) / solution.name
        return lesson(released)


def _generate(root: Path, assignment: str) -> Path:
    """Let nbgrader make the release version of one assignment, in a folder with a gradebook of its own; returns its folder."""
    folders = ["--CourseDirectory.source_directory=solutions", "--CourseDirectory.release_directory=exercises"]
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, *folders, "--log-level=ERROR"]
    done = subprocess.run(command, cwd=root, env=places.environment(), capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise ContentError(f"solutions/{assignment}", "", f"nbgrader cannot make the exercise:\n{done.stderr}")
    return root / "exercises" / assignment
