"""``course learn``: lay the course into the learner's folder and open it in JupyterLab."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import nbformat
from nbformat.sign import NotebookNotary

from course import files, places
from course.errors import SetupError
from course.lab import room as lab
from course.lab.serving import Room, serve
from course.language import LANGUAGES, Language, known


@dataclass
class Laid:
    """What ``lay`` did: paths relative to the folder."""

    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Files that the learner changed and the course would have updated: left as they are."""


def lay(folder: Path, language: Language | None = None) -> Laid:
    """Put lessons and exercises into a folder; a file that the learner changed is never written over, answers are not touched.

    ``language`` is remembered; None keeps what the folder remembers (Chinese at first). Raises SetupError where the folder cannot be used.
    """
    report, notary = Laid(), NotebookNotary()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        marker = places.read_marker(folder)
        laid: dict[str, str] = dict(marker.get("laid") or {})
        for source, target in _pairs():
            _lay_file(source, folder, target, laid, report)
            _sign(notary, source, folder / target)
        marker = {"language": language or known(marker.get("language")) or "zh", "laid": laid}
        files.put_json(folder / places.MARKER, marker)
    except OSError as error:
        raise SetupError(
            f"{folder}: the course cannot be put here ({error.strerror or error}). "
            "Choose a folder of your own: course learn FOLDER / 请换一个你自己的文件夹：course learn 文件夹"
        ) from None
    return report


def _pairs() -> list[tuple[Path, str]]:
    """Every file of the course that a learner gets, and its place in the learner's folder. The gallery is for authors."""
    lessons = [
        (path, f"lessons/{language}/{path.name}")
        for language in LANGUAGES
        for path in sorted(places.lessons(language).glob("*.ipynb"))
        if path.name != places.GALLERY
    ]
    exercises = [(path, f"exercises/{path.parent.name}/{path.name}") for path in sorted(places.exercises().glob("m*/*.ipynb"))]
    if not lessons or not exercises:
        raise SetupError(
            f"{places.PACKAGE}: this installation holds no lessons or no exercises. Install the course again, or use a checkout."
        )
    return lessons + exercises


def _lay_file(source: Path, folder: Path, target: str, laid: dict[str, str], report: Laid) -> None:
    new = fingerprint(source.read_bytes())
    path = folder / target
    if path.exists():
        old = fingerprint(path.read_bytes())
        if old == new:
            laid[target] = new
            return
        if old != laid.get(target):
            report.kept.append(target)
            return
        report.updated.append(target)
    else:
        report.new.append(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    files.put(path, source.read_bytes(), shared=True)
    laid[target] = new


def _sign(notary: NotebookNotary, source: Path, target: Path) -> None:
    """Tell Jupyter that a notebook which is the course's own, to the byte, may show what it holds and run by itself."""
    data = source.read_bytes()
    if target.read_bytes() == data:
        notebook = nbformat.reads(data.decode(), as_version=4)
        if not notary.check_signature(notebook):
            notary.sign(notebook)


def fingerprint(data: bytes) -> str:
    """What a person would call the content of a notebook: its cells' ids, types and sources. Outputs and run counts do not count."""
    try:
        cells = [[cell.get("id"), cell["cell_type"], "".join(cell["source"])] for cell in json.loads(data)["cells"]]
        data = json.dumps(cells).encode()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # no notebook any more: its bytes count
    return hashlib.sha256(data).hexdigest()[:16]


def shadowing(folder: Path) -> list[str]:
    """Python files in the learner's folders that would be imported in place of the course or of a library."""
    found = [*folder.glob("*.py"), *folder.glob("lessons/*/*.py"), *folder.glob("exercises/*/*.py")]
    return sorted(str(path.relative_to(folder)) for path in found if path.stem.isidentifier() and _is_a_module(path.stem))


def _is_a_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ValueError:  # __main__ has no specification, and is one all the same
        return True


def open_room(folder: Path, *, port: int = 8888) -> Room:
    """Start JupyterLab in the learner's folder as the learner's room, and wait until it answers.

    ``port`` is where the search for a free one begins. Raises SetupError if the server ends or stays silent.
    """
    lab.write_settings(folder, lab.SETTINGS)
    return serve(folder, f"lab/tree/lessons/{lab.language(folder)}/{places.HOME}", lab.environment(folder), port)
