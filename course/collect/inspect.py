"""Whether a file is what ``course hand-in`` makes. It is read in memory, within limits; nothing is unpacked to find out."""

from __future__ import annotations

import io
import json
import re
import stat
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from course import answers, places
from course.activities.base import UNREADABLE, printable
from course.errors import BookError, CourseError, LearnerError
from course.handin.parcel import CONTENT, DAMAGE, DEVICE, FILE, SLIP, STAMP, Slip, digest, learner_name
from course.language import explain

MOST_FILE = 6_000_000
MOST_BYTES = {places.EXERCISE: 5_000_000, places.ANSWERS: answers.MOST_BYTES, SLIP: 100_000}
MOST_RATIO = 200
"""How many times its packed size an entry may become; only asked of entries over a megabyte: short repetitive texts pack well."""
MEGABYTE = 1_000_000
MOST_DEPTH = 40
AHEAD = timedelta(days=1)


class Refused(CourseError):
    """Why a file is not taken in."""


@dataclass(frozen=True)
class HandIn:
    """A file that was found good: who, what, when, and the bytes that are taken in."""

    file: Path
    slip: Slip
    digest: str
    files: dict[str, bytes]


def inspect(path: Path, now: datetime | None = None) -> HandIn:
    """Read one handed-in file. Raises Refused with the reason."""
    match = FILE.fullmatch(unicodedata.normalize("NFC", path.name))  # some computers take é apart in file names
    if match is None:
        raise Refused("its name is not one that course hand-in gives: m01__name__20260301T140200Z.zip")
    data = _bytes_of(path)
    try:
        files = _unpack(data)
    except DAMAGE as error:
        raise Refused(f"is no sound zip file ({printable(str(error)) or type(error).__name__})") from None
    slip = _slip(files[SLIP])
    _agree(slip, match["module"], match["learner"], match["moment"], (now or datetime.now(UTC)))
    _check_answers(files[places.ANSWERS], slip.module)
    return HandIn(path, slip, digest(data), {name: files[name] for name in (places.EXERCISE, places.ANSWERS)})


def _bytes_of(path: Path) -> bytes:
    try:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("is no file of its own (a link, a folder or a device)")
        if facts.st_size > MOST_FILE:
            raise Refused(f"is too large: {facts.st_size:,} bytes, at most {MOST_FILE:,}")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"cannot be read ({error.strerror or error})") from None


def _unpack(data: bytes) -> dict[str, bytes]:
    """Every entry by name. Raises Refused, or one of ``DAMAGE``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > 20:
            raise Refused(f"holds {len(entries)} entries instead of {len(CONTENT)}")
        for entry in entries:
            _check_entry(entry)
        for name, times in Counter(entry.filename for entry in entries).items():
            if times > 1:
                raise Refused(f"holds {name} {times} times")
        if missing := set(CONTENT) - {entry.filename for entry in entries}:
            raise Refused(f"{', '.join(sorted(missing))} is missing")
        return {entry.filename: _read(archive, entry) for entry in entries}


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename  # as it stands in the file: zipfile itself cuts it at a zero byte
    if name not in CONTENT:
        raise Refused(f"holds {printable(name)!r}: {_why_not(name)}")
    if entry.flag_bits & 0x1:
        raise Refused(f"{name} is encrypted")
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise Refused(f"{name} is no file but a link or a device")
    if entry.file_size > MOST_BYTES[name] or (entry.file_size > MEGABYTE and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)):
        raise Refused(f"{name} would become {entry.file_size:,} bytes out of {entry.compress_size:,}: a zip bomb, or damaged")


def _why_not(name: str) -> str:
    """What is wrong with the name of an entry."""
    parts = re.split(r"[/\\]", name)
    if any(not character.isprintable() for character in name):
        return "control characters in its name"
    if ".." in parts:
        return "its path leads out of the folder"
    if name.startswith(("/", "\\")) or re.match(r"[A-Za-z]:", name):
        return "its path begins at a disk or at the root"
    if DEVICE.fullmatch(parts[-1]):
        return "its name is a device on Windows"
    if re.search(r"(?i)\.(zip|7z|rar|gz|tgz|tar|bz2|xz)$", name):
        return "an archive inside an archive"
    return f"only {', '.join(CONTENT)} may be in it"


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry; it is not believed what it says of its own size."""
    most = MOST_BYTES[entry.filename]
    with archive.open(entry) as file:
        data = file.read(most + 1)
        if len(data) > most or file.read(1):
            raise Refused(f"{entry.filename} is larger than {most:,} bytes")
    return data


def _slip(data: bytes) -> Slip:
    try:
        return Slip.model_validate_json(data)
    except UNREADABLE:
        raise Refused(f"its {SLIP} cannot be read") from None


def _agree(slip: Slip, module: str, learner: str, moment: str, now: datetime) -> None:
    try:
        name = learner_name(learner)
    except LearnerError as error:
        raise Refused(explain(error, "en")) from None
    if slip.learner != name:
        raise Refused(f"somebody else’s name is in it: {printable(slip.learner)!r}, and the file’s name says {name!r}")
    if slip.module != module:
        raise Refused(f"it is {slip.module} inside, and the file’s name says {module}")
    try:
        inside = slip.moment.astimezone(UTC)
    except (OverflowError, ValueError):
        raise Refused("its moment cannot be") from None
    if f"{inside:{STAMP}}" != moment:
        raise Refused(f"it was handed in at {inside:{STAMP}} by its {SLIP}, and the file’s name says {moment}")
    if inside > now + AHEAD:
        raise Refused(f"it says that it was handed in on {inside:%Y-%m-%d}, which is still to come")


def _check_answers(data: bytes, module: str) -> None:
    try:
        raw = json.loads(data)
    except RecursionError:
        raise Refused(f"{places.ANSWERS} is nested too deeply") from None
    except ValueError:
        raise Refused(f"{places.ANSWERS} cannot be read") from None
    if _depth(raw) > MOST_DEPTH:
        raise Refused(f"{places.ANSWERS} is nested too deeply")
    of = raw.get("module") if isinstance(raw, dict) else None
    if of != module:
        raise Refused(f"{places.ANSWERS} is of {printable(str(of))}, not of {module}")
    try:
        answers.read_bytes(data, Path(places.ANSWERS), module)
    except BookError:
        raise Refused(f"{places.ANSWERS} cannot be read, or a newer course made it") from None


def _depth(raw: Any) -> int:
    """How deep lists and dicts lie in one another, found without recursion; stops counting where it is too deep anyway."""
    level, depth = [raw], 0
    while level and depth <= MOST_DEPTH:
        inner = [value for value in level if isinstance(value, (dict, list))]
        level = [item for value in inner for item in (value.values() if isinstance(value, dict) else value)]
        depth += bool(inner)
    return depth
