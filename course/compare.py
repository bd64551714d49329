"""``course compare``: which learners handed in the same or nearly the same, as a hint for the instructor."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from course import answers, catalog, grade, places
from course.errors import BookError, SetupError
from course.language import LANGUAGES, explain, in_language
from course.marking import likeness
from course.marking.likeness import Hint, Written


@dataclass
class Comparison:
    """The hints, most alike first; how many submissions were read, and which could not be."""

    hints: list[Hint] = field(default_factory=list)
    read: int = 0
    troubles: list[str] = field(default_factory=list)


def compare(folder: Path, assignment: str, least: int = likeness.LEAST) -> Comparison:
    """Compare all that was collected of one exercise: whole answers files, and free texts of the same activity. Raises CourseError."""
    if assignment not in grade.assignments(folder):
        raise SetupError(f"solutions/{assignment}: there is no such exercise. There are: {', '.join(grade.assignments(folder)) or 'none'}")
    result = Comparison()
    files: dict[str, str] = {}
    written: list[Written] = []
    activities = catalog.activities(assignment)
    for path in sorted((folder / "submitted").glob(f"*/{assignment}/{places.ANSWERS}")):
        learner = path.parts[-3]
        try:
            page = answers.read(path, assignment)
            if page.activities:
                files[learner] = hashlib.sha256(path.read_bytes()).hexdigest()
            for activity in activities:
                if activity.graded and (entry := page.entry(activity.name)):
                    texts = islice(likeness.texts_in(entry.answer), likeness.MOST)
                    written += [
                        Written(learner, activity.id, text) for text in texts if len(text.encode("utf-8", "replace")) >= likeness.SHORT
                    ]
        except BookError as error:
            result.troubles.append(f"{learner}: {explain(error, 'en')}")
            continue
        result.read += 1
    given = [text for activity in activities for language in LANGUAGES for text in likeness.texts_in(in_language(activity, language))]
    result.hints = [*likeness.same(places.ANSWERS, files), *likeness.alike(written, given, least)]
    return result
