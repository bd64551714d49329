"""Chinese is written with full-width punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from course.errors import ContentError

_ASCII_BESIDE_HAN = re.compile(r"[一-鿿][,:;?!()]|[,;?!()][一-鿿]")
_FOREIGN = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|<[^>]+>", re.DOTALL)


def typography(path: Path, text: str) -> Iterator[ContentError]:
    """The lines of a text that set ASCII punctuation beside Chinese."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := _ASCII_BESIDE_HAN.search(_FOREIGN.sub("", line)):
            yield ContentError(path, f"line {number}", f"“{match[0]}”: use full-width punctuation beside Chinese")
