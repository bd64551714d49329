"""Handed-in files, sound ones and ones that somebody has tampered with."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course.handin import Slip
from course.handin.parcel import pack

MOMENT = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def slip(**changes: Any) -> Slip:
    """A slip of li for m01."""
    return Slip(**{"module": "m01", "learner": "li", "moment": MOMENT, "way": "file", "answers": "0" * 64, **changes})


def answers(module: str = "m01", **activities: Any) -> bytes:
    """An answers file."""
    return json.dumps({"schema": 1, "module": module, "language": "zh", "activities": activities}).encode()


def write(folder: Path, given: Slip | None = None, data: bytes | None = None, name: str = "", notebook: str = NOTEBOOK) -> Path:
    """A file as course hand-in makes it; with another name, if one is given."""
    given = given or slip()
    path = folder / (name or given.name)
    path.write_bytes(pack(notebook, answers(given.module) if data is None else data, given))
    return path


def forged(folder: Path, add: Callable[[zipfile.ZipFile], None], leave_out: tuple[str, ...] = (), name: str = "") -> Path:
    """A file that was packed anew, without some entries and with whatever ``add`` puts in."""
    path = folder / (name or slip().name)
    with zipfile.ZipFile(io.BytesIO(pack(NOTEBOOK, answers(), slip()))) as sound, zipfile.ZipFile(path, "w") as archive:
        for entry in sound.infolist():
            if entry.filename not in leave_out:
                archive.writestr(entry, sound.read(entry))
        add(archive)
    return path
