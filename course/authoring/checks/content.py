"""The activities: each file is valid, its practice key fair, its data there, and somebody sees it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from course import catalog, places
from course.activities import KINDS, Activity, Collection, Scale
from course.authoring import notebooks, skeleton
from course.authoring.checks import giveaways
from course.authoring.checks.typography import typography_of
from course.calls import calls, first_argument
from course.errors import ContentError


def read() -> tuple[dict[str, Activity], list[ContentError]]:
    """All activities that are valid, by id, and what is wrong with the others or with how a text is set."""
    activities: dict[str, Activity] = {}
    found: list[ContentError] = []
    for path in catalog.activity_files():
        try:
            activity = catalog.read_activity(path)
            activities[activity.id] = activity
            data = catalog.read_yaml(path)
            found += [*typography_of(path, data), *_still_the_skeletons(path, data)]
        except ContentError as error:
            found.append(error)
    return activities, found


def _still_the_skeletons(path: Path, data: dict[str, Any]) -> Iterator[ContentError]:
    """Title or intro as ``course new-activity`` wrote it."""
    began = yaml.safe_load(skeleton.text(data["kind"]))
    for field in ("title", "intro"):
        if data[field] == began[field]:
            yield ContentError(path, field, "is still the skeleton’s; write your own")


def faults(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """Practice keys that give themselves away, activities that nobody sees, kinds without a sample in the gallery."""
    for activity in activities.values():
        if giveaway := giveaways.of_practice(activity):
            yield ContentError(file_of(activity), "", giveaway)
        yield from _others(activity, activities)
    yield from _unseen(root, activities)
    for kind in KINDS:
        if not any(activity.module == "gallery" and activity.kind == kind for activity in activities.values()):
            yield ContentError(places.content() / "gallery" / f"{kind}.yaml", "", "the gallery needs one activity of each kind")


def file_of(activity: Activity) -> Path:
    """The YAML file of an activity."""
    return places.content() / activity.module / f"{activity.name}.yaml"


def _others(activity: Activity, activities: dict[str, Activity]) -> Iterator[ContentError]:
    """The activities that this one names are there, and fit."""
    if isinstance(activity, Collection):
        for piece in activity.parts:
            if piece.activity not in activities or not activities[piece.activity].stored:
                yield ContentError(file_of(activity), "parts", f"there is no activity {piece.activity!r} that keeps an answer")
    if isinstance(activity, Scale) and activity.beside is not None:
        first = activities.get(activity.beside)
        if not isinstance(first, Scale) or (first.items, first.values) != (activity.items, activity.values):
            yield ContentError(file_of(activity), "beside", f"{activity.beside!r} must be a scale with the same items and values")


def _unseen(root: Path, activities: dict[str, Activity]) -> Iterator[ContentError]:
    paths = [*root.glob("course/zh/*.ipynb"), *root.glob("solutions/m*/*.ipynb")]
    sources = [cell.source for path in paths for cell in notebooks.read(path).cells if cell.cell_type == "code"]
    shown = {first_argument(call) for source in sources for call in calls(source, "show")}
    for activity in activities.values():
        if activity.id not in shown:
            problem = f"no lesson and no exercise shows it: put show({activity.id!r}) into one, or take it away"
            yield ContentError(file_of(activity), "", problem)
