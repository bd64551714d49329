"""``course hand-in``: one exercise as one file, for classes without nbgrader's exchange."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course import answers, places
from course.errors import SetupError

LEARNER = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
"""A learner's name or number in a file name: letters of any script, digits, and - . _ inside."""


@dataclass(frozen=True)
class Receipt:
    """What was handed in: the file, its SHA-256, the moment (UTC)."""

    path: Path
    digest: str
    moment: datetime


def hand_in(folder: Path, module: str, learner: str, where: Path | None = None) -> Receipt:
    """Make ``<module>__<learner>__<moment>.zip`` of an exercise: its notebook (without outputs) and answers.json, nothing else.

    ``where`` is the folder for the file (the learner's, if not given). ``nbgrader zip_collect`` takes it in with grader_config.py.
    Raises SetupError, or BookError where the answers file cannot be read.
    """
    learner = unicodedata.normalize("NFC", learner)
    if not LEARNER.fullmatch(learner) or "__" in learner or len(learner) > 64:
        raise SetupError(f"{learner!r} cannot stand in a file name: use letters, digits, - and . / 姓名或工号只用文字、数字、- 和 .")
    exercise = folder / "exercises" / module
    if not re.fullmatch(r"m\d\d", module) or not (exercise / places.EXERCISE).is_file():
        raise SetupError(
            f"{exercise}: there is no such exercise here. Run it in the folder of your course, for example: course hand-in m01"
        )
    if not (exercise / places.ANSWERS).is_file():
        raise SetupError(f"{exercise}: nothing is answered yet, so there is nothing to hand in / 还没有作答，没有可交的内容")
    answers.read(exercise / places.ANSWERS, module)
    notebook = _bare(exercise / places.EXERCISE)
    moment = datetime.now(UTC).replace(microsecond=0)
    target = (where or folder) / f"{module}__{learner}__{moment:%Y%m%dT%H%M%SZ}.zip"
    try:
        _pack(notebook, exercise / places.ANSWERS, target)
    except FileExistsError:
        raise SetupError(f"{target.name} was made a moment ago; wait a second and try again / 请过一秒再试") from None
    except OSError as error:
        raise SetupError(f"{target}: cannot be written ({error.strerror or error}). Choose another folder with --to") from None
    return Receipt(target, hashlib.sha256(target.read_bytes()).hexdigest(), moment)


def _pack(notebook: str, given: Path, target: Path) -> None:
    """The archive, whole or not at all. Raises FileExistsError or another OSError."""
    with target.open("xb") as file:
        try:
            # strict_timestamps: a computer whose clock was wrong has files older than ZIP can say
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
                archive.writestr(places.EXERCISE, notebook)
                archive.write(given, places.ANSWERS)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _bare(notebook: Path) -> str:
    """A notebook without outputs and stored widgets, which may show a self-rating that was never shared. Raises SetupError."""
    try:
        raw = json.loads(notebook.read_text(encoding="utf-8"))
        raw["metadata"].pop("widgets", None)
        for cell in raw["cells"]:
            if cell["cell_type"] == "code":
                cell["outputs"] = []
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        problem = "is no notebook any more. Move it away and run course learn: it comes back, your answers stay"
        raise SetupError(f"{notebook}: {problem} / 笔记本坏了：移走它，再运行 course learn，答案都还在") from None
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"
