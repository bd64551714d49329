"""The instructor's exercise as a plan that many submissions share: its notebook in pieces, and what each of its code cells does.

The cells are read, never run: an exercise is made of ``show``, ``check`` and ``mark`` calls (``course check`` holds that). A cell that is
anything else stops the marking, for who knows what it would have said.
"""

from __future__ import annotations

import ast
import json
import platform
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from course import catalog
from course.activities import Activity
from course.calls import first_argument, only_call
from course.errors import SetupError
from course.language import Language
from course.marking.assess import read_key

_QUIET = re.compile(r"from course import [a-z, ]+|check\(\)")
"""Cells that print nothing where nbgrader runs them."""

KERNEL_SAYS = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": platform.python_version(),
}
"""What a Python kernel writes into a notebook that it has run."""


@dataclass(frozen=True)
class Step:
    """What one code cell does. ``key`` is read and checked; ``grade_id`` names the grade cell that a ``mark`` belongs to."""

    does: Literal["show", "mark", "nothing"]
    activity: Activity | None = None
    key: Any = None
    grade_id: str = ""


@dataclass(frozen=True)
class Source:
    """One exercise, ready to be marked many times. Holds the keys of this exercise alone, and no address of any kind.

    ``pieces`` is the notebook's text cut where the outputs of its code cells go: one more than there are ``steps``.
    """

    pieces: tuple[str, ...]
    steps: tuple[Step, ...]
    language: Language
    """For a submission that does not say its own."""
    most_lines: int
    """Longer outputs are cut, as nbgrader's LimitOutput does; -1 cuts nothing."""


def compiled(text: str, where: Path, language: Language, most_lines: int) -> Source:
    """Make the plan of a notebook's text: the one that nbgrader would run, with keys and checksums in it.

    ``where`` is the solution that errors name. Raises SetupError for a cell that only a kernel could run, CourseError for a key that
    does not fit.
    """
    notebook = json.loads(text)
    notebook["metadata"]["language_info"] = KERNEL_SAYS
    mark = secrets.token_hex(16)
    steps = []
    for cell in notebook["cells"]:
        facts = cell["metadata"].get("nbgrader", {})
        if facts.get("solution"):
            raise _beyond(where, cell, "is for learners to write in")
        if cell["cell_type"] == "code":
            steps.append(_step(cell, where))
            cell["execution_count"] = len(steps)
            cell["outputs"] = mark
        elif facts.get("grade"):
            raise _beyond(where, cell, "is a grade cell without code")
    # the form in which nbformat writes every notebook
    whole = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"
    return Source(tuple(whole.split(f'"{mark}"')), tuple(steps), language, most_lines)


def _step(cell: dict[str, Any], where: Path) -> Step:
    source = "".join(cell["source"])
    facts = cell["metadata"].get("nbgrader", {})
    if not facts.get("grade"):
        if _QUIET.fullmatch(source.strip()):
            return Step("nothing")
        if (call := only_call(source, "show")) is not None and len(call.args) == 1 and not call.keywords:
            return Step("show", catalog.activity(first_argument(call)))
        raise _beyond(where, cell, "is neither show(…) nor check()")
    call = only_call(source, "mark")
    if call is None:
        raise _beyond(where, cell, "is a grade cell, and not mark(…) alone")
    activity = catalog.activity(first_argument(call))
    given = [*call.args[1:], *(word.value for word in call.keywords if word.arg == "key")]
    try:
        key = read_key(activity, ast.literal_eval(given[0]) if given else None)
    except ValueError:
        raise _beyond(where, cell, "has a key that is computed, not written out") from None
    if activity.auto_points > facts["points"]:
        raise SetupError(f"{where}, cell {cell['id']}: gives {facts['points']} points, and {activity.id} can earn {activity.auto_points}")
    return Step("mark", activity, key, facts["grade_id"])


def _beyond(where: Path, cell: dict[str, Any], what: str) -> SetupError:
    return SetupError(f"{where}, cell {cell['id']}: {what}. Only a kernel can mark that: course grade … --stock")
