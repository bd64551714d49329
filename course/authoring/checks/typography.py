"""Chinese is written with full-width punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.errors import ContentError

_ASCII_BESIDE_HAN = re.compile(r"[一-鿿][,:;?!()]|[,;?!()][一-鿿]")
_FOREIGN = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]+>", re.DOTALL)


def typography(path: Path, text: str) -> Iterator[ContentError]:
    """The lines of a text that set ASCII punctuation beside Chinese."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ASCII_BESIDE_HAN.search(_FOREIGN.sub("", line)):
            yield ContentError(path, f"line {number}", f"“{match[0]}”: use full-width punctuation beside Chinese")


def typography_of(path: Path, data: Any, field: str = "") -> Iterator[ContentError]:
    """The same for every text of a YAML file that was read, named by its field: YAML has commas and colons of its own."""
    if isinstance(data, str):
        yield from (ContentError(path, field, fault.problem) for fault in typography(path, data))
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from typography_of(path, value, f"{field}.{key}".strip("."))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from typography_of(path, value, f"{field}.{number}")
