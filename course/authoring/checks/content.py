"""The activities: each file is valid, its practice key fair, its data there, and somebody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from course import catalog, places
from course.activities import KINDS, Activity, Quiz, Ranking
from course.activities.ranking import RankingKey, order_share
from course.authoring import notebooks
from course.authoring.checks.typography import typography
from course.calls import calls, first_argument
from course.errors import ContentError

MOST_FOR_NOTHING = 0.3
"""An untouched ranking must not stand nearer to its key than this share of its points."""


def read() -> tuple[dict[str, Activity], list[ContentError]]:
    """All activities that are valid, by id, and what is wrong with the others or with how a text is set."""
    activities: dict[str, Activity] = {}
    found: list[ContentError] = []
    for path in catalog.activity_files():
        try:
            activity = catalog.read_activity(path)
            activities[activity.id] = activity
            found += typography(path, path.read_text(encoding="utf-8"))
        except ContentError as error:
            found.append(error)
    return activities, found


def faults(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """Practice keys that give themselves away, activities that nobody sees, kinds without a sample in the gallery."""
    for activity in activities.values():
        if isinstance(activity, Ranking) and activity.key is not None:
            yield from untouched(file_of(activity), activity, activity.key)
        if isinstance(activity, Quiz):
            yield from _places_of_right(file_of(activity), activity)
    yield from _unseen(root, activities)
    for kind in KINDS:
        if not any(activity.module == "gallery" and activity.kind == kind for activity in activities.values()):
            yield ContentError(places.content() / "gallery" / f"{kind}.yaml", "", "the gallery needs one activity of each kind")


def file_of(activity: Activity) -> Path:
    """The YAML file of an activity."""
    return places.content() / activity.module / f"{activity.name}.yaml"


def _unseen(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    paths = [*root.glob("course/zh/*.ipynb"), *root.glob("solutions/m*/*.ipynb")]
    sources = [cell.source for path in paths for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    shown = {first_argument(call) for source in sources for call in calls(source, "show")}
    for activity in activities.values():
        if activity.id not in shown:
            problem = f"no lesson and no exercise shows it: put show({activity.id!r}) into one, or take it away"
            yield ContentError(file_of(activity), "", problem)


def untouched(path: Path, activity: Ranking, key: RankingKey) -> Iterator[ContentError]:
    """A ranking whose first order already earns points."""
    share = order_share(activity.ids, key.order)
    if share > MOST_FOR_NOTHING:
        yield ContentError(path, activity.id, f"items: shuffle them; the order first shown already earns {share:.0%}")


def _places_of_right(path: Path, activity: Quiz) -> Iterator[ContentError]:
    """In practice the right option of the single-choice questions must not always stand in the same place."""
    single = [question for question in activity.questions if question.form == "single" and question.own_key()]
    right = {next(n for n, option in enumerate(question.options) if option.right) for question in single}
    if len(single) >= 3 and len(right) == 1:
        yield ContentError(path, "questions", "the right option always stands in the same place; move some")
