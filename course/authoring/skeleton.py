"""``course new-activity``: a commented specification to start from, for each kind."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from course.activities import KINDS
from course.activities.base import ActivityId
from course.errors import ContentError, SetupError


def text(kind: str) -> str:
    """The skeleton of a kind: a valid specification whose comments say what each field is for. Raises SetupError."""
    if kind not in KINDS:
        raise SetupError(f"{kind!r} is not one of the kinds: {', '.join(sorted(KINDS))}")
    return (files("course.authoring") / "skeletons" / f"{kind}.yaml").read_text(encoding="utf-8")


def write(content: Path, kind: str, activity_id: str) -> Path:
    """Put the skeleton of a kind where the activity of this id belongs, such as ``m04.drivers``; returns the file.

    Raises SetupError for an unknown kind or an id that cannot be, ContentError where the file is there already.
    """
    skeleton = text(kind)
    try:
        TypeAdapter(ActivityId).validate_python(activity_id)
    except ValidationError:
        raise SetupError(f"{activity_id!r} is no id: give module and name, such as m04.drivers (lower case, digits, _)") from None
    module, _, name = activity_id.partition(".")
    path = content / module / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton)
    except FileExistsError:
        raise ContentError(path, "", "is there already; choose another name, or edit it") from None
    return path
