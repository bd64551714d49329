"""The workers of one machine: none where there is nothing to do, and never more than the system stands."""

from __future__ import annotations

import multiprocessing

import pytest

from course.marking import batch


def test_where_nothing_is_to_be_marked_no_worker_starts() -> None:
    with batch.processes(0):
        assert multiprocessing.active_children() == []


def test_no_more_workers_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    class Pool:
        def __init__(self, workers: int, *_: object, **__: object) -> None:
            asked.append(workers)

        def submit(self, *_: object) -> None: ...

        def shutdown(self, **_: object) -> None: ...

    monkeypatch.setattr(batch, "processors", lambda: 256)
    monkeypatch.setattr(batch, "ProcessPoolExecutor", Pool)
    with batch.processes(1000):
        assert asked == [61]
