"""What tests let a worker do; apart, for a worker imports all that stands beside it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from course.marking.run import HandedIn, Marked, mark_each

known: object = None
"""Set by a test in the first process."""


def what_is_known() -> object:
    """What a worker finds of it."""
    return known


def deadly(source: bytes, submissions: Sequence[HandedIn]) -> list[Marked]:
    """A marking that ends its process over one submission."""
    if any(submission.answers == b"poison" for submission in submissions):
        os._exit(13)
    return mark_each(source, submissions)
