from __future__ import annotations

from pathlib import Path

import pytest

from course import catalog
from course.activities import KINDS
from course.authoring import skeleton
from course.errors import ContentError, SetupError


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_skeleton_that_is_valid_as_it_stands(kind: str, tmp_path: Path) -> None:
    path = skeleton.write(tmp_path, kind, "m04.drivers")
    assert path == tmp_path / "m04" / "drivers.yaml"
    activity = catalog.read_activity(path)
    assert (activity.id, activity.kind, activity.points) == ("m04.drivers", kind, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_names_every_field_of_its_kind(kind: str) -> None:
    text = skeleton.text(kind)
    fields = set(KINDS[kind].model_fields) - {"id"}
    if kind in ("figure", "calculator", "explorer", "collection"):
        fields -= {"points"}  # these never have any
    assert [field for field in sorted(fields) if f"{field}:" not in text] == []


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = skeleton.write(tmp_path, "quiz", "m04.drivers")
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(ContentError, match="is there already"):
        skeleton.write(tmp_path, "quiz", "m04.drivers")
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "activity_id", ["drivers", "m4.drivers", "m04.Drivers", "../m04.x", "m04.", "m04.x/y", "m04.x\n", f"m04.{'x' * 61}"]
)
def test_an_id_that_cannot_be_is_refused(activity_id: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"such as m04\.drivers"):
        skeleton.write(tmp_path, "quiz", activity_id)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_told_which_there_are(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"'puzzle' is not one of the kinds: .*quiz"):
        skeleton.write(tmp_path, "puzzle", "m04.drivers")
