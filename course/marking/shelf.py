"""The autograded folders. One appears by a rename, whole, after its rows are in the gradebook: until then the submission is not marked.

So whatever ends the program, and whenever, the next run finds what is not marked yet and marks it, and nothing twice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from course.errors import SetupError


class Shelf:
    """``autograded/``, with a place beside it on the same disk where folders are made ready."""

    def __init__(self, autograded: Path, assignment: str, permissions: int, *, group_shared: bool = False) -> None:
        self._autograded = autograded
        self._assignment = assignment
        self._permissions = permissions
        self._group_shared = group_shared
        self._making = autograded / ".marking" / "new"
        self._before = autograded / ".marking" / "before"

    def folder(self, learner: str) -> Path:
        """Where a learner's autograded files lie."""
        return self._autograded / learner / self._assignment

    @contextmanager
    def open(self) -> Iterator[None]:
        """Keep other markings out, and clear away what one that was ended left behind. Raises SetupError."""
        self._autograded.mkdir(parents=True, exist_ok=True)
        self._share(self._autograded)
        lock = FileLock(self._autograded / ".marking.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise SetupError(f"{self._autograded}: another course grade is at work here. Wait until it is done") from None
        try:
            self._clear()
            yield
        finally:
            self._clear()
            lock.release()

    def _clear(self) -> None:
        shutil.rmtree(self._making.parent, ignore_errors=True)

    def make(self, learner: str, files: Mapping[str, bytes]) -> None:
        """Make a learner's folder ready, unseen."""
        folder = self._making / learner
        folder.mkdir(parents=True)
        for name, data in files.items():
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            (folder / name).chmod(self._permissions)  # whatever the umask

    def take_away(self, learners: Sequence[str]) -> None:
        """Take the old folders out of sight: from here until ``show``, these submissions are not marked."""
        self._before.mkdir(parents=True, exist_ok=True)
        for learner in learners:
            if self.folder(learner).exists():
                self.folder(learner).rename(self._before / learner)

    def put_back(self) -> None:
        """The old folders again, where the gradebook did not take the new marks."""
        for old in self._before.iterdir() if self._before.is_dir() else ():
            old.rename(self.folder(old.name))

    def show(self, learners: Sequence[str]) -> None:
        """Let the new folders appear: these submissions are marked."""
        for learner in learners:
            place = self.folder(learner)
            place.parent.mkdir(exist_ok=True)
            (self._making / learner).rename(place)
            self._share(place.parent)
            self._share(place)
        shutil.rmtree(self._before, ignore_errors=True)

    def _share(self, folder: Path) -> None:
        if self._group_shared:
            folder.chmod((folder.stat().st_mode | 0o2770) & 0o2777)
