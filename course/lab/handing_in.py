"""Handing in from the room: what is said before, what is done, the receipt after. Plain JSON for the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course import handin
from course.errors import LearnerError
from course.handin import words
from course.lab import room
from course.language import explain


def before(folder: Path, module: str) -> dict[str, Any]:
    """What handing this exercise in would mean. ``name`` is null where the exchange knows who it is. Raises LearnerError."""
    now = handin.state(folder, module)
    exchange = handin.find_exchange(folder, module)
    last = handin.last_receipt(folder)
    return {
        "lines": words.before(now, room.language(folder)),
        "answered": now.answered,
        "name": None if exchange else last.slip.learner if last else "",
    }


def hand_in(folder: Path, module: str, name: str) -> dict[str, Any]:
    """Hand it in. ``file`` is what is left to send to the instructor, or null where nbgrader's exchange has it. Raises LearnerError."""
    earlier = handin.state(folder, module).receipt
    exchange = handin.find_exchange(folder, module)
    receipt = handin.hand_in(folder, module, exchange.learner if exchange else name, None, exchange)
    lines = words.after(receipt, room.language(folder), exchange.course if exchange else "", earlier)
    return {"lines": lines, "file": None if exchange else receipt.path.name}


def made(folder: Path, name: str) -> Path | None:
    """A file that was handed in from this folder, by its name; None where there is none of that name."""
    path = folder / handin.LOG / name
    return path if path.name == name and handin.FILE.fullmatch(name) and path.is_file() and not path.is_symlink() else None


def standing(folder: Path, module: str) -> str:
    """Whether and when an exercise was handed in, in a few words; or why that cannot be said."""
    try:
        return words.standing(handin.state(folder, module), room.language(folder))
    except LearnerError as error:
        return explain(error, room.language(folder))
