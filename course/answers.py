"""AnswerBook: one learner's answers to one module, in one JSON file.

What was saved is never lost: every write goes to a temporary file that then takes the old one's place, the generation before is kept as
``.bak``, two kernels on one file merge by activity under a lock, and a file that cannot be read is set aside, not overwritten.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import threading
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from course.activities.base import Model
from course.errors import BookError
from course.files import put
from course.language import Language, known

SCHEMA = 1
MOST_BYTES = 5_000_000
"""No honest answers file comes near this size; a larger one is not read at all."""
LOCK_SECONDS = 2.0
"""Less than the two and a half seconds after which the page says that nobody answers (PATIENCE in widgets/common.js)."""
KEPT_ATTEMPTS = 5


class Saved(Model):
    """One answer as it was saved, as plain JSON: its meaning is the activity's affair."""

    answer: dict[str, Any]
    saved: datetime

    @property
    def clock(self) -> str:
        """``14:02``, in the time of this computer."""
        try:
            return self.saved.astimezone().strftime("%H:%M")
        except (ValueError, OverflowError):  # a moment at the edge of time, which only a hand can have written
            return "--:--"

    @property
    def moment(self) -> str:
        """``14:02`` today, ``11-20 14:02`` on another day."""
        today = datetime.now().astimezone().date()
        with suppress(ValueError, OverflowError):
            local = self.saved.astimezone()
            return self.clock if local.date() == today else f"{local:%m-%d} {self.clock}"
        return self.clock


class Entry(Saved):
    """The current answer of one activity, the number of the attempt, and the attempts before it, oldest first."""

    attempt: int = Field(default=1, ge=1)
    earlier: list[Saved] = []


@dataclass(frozen=True)
class Page:
    """The content of an answers file: entries by activity name (without the module), as raw JSON until somebody asks for one."""

    module: str
    language: Language | None
    activities: dict[str, Any]

    def entry(self, name: str) -> Entry | None:
        """The entry of one activity, or None where there is none. Raises BookError where a hand has made it unreadable."""
        if name not in self.activities:
            return None
        try:
            return Entry.read(self.activities[name])
        except (ValidationError, ValueError, RecursionError):
            raise BookError("damaged_entry", activity=f"{self.module}.{name}") from None


class _Malformed(Exception):
    """Bytes that are no answers file."""


def decode(data: bytes, path: Path, module: str) -> Page:
    """Read the bytes of an answers file.

    Raises BookError for a file of a newer course, ``_Malformed`` for all else that is no answers file of this module.
    """
    try:
        raw = json.loads(data.removeprefix(BOM_UTF8).decode("utf-8"))  # some editors put a byte-order mark in front
    except (ValueError, RecursionError) as error:
        raise _Malformed(str(error)) from None
    if not isinstance(raw, dict) or not isinstance(raw.get("schema"), int) or not isinstance(raw.get("activities"), dict):
        raise _Malformed("not an answers file")
    if raw["schema"] > SCHEMA:
        raise BookError("newer_schema", file=path.name, folder=path.parent)
    if raw["schema"] != SCHEMA or raw.get("module") != module:
        raise _Malformed("of another module or schema")
    return Page(module, known(raw.get("language")), raw["activities"])


def encode(page: Page) -> bytes:
    """The bytes of an answers file: UTF-8 that a person can read."""
    raw = {"schema": SCHEMA, "module": page.module, "language": page.language, "activities": page.activities}
    try:
        return (json.dumps(raw, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair that a hand wrote as an escape: keep it as one
        return (json.dumps(raw, indent=1) + "\n").encode("ascii")


def read(path: Path, module: str) -> Page:
    """Read an answers file and change nothing, as marking does. A missing file is an empty page.

    Raises BookError, which says what is wrong, for a file that cannot be read.
    """
    try:
        return read_bytes(_bytes_of(path), path, module)
    except FileNotFoundError:
        return Page(module, None, {})
    except _Malformed:  # no file of its own, or too large
        raise malformed(path) from None
    except OSError as error:
        raise _in_words(error, path) from error


def read_bytes(data: bytes, path: Path, module: str) -> Page:
    """The page that an answers file of these bytes holds; ``path`` is what an error names. Raises BookError."""
    try:
        return decode(data, path, module)
    except _Malformed:
        raise malformed(path) from None


def malformed(path: Path) -> BookError:
    """The error for a file that is no answers file."""
    return BookError("malformed_file", file=path.name, folder=path.parent)


def _bytes_of(path: Path) -> bytes:
    """The content of a regular file of sane size, links not followed: a submission's file may be anything."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > MOST_BYTES:
        raise _Malformed("no regular file, or too large")
    return path.read_bytes()


def _in_words(error: OSError, path: Path) -> BookError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return BookError("disk_full", file=path.name, folder=path.parent)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return BookError("not_writable", file=path.name, folder=path.parent)
    return BookError("file_trouble", file=path.name, folder=path.parent, reason=error.strerror or str(error))


def merged(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """What two pages make of an answer that both began to change from ``base``: mine where I changed it, else theirs.

    Dicts (ratings, texts, sheets with their grades) are merged by item, however deep; everything else as a whole.
    """
    result = {}
    for item in {**theirs, **mine}:
        before, my, their = base.get(item), mine.get(item), theirs.get(item)
        if isinstance(my, dict) and isinstance(their, dict):
            result[item] = merged(before if isinstance(before, dict) else {}, my, their)
            continue
        changed = (item in mine) != (item in base) or my != before
        source = mine if changed else theirs
        if item in source:
            result[item] = source[item]
    return result


class AnswerBook:
    """The answers of one learner to one module. Safe for threads, kernels and crashes.

    ``notice`` holds what happened to the file when it was last read (set aside, restored), for the learner to read; None if nothing did.
    """

    def __init__(
        self, path: Path, module: str, language: Language | None = None, aside: Path | None = None, within: Path | None = None
    ) -> None:
        """``language`` is written into a file that has none yet; ``aside`` is the folder for files set aside (else beside the file).

        ``within`` is a folder that must be there: if it was moved away, nothing is saved into a new one of its name.
        """
        self.within = within
        self.path = path
        self.module = module
        self.language = language
        self.aside = aside or path.parent
        self.notice: BookError | None = None
        self._threads = threading.RLock()

    @property
    def backup(self) -> Path:
        """The generation before the last."""
        return self.path.with_name(self.path.name + ".bak")

    def page(self) -> Page:
        """What the file holds now. A malformed file is set aside and the backup takes its place. Raises BookError."""
        try:
            return decode(_bytes_of(self.path), self.path, self.module)
        except (FileNotFoundError, _Malformed):
            if not os.path.lexists(self.path) and not os.path.lexists(self.backup):
                return Page(self.module, None, {})
        except OSError as error:
            raise _in_words(error, self.path) from error
        with self._locked():
            return self._sound_page()

    def entry(self, name: str) -> Entry | None:
        """What was saved of one activity, or None. Raises BookError."""
        return self.page().entry(name)

    def save(
        self, name: str, answer: dict[str, Any], *, base: dict[str, Any] | None = None, keep: bool = False, forget: bool = False
    ) -> Entry:
        """Put one activity's answer on disk and leave all others as they are there.

        ``base`` is the answer as the caller last saw it on disk: if another page has changed it since, both changes are kept
        (``merged``), and the entry returned holds the result. With ``keep`` a copy of the file as it was is set aside first; with
        ``forget`` the backup, too, is made to hold the new state only, for what a learner takes back.
        Raises BookError; then what was saved before is still there.
        """
        return self._change(name, answer, base=base, keep=keep, forget=forget)

    def restart(self, name: str, empty: dict[str, Any]) -> Entry:
        """Begin a new attempt; the answer so far joins the earlier ones. Raises BookError."""
        return self._change(name, empty, restart=True)

    def choose_language(self, language: Language) -> None:
        """Remember the language the learner reads in. Raises BookError."""
        with self._locked():
            page = self._sound_page()
            self._write(Page(self.module, language, page.activities))

    def _change(
        self,
        name: str,
        answer: dict[str, Any],
        *,
        base: dict[str, Any] | None = None,
        keep: bool = False,
        forget: bool = False,
        restart: bool = False,
    ) -> Entry:
        with self._locked():
            page = self._sound_page()
            try:
                old = page.entry(name)
            except BookError:  # a hand has spoilt this one entry
                old, keep = None, True
            if keep and name in page.activities:
                self._keep_copy()
            attempt, earlier = (old.attempt, old.earlier) if old else (1, [])
            if restart and old and old.answer != answer:
                attempt, earlier = attempt + 1, [*earlier, Saved(answer=old.answer, saved=old.saved)][-KEPT_ATTEMPTS:]
            elif old and base is not None:
                answer = merged(base, answer, old.answer)
            now = datetime.now().astimezone().replace(microsecond=0)
            entry = Entry(answer=answer, saved=now, attempt=attempt, earlier=earlier)
            new = Page(self.module, page.language or self.language, {**page.activities, name: entry.model_dump(mode="json")})
            self._write(new)
            if forget:
                self._write(new)
            return entry

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One thread of one kernel at a time. Whatever the system refuses inside becomes a BookError."""
        with self._threads:
            try:
                if self.within is not None and not self.within.is_dir():
                    raise BookError("folder_gone", folder=self.within)
                self.path.parent.mkdir(parents=True, exist_ok=True)
                with FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=LOCK_SECONDS):
                    yield
            except Timeout:
                raise BookError("busy", file=self.path.name, folder=self.path.parent) from None
            except OSError as error:
                raise _in_words(error, self.path) from error

    def _sound_page(self) -> Page:
        """What the file holds, under the lock, after setting aside what is malformed and taking the backup in its place."""
        try:
            return decode(_bytes_of(self.path), self.path, self.module)
        except FileNotFoundError:
            aside = None
        except _Malformed:
            aside = self._name_aside()
            _move(self.path, aside)
        try:
            page = decode(_bytes_of(self.backup), self.backup, self.module)
        except (FileNotFoundError, _Malformed):
            page = Page(self.module, None, {})
        else:
            self._write(page)
            name, kept = ("restored", aside.name) if aside else ("restored_missing", "")
            self.notice = BookError(name, file=self.path.name, aside=kept)
        if aside and self.notice is None:
            self.notice = BookError("set_aside", file=self.path.name, aside=aside.name, folder=self.path.parent)
        return page

    def take_notice(self) -> BookError | None:
        """The notice, once."""
        notice, self.notice = self.notice, None
        return notice

    def _name_aside(self) -> Path:
        stamp = datetime.now().strftime("%Y-%m-%d_%H-%M-%S-%f")
        stem = self.path.stem if self.aside == self.path.parent else f"{self.module}-{self.path.stem}"
        return self.aside / f"{stem}.{stamp}.damaged.json"

    def _keep_copy(self) -> None:
        aside = self._name_aside()
        aside.parent.mkdir(parents=True, exist_ok=True)
        put(aside, self.path.read_bytes())
        self.notice = BookError("entry_set_aside", file=self.path.name, aside=aside.name)

    def _write(self, page: Page) -> None:
        data = encode(page)
        if len(data) > MOST_BYTES:
            raise BookError("too_large", file=self.path.name, folder=self.path.parent)
        if os.path.lexists(self.path):
            if not self.path.stat().st_mode & 0o222:
                # Replacing would work all the same, but somebody has protected this file on purpose.
                raise BookError("protected", file=self.path.name, folder=self.path.parent)
            if not self.backup.is_dir():  # somebody's folder of that name is left alone, and there is no backup
                put(self.backup, self.path.read_bytes(), shared=True)
        put(self.path, data, shared=True)  # nbgrader's instructors must be able to read a submission


def _move(path: Path, target: Path) -> None:
    """Move a file (or a link, as such), across file systems if need be."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
