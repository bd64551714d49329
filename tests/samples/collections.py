"""Samples of the kind collection."""

from __future__ import annotations

from tests.samples.base import Makers, Spec, both, spec


def collection_spec() -> Spec:
    """A text from a lesson, with a note, and one from an exercise."""
    return spec("collection", parts=[{"activity": "m09.always_right", "note": both("read it again")}, {"activity": "m08.follow_up"}])


SPECS: Makers = {"collection": collection_spec}

COMPLETE: dict[str, Spec] = {"collection": {}}
