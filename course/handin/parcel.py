"""The file that is handed in: its name, what lies in it, and the slip (``receipt.json``) that says whose it is."""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import Field

from course import places
from course.activities.base import Model
from course.answers import Page
from course.errors import LearnerError

SLIP = "receipt.json"
CONTENT = (places.EXERCISE, places.ANSWERS, SLIP)
"""What a file holds: exactly these."""
STAMP = "%Y%m%dT%H%M%SZ"
FILE = re.compile(r"(?P<module>m\d\d)__(?P<learner>.+?)__(?P<moment>\d{8}T\d{6}Z)(?: ?\(\d+\))?\.zip", re.ASCII)
"""``m01__li__20260301T140200Z.zip``; a browser that has one already adds `` (1)``."""
_LEARNER = re.compile(r"[^\W_](?:[\w.@-]*[^\W_])?")
DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names that Windows gives to devices: no file can be called so there."""


DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError, LookupError, MemoryError)
"""What zipfile raises on files that somebody has damaged or forged. NotImplementedError is a RuntimeError."""


class Slip(Model):
    """What stands in the file about itself: ``answers`` is their fingerprint, ``replaces`` the digest of the file before it."""

    module: str = Field(pattern=r"^m[0-9][0-9]$")
    learner: str = Field(max_length=64)
    moment: datetime
    way: Literal["file", "exchange"]
    answers: str = Field(max_length=64)
    open: dict[str, int] = {}
    due: datetime | None = None
    replaces: str | None = Field(default=None, max_length=64)

    @property
    def late(self) -> bool:
        """Whether it was handed in after the due date that was known then."""
        return self.due is not None and self.moment > self.due

    @property
    def name(self) -> str:
        """The file's name."""
        return f"{self.module}__{self.learner}__{self.moment.astimezone(UTC):{STAMP}}.zip"


@dataclass(frozen=True)
class Receipt:
    """What was handed in: the file, its SHA-256, and its slip."""

    path: Path
    digest: str
    slip: Slip

    @property
    def moment(self) -> datetime:
        """When it was handed in (UTC)."""
        return self.slip.moment


def learner_name(given: str) -> str:
    """A learner's name or number as it stands in a file name: letters of any script, digits, and - . @ _ inside.

    Raises LearnerError for what no file can be called on some computer, or what would look like another part of the name.
    """
    name = unicodedata.normalize("NFC", given)
    if not _LEARNER.fullmatch(name) or "__" in name or len(name) > 64 or DEVICE.fullmatch(name):
        raise LearnerError("hand_in_name", learner=repr(given[:80]))
    return name


def digest(data: bytes) -> str:
    """SHA-256, as ``sha256sum`` and Windows' ``certutil`` print it."""
    return hashlib.sha256(data).hexdigest()


def fingerprint(page: Page) -> str:
    """What changes when an answer changes, and not with the language or the moment of saving."""
    given = {name: entry.get("answer") if isinstance(entry, dict) else entry for name, entry in page.activities.items()}
    return digest(json.dumps(given, sort_keys=True).encode())


def pack(notebook: str, answers: bytes, slip: Slip) -> bytes:
    """The file's bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in zip(CONTENT, (notebook.encode(), answers, slip.model_dump_json(indent=1).encode()), strict=True):
            archive.writestr(zipfile.ZipInfo(name, slip.moment.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
