"""``mark``: the one line of a grade cell."""

from __future__ import annotations

from pathlib import Path

from course import answers, catalog, places
from course.errors import BookError
from course.marking.assess import assess, read_key, trouble


def mark(activity_id: str, key: object = None) -> float:
    """Score the answer that lies beside this notebook, say what it earns, and return the points for nbgrader.

    Always a built-in float between 0 and the activity's points: nbgrader takes it as partial credit, and anything else as full marks.
    A missing, broken or foreign answers file is 0 and says so. Raises CourseError only for a mistake of the instructor's: an unknown
    activity, or a key that does not fit.
    """
    activity = catalog.activity(activity_id)
    path = Path.cwd() / places.ANSWERS
    try:
        page = answers.read(path, activity.module)
    except BookError as error:
        read_key(activity, key)  # a wrong key is to be found whatever the submission holds
        result = trouble(activity, error, "zh")
    else:
        result = assess(activity, page, key, page.language or "zh")
    print(result.sentence)
    return result.score.points
