"""Marking a class: ours against stock nbgrader, side by side in one run, start of the program included for both.

Run: uv run python tests/bench/bench_grade.py [--many] [exercise]
Without --many: 1,000 submissions by ``course grade``, 20 by ``nbgrader autograde``. With --many: ours alone, with 2,500, 5,000 and 10,000.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[2]))

from course import places
from course.marking import source
from course.marking.run import HandedIn, mark_each
from course.marking.school import School
from tests.marking import classroom
from tests.marking.learners import middling, perfect

OURS, STOCK = 1000, 20
COURSE = [sys.executable, "-c", "from course.cli import main; main()", "grade"]
NBGRADER = [sys.executable, "-m", "nbgrader", "autograde", "--JupyterApp.config_file=grader_config", "--log-level=ERROR"]


@dataclass(frozen=True)
class Cost:
    """Of one program and all its children: seconds by the clock, seconds of processor, the most memory at once in bytes."""

    wall: float
    cpu: float
    memory: int


def cost(command: list[str], folder: Path) -> Cost:
    """Run a program to its end. Memory that processes share is counted once (PSS)."""
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=places.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    ended = threading.Event()

    def watch() -> None:
        nonlocal most
        root = psutil.Process(process.pid)
        while not ended.wait(0.1):
            total = 0
            with suppress(psutil.NoSuchProcess):
                for one in [root, *root.children(recursive=True)]:
                    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                        total += one.memory_full_info().pss
            most = max(most, total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, said = process.communicate()
    ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(said.decode())
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(time.perf_counter() - start, used, most)


def a_class(folder: Path, module: str, how_many: int) -> None:
    """So many submissions: a third each of whole ones in Chinese, half ones in English, and missing files."""
    files = [classroom.answer_file(module, perfect), classroom.answer_file(module, middling, "en"), None]
    for n in range(how_many):
        classroom.hand_in(folder, f"learner{n:05}", module, files[n % 3])


def floor(folder: Path, module: str) -> float:
    """Milliseconds a submission for the bare scoring: the cells of the exercise over answers in memory, in one process."""
    plan = pickle.dumps(source.compiled(School(folder).register(module).sanitised, folder, "zh", 1000))
    files = [classroom.answer_file(module, perfect), classroom.answer_file(module, middling, "en"), None]
    pile = [HandedIn(f"learner{n}", files[n % 3], False, folder) for n in range(600)]
    mark_each(plan, pile[:30])
    start = time.process_time()
    mark_each(plan, pile)
    return (time.process_time() - start) / len(pile) * 1000


def line(name: str, marked: int, spent: Cost) -> None:
    print(
        f"{name:14} {marked:6,} submissions  {spent.wall:7.1f} s  {spent.wall / marked * 1000:8.2f} ms each   "
        f"CPU {spent.cpu / marked:.4f} s each   {spent.memory / 1e6:4.0f} MB at most",
        flush=True,
    )


def side_by_side(base: Path, module: str) -> None:
    theirs = classroom.new_course(base / "stock", [module])
    a_class(theirs, module, STOCK)
    School(theirs).register(module)
    stock = cost([*NBGRADER, module], theirs)
    line("stock nbgrader", STOCK, stock)
    mine = classroom.new_course(base / "ours", [module])
    a_class(mine, module, OURS)
    School(mine).register(module)
    ours = cost([*COURSE, module], mine)
    line("course grade", OURS, ours)
    again = cost([*COURSE, module, "--again"], mine)
    line("marked again", OURS, again)
    nothing = cost([*COURSE, module], mine)
    print(f"with nothing to mark it takes {nothing.wall:.1f} s: the start, nbgrader's import above all")
    print(f"the bare scoring costs {floor(mine, module):.2f} ms of processor each")
    print(f"course grade is {stock.wall / STOCK / (ours.wall / OURS):.0f} times as fast a submission (at least 100, goal 200)")


def many(base: Path, module: str) -> None:
    for how_many in (2500, 5000, 10_000):
        folder = classroom.new_course(base / str(how_many), [module])
        a_class(folder, module, how_many)
        line("course grade", how_many, cost([*COURSE, module], folder))


def main() -> None:
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as base:
        (many if "--many" in sys.argv else side_by_side)(Path(base), named[0] if named else "m08")


if __name__ == "__main__":
    main()
