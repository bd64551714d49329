"""``course grade``: mark what was collected, by the course's own marking or by nbgrader's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from course import places, sandbox
from course.errors import SetupError
from course.kernels import without_grammar
from course.marking import grades, submission
from course.marking.report import Report
from course.marking.school import CONFIG

without_grammar()  # before any of the instructor's commands, which all import this, imports nbgrader or nbformat

HANDED_IN = "exercise.handed-in.txt"
"""The notebook that was handed in, beside the one that is marked in its place."""


def course_folder(start: Path) -> Path:
    """The instructor's course folder: the nearest one upwards that holds grader_config.py. Raises SetupError."""
    for folder in (start, *start.parents):
        if (folder / f"{CONFIG}.py").is_file():
            return folder
    raise SetupError(f"{start}: no {CONFIG}.py here or above. Run this in the course's folder (the one with solutions/ and exercises/).")


def nbgrader(folder: Path, *arguments: str, **environment: str) -> None:
    """Run one nbgrader command with our configuration. Raises SetupError when it fails; what nbgrader said stands above."""
    # nbgrader ignores --config=FILE; this is the option that it does follow.
    command = [sys.executable, "-m", "nbgrader", *arguments, f"--JupyterApp.config_file={CONFIG}"]
    done = subprocess.run(command, cwd=folder, env=places.environment(**environment), check=False)
    if done.returncode != 0:
        raise SetupError(f"nbgrader {arguments[0]} stopped (exit {done.returncode}); what it said stands above.")


def grade(
    folder: Path,
    assignment: str,
    learner: str | None = None,
    *,
    again: bool = False,
    scheduler: str | None = None,
    stock: bool = False,
    sandboxed: bool = False,
    patience: float = 30,
) -> Report:
    """Mark what was collected for one exercise, of all learners or of one; ``again`` also what is marked already.

    No code of a learner's is run and no kernel is started, unless ``stock`` asks for nbgrader's own autograding, or ``sandboxed`` for
    the same inside bubblewrap (``sandbox.py``), for exercises with code of the learners' own. ``scheduler`` is a Dask
    cluster's address; ``patience`` is how many seconds a locked gradebook is waited for.
    Raises SetupError, and ContentError where a stray file in solutions/ would reach the learners' work.
    """
    from course.authoring.build import only_notebooks  # nbformat

    if scheduler and (stock or sandboxed):
        raise SetupError("--scheduler is for the course's own marking: leave it out, or leave out --stock and --sandbox")
    if sandboxed:
        sandbox.try_out(folder)
    only_notebooks(folder / "solutions")
    if not re.fullmatch(r"m[0-9][0-9]", assignment) or not (folder / "solutions" / assignment).is_dir():
        raise SetupError(f"solutions/{assignment}: there is no such exercise. There are: {', '.join(assignments(folder)) or 'none'}")
    if learner is not None and not submission.sane(learner):
        raise SetupError(f"{learner!r} is no learner's name")
    who = learner or "*"
    if not any((folder / "submitted").glob(f"{who}/{assignment}")):
        raise SetupError(
            f"submitted/{who}/{assignment}: nothing was collected yet. First: course collect FILES, or nbgrader collect {assignment}"
        )
    if stock or sandboxed:
        return _stock(folder, assignment, learner, again=again, sandboxed=sandboxed)
    from course.marking import job

    return job.mark_class(folder, assignment, learner, again=again, scheduler=scheduler, patience=patience)


def _stock(folder: Path, assignment: str, learner: str | None, *, again: bool, sandboxed: bool) -> Report:
    """nbgrader's own autograding: a kernel a submission. What nbgrader must not copy is left out of it, and left as it is."""
    report = Report(assignment, by_nbgrader=True)
    reasons = _unsound(folder / "submitted", assignment, learner)
    sound = [name for name, reason in reasons.items() if not reason]
    left_out = [name for name, reason in reasons.items() if reason]
    for name in left_out:
        report.refuse(submission.printable(name), reasons[name])
        if "," in name or not name.isprintable():  # nbgrader cannot leave such a one out
            raise SetupError(f"submitted/{submission.printable(name)}: {reasons[name]}")
    if not sound:
        return report
    for path in restore_notebooks(folder, assignment, sound, own_code=sandboxed):
        report.note(path.parent.parent.name, "its code was not the exercise's, so the exercise's own notebook is marked")
    register(folder, assignment)
    more = [*([f"--student={learner}"] if learner else []), *(["--force"] if again else [])]
    if left_out:
        # the comma comes first: nbgrader would take a ~ or a quotation mark there for something else than a name's
        names = ["", *left_out, grades.setting(folder, "student_id_exclude") or ""]
        more.append(f"--CourseDirectory.student_id_exclude={','.join(names)}")
    if not sandboxed:
        nbgrader(folder, "autograde", assignment, *more)
        return report
    with sandbox.kernels() as (options, environment):
        nbgrader(folder, "autograde", assignment, *more, *options, **environment)
    return report


def _unsound(submitted: Path, assignment: str, only: str | None) -> dict[str, str]:
    """Of each learner, or of one, why nbgrader must not copy what was handed in; an empty text where it may."""
    found = {}
    for name, refusal in submission.learners(submitted):
        place = submitted / name / assignment
        if only in (None, name) and os.path.lexists(place):
            found[name] = refusal or submission.risk(place)
            if not found[name] and (folders := [file for file in (places.EXERCISE, HANDED_IN) if (place / file).is_dir()]):
                found[name] = f"{folders[0]} is a folder"
    return found


def register(folder: Path, assignment: str) -> None:
    """Write an exercise's cells, points and keys into the gradebook. exercises/ is left alone: ``course build`` makes it."""
    with tempfile.TemporaryDirectory() as scratch:
        nbgrader(folder, "generate_assignment", assignment, "--force", f"--CourseDirectory.release_directory={scratch}")


def assignments(folder: Path) -> list[str]:
    """The exercises that have a solution."""
    return sorted(path.parent.name for path in (folder / "solutions").glob("m*/*.ipynb"))


def restore_notebooks(folder: Path, assignment: str, learners: Iterable[str], *, own_code: bool = False) -> list[Path]:
    """Put the released notebook in the place of every one of these learners' that is none or holds other code, and say which those were.

    A submission is its answers.json; a learner never edits a cell. A cell of one's own would run beside the keys. The notebook that
    was handed in stays beside it as ``exercise.handed-in.txt``. With ``own_code`` only what is no notebook is replaced.
    The learners' folders hold no links (``submission.risk``).
    """
    released = folder / "exercises" / assignment / places.EXERCISE
    restored = []
    for path in (folder / "submitted" / learner / assignment / places.EXERCISE for learner in learners):
        code = _code(path)
        if path.exists() and (code is None or not (own_code or code == _code(released))):
            path.replace(path.with_name(HANDED_IN))
            shutil.copyfile(released, path)
            restored.append(path)
    return restored


def _code(notebook: Path) -> list[str] | None:
    """The code cells' sources; None for what is no notebook."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
