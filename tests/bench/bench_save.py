"""From a message's arrival in the kernel to the answer on disk, fsync included, with 100 answers in the book.

The message goes through the real view (`_receive`): validation, lock, backup, write, fsync, replace, and the state that goes back.
Beside it, in the same run, a bare write + fsync + replace of the same bytes. Run: uv run python tests/bench/bench_save.py
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from course import catalog
from course.answers import AnswerBook
from course.drawer import Drawer
from course.widgets import VIEWS

ROUNDS = 200


def milliseconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def bare(path: Path, data: bytes) -> None:
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def main() -> None:
    activity = catalog.activity("m08.ticket_practice")
    assert activity.kind == "ranking"
    with tempfile.TemporaryDirectory() as folder:
        book = AnswerBook(Path(folder) / "m08.json", "m08")
        for n in range(100):
            book.save(f"activity_{n}", {"texts": {"field": "一段两百字的回答。" * 22}})
        view = VIEWS[type(activity)](activity, Drawer(activity, book), "zh")
        order = [item.id for item in activity.items]  # type: ignore[attr-defined]
        ours, floor = [], []
        for n in range(ROUNDS):
            turned = order[n % len(order) :] + order[: n % len(order)]
            message = {"do": "answer", "answer": {"order": turned}, "view": "bench", "seq": n}
            ours.append(milliseconds(lambda message=message: view._receive(None, message, [])))  # type: ignore[misc]
            floor.append(milliseconds(lambda: bare(Path(folder) / "bare", book.path.read_bytes())))
        assert view.state["status"]["kind"] == "saved"
        size = book.path.stat().st_size
    median = statistics.median(ours)
    print(f"answers file of {size / 1000:.0f} kB with 101 answers, {ROUNDS} rounds")
    print(f"message to answer on disk  median {median:6.2f} ms   95 % {sorted(ours)[int(ROUNDS * 0.95)]:6.2f} ms   (limit 50 ms)")
    print(f"bare write, fsync, replace median {statistics.median(floor):6.2f} ms   ratio {median / statistics.median(floor):.2f}")


if __name__ == "__main__":
    main()
