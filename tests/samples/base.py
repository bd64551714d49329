"""What samples are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Spec = dict[str, Any]
Makers = dict[str, Callable[[], Spec]]


def both(name: str) -> dict[str, str]:
    """A text in both languages that can be told apart."""
    return {"zh": f"{name}·中", "en": f"{name}-en"}


def spec(kind: str, **more: Any) -> Spec:
    """A specification with the fields that all kinds have."""
    return {"kind": kind, "title": both(f"{kind} title"), "intro": both(f"{kind} intro"), **more}
