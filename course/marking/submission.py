"""Finds and reads what was collected. A submission may be anything: nothing in it is followed, run, or read beyond a sane size."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from course import places
from course.activities import base
from course.answers import MOST_BYTES

TIMESTAMP = "timestamp.txt"
KEPT = (TIMESTAMP, "submission_secret.txt")
"""What nbgrader itself lays beside a submission."""
MOST_ENTRIES = 500
"""Files and folders in one submission."""
_LONGEST_NAME = 128
"""As long as the gradebook's column."""
_MOMENT = re.compile(r"\d{4}-?\d\d-?\d\d([ T][\d:.]{0,15})?( ?(Z|[A-Za-z]{1,5}|[A-Za-z]{2,16}/[A-Za-z_]{2,30}|[+-]\d\d:?\d\d))?")
"""What nbgrader writes into timestamp.txt. A time zone is looked up as a file, so no other text may get there."""


class Refused(Exception):
    """A file or folder that is not touched; ``str()`` says why."""


@dataclass(frozen=True)
class Submission:
    """What one learner handed in, as bytes. ``answers`` is None where there are none or ``refused`` says that they are not read."""

    learner: str
    answers: bytes | None
    refused: bool
    kept: dict[str, bytes]
    timestamp: datetime | None
    odd: tuple[str, ...]


def learners(submitted: Path) -> Iterator[tuple[str, str]]:
    """The names of the folders under submitted/, sorted, each with the reason why it is refused, or an empty text."""
    with os.scandir(submitted) as entries:
        found = sorted((entry.name, entry.is_symlink(), entry.is_dir(follow_symlinks=False)) for entry in entries)
    for name, link, folder in found:
        if not sane(name):
            yield name, "its name cannot stand in a gradebook; rename the folder"
        elif link or folder:
            yield name, "its folder is a link" if link else ""


def sane(name: str) -> bool:
    """Whether a learner's name is letters and digits of any script, with spaces and ``. _ - + @`` inside, of a length that fits."""
    ordinary = all(unicodedata.category(letter)[0] in "LMN" or letter in " ._-+@" for letter in name)
    return ordinary and 0 < len(name) <= _LONGEST_NAME and (name[0] == "_" or name[0].isalnum()) and name[-1] not in ". "


def printable(text: str) -> str:
    """Somebody else's words for our report: short, and without a character that could write lines or colours into it."""
    return base.printable(text, _LONGEST_NAME)


def read(folder: Path, learner: str, released: frozenset[str]) -> Submission:
    """Read a learner's folder of one exercise. ``released`` holds the fingerprints of the exercise's own code.

    Raises Refused where the folder is none. What else is odd is named in the submission and costs what it costs.
    """
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise Refused("its folder of this exercise is a link or no folder")
    odd = []
    with os.scandir(folder) as entries:
        names = [entry.name for entry in islice(entries, 1000)]
    if strange := sorted(set(names) - {places.EXERCISE, places.ANSWERS, *KEPT} - {name for name in names if name.startswith(".")}):
        more = f" and {len(strange) - 3} more" if len(strange) > 3 else ""
        odd.append(f"other files were left alone: {', '.join(map(printable, strange[:3]))}{more}")
    kept, contents = {}, {}
    for name, most in ((places.ANSWERS, MOST_BYTES), (places.EXERCISE, MOST_BYTES), *((name, 4096) for name in KEPT)):
        if name in names:
            try:
                contents[name] = content(folder / name, most)
            except (Refused, OSError) as error:
                odd.append(f"{name} {error if isinstance(error, Refused) else 'cannot be read'}, so it was not read")
    if places.EXERCISE not in names:
        odd.append(f"{places.EXERCISE} is missing; the answers were marked")
    elif places.EXERCISE in contents and fingerprint(contents[places.EXERCISE]) not in released:
        odd.append("the code in its notebook is not the exercise's; it was not run, and the answers were marked")
    timestamp = None
    if TIMESTAMP in contents:
        timestamp = moment(contents[TIMESTAMP])
        if timestamp is None:
            odd.append(f"{TIMESTAMP} holds no moment; the submission counts as in time")
    kept = {name: contents[name] for name in KEPT if name in contents}
    refused = places.ANSWERS in names and places.ANSWERS not in contents
    return Submission(learner, contents.get(places.ANSWERS), refused, kept, timestamp, tuple(odd))


def risk(folder: Path) -> str:
    """Why no program that follows links may copy a learner's folder of one exercise; an empty text where it holds ordinary files only.

    nbgrader would copy what a link leads to, the gradebook say, to where a learner's code can read it.
    """
    try:
        if not stat.S_ISDIR(folder.lstat().st_mode):
            return "its folder of this exercise is a link or no folder"
        seen, left = 0, [str(folder)]
        while left:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    facts = entry.stat(follow_symlinks=False)
                    name = printable(os.path.relpath(entry.path, folder))
                    seen += 1
                    if seen > MOST_ENTRIES:
                        return f"it holds more than {MOST_ENTRIES} files and folders"
                    if stat.S_ISDIR(facts.st_mode):
                        left.append(entry.path)
                    elif not stat.S_ISREG(facts.st_mode):
                        return f"{name} is a link or no ordinary file"
                    elif facts.st_size > MOST_BYTES:
                        return f"{name} is too large ({facts.st_size:,} bytes)"
    except OSError as error:
        return f"its folder cannot be read ({error.strerror})"
    return ""


def content(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes. A link is not followed, and a pipe does not keep anyone waiting.

    Raises Refused, or OSError.
    """
    if stat.S_ISLNK(path.lstat().st_mode):
        raise Refused("is a link")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise Refused("is no ordinary file")
        if facts.st_size > most:
            raise Refused(f"is too large ({facts.st_size:,} bytes)")
        return file.read(most)


def moment(data: bytes) -> datetime | None:
    """The moment in a timestamp.txt, in UTC without a zone, as nbgrader reads it; None where there is none."""
    from nbgrader.utils import parse_utc

    text = data.decode("utf-8", errors="replace").strip()
    if not _MOMENT.fullmatch(text):
        return None
    try:
        parsed: datetime = parse_utc(text)
    except (ValueError, OverflowError, TypeError, AttributeError):
        return None
    return parsed


@lru_cache(maxsize=64)
def fingerprint(notebook: bytes) -> str:
    """A hash of a notebook's code cells; empty for what is no notebook. A class hands in the same few notebooks."""
    try:
        cells = json.loads(notebook)["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        return hashlib.sha256("\0".join(code).encode("utf-8")).hexdigest()
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
