from __future__ import annotations

from pathlib import Path

from tests.samples import changed, refusal
from tests.samples.collections import collection_spec


def test_a_piece_named_twice_is_refused(tmp_path: Path) -> None:
    spec = changed(collection_spec(), "parts.1.activity", "m09.always_right")
    assert "parts: named twice: m09.always_right" in refusal(tmp_path, spec)


def test_it_earns_nothing(tmp_path: Path) -> None:
    assert "asks nothing, so it earns nothing" in refusal(tmp_path, {**collection_spec(), "points": 5})


def test_a_piece_is_named_by_its_id(tmp_path: Path) -> None:
    assert refusal(tmp_path, changed(collection_spec(), "parts.0.activity", "always_right")).startswith("parts.0.activity: ")
