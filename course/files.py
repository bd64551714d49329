"""Files that are written whole or not at all: a reader finds the old one or the new one, never half of one."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def put(path: Path, data: bytes, *, shared: bool = False) -> None:
    """Write a file: temporary file, fsync, replace, fsync of the folder. Raises OSError; then nothing has changed.

    Only its owner may read it, unless it is ``shared``.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if shared:
            with suppress(OSError):
                Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    with suppress(OSError):  # some network file systems refuse it; the file itself is on disk
        _sync_folder(path.parent)


def put_json(path: Path, value: Any) -> None:
    """Write JSON, always in the same form. Raises OSError."""
    put(path, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there, and need not be
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
