"""What an instructor reads of a marking: how far it is, and what was odd in which submission."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol


@dataclass
class Report:
    """What a marking did. ``odd`` holds a reason by learner; ``refused`` are the learners who were not marked."""

    assignment: str
    by_nbgrader: bool = False
    marked: int = 0
    already: int = 0
    odd: dict[str, list[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)

    def note(self, learner: str, *reasons: str) -> None:
        """Something odd in a submission that is marked all the same."""
        if reasons:
            self.odd.setdefault(learner, []).extend(reasons)

    def refuse(self, learner: str, reason: str) -> None:
        """A submission that is not marked."""
        self.refused.add(learner)
        self.note(learner, f"not marked: {reason}" if not reason.startswith("not marked") else reason)

    def lines(self) -> Iterator[str]:
        """The report, one line a reason. Plain text: names and reasons hold no control characters."""
        counted = f"{self.marked} marked, {self.already} marked before, {len(self.refused)} not marked"
        yield f"{self.assignment}: {'marked by nbgrader; what it said stands above' if self.by_nbgrader else counted}"
        for learner in sorted(self.odd):
            yield from (f"  {learner}: {reason}" for reason in self.odd[learner])


class Progress(Protocol):
    """Told how many more are done."""

    def __call__(self, more: int) -> None:
        """``more`` submissions are marked."""


@contextmanager
def progress(assignment: str, total: int) -> Iterator[Progress]:
    """A bar with rate and remaining time on a terminal, a line every few seconds elsewhere; both on stderr."""
    if sys.stderr.isatty():
        with _bar(assignment, total) as advance:
            yield advance
    else:
        yield _Log(assignment, total)


@contextmanager
def _bar(assignment: str, total: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    rate = TextColumn("{task.fields[rate]}")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True)) as bar:
        shown, start, done = bar.add_task(assignment, total=total, rate=""), time.monotonic(), 0

        def advance(more: int) -> None:
            nonlocal done
            done += more
            bar.update(shown, advance=more, rate=f"{done / max(time.monotonic() - start, 0.001):.0f}/s")

        yield advance


class _Log:
    """Plain lines, at most one every five seconds, and one at the end."""

    def __init__(self, assignment: str, total: int) -> None:
        self._assignment, self._total, self._done = assignment, total, 0
        self._start = self._said = time.monotonic()

    def __call__(self, more: int) -> None:
        self._done += more
        now = time.monotonic()
        if self._done < self._total and now - self._said < 5:
            return
        self._said = now
        rate = self._done / max(now - self._start, 0.001)
        left = (self._total - self._done) / rate
        print(f"{self._assignment}: {self._done} of {self._total} marked, {rate:.0f} a second, {left:.0f} s left", file=sys.stderr)
