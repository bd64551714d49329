"""All notebooks under nbval, on kernels forked from a warm process and on ordinary ones: whole runs of pytest, turn by turn, medians.

    uv run python tests/bench/bench_nbval.py [-n0 | any other argument for pytest]

Beside the seconds that passed stand those of the processors: on a busy machine they say more.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 3
KERNELS = {"ordinary": "python3", "forked": "warm"}
ROOT = Path(__file__).parent.parent.parent


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run(kernel: str) -> tuple[float, float]:
    """Seconds that pass, and of the processors."""
    command = [sys.executable, "-m", "pytest", "-q", *("course", "solutions", "exercises"), f"--nbval-kernel-name={kernel}", *sys.argv[1:]]
    before, start = processor(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, "COURSE_FOLDER": folder}, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return time.perf_counter() - start, processor() - before


def main() -> None:
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in KERNELS}
    for number in range(ROUNDS):
        for name, kernel in KERNELS.items():
            times[name].append(run(kernel))
            print(f"run {number + 1}, {name:8}: {times[name][-1][0]:6.1f} s, processors {times[name][-1][1]:6.1f} s", flush=True)
    for what, index in (("passed", 0), ("processors", 1)):
        ordinary, forked = (statistics.median(taken[index] for taken in times[name]) for name in KERNELS)
        print(f"median, {what:10}: ordinary {ordinary:6.1f} s, forked {forked:6.1f} s, ratio {forked / ordinary:.2f} (goal 0.50)")


if __name__ == "__main__":
    main()
