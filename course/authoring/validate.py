"""``course check``: everything that must hold between content, lessons, solutions and texts, each fault named by file and field."""

from __future__ import annotations

from pathlib import Path

from course.authoring.checks import content, data, lessons, solutions
from course.errors import ContentError


def faults(root: Path) -> list[ContentError]:
    """All faults of a course folder, in the order in which a person would mend them."""
    activities, found = content.read()
    for check in (lessons, solutions, content, data):
        try:
            found += check.faults(root, activities)
        except ContentError as error:  # a file that cannot be read at all
            found.append(error)
    return found
