"""From asking for a kernel to the first activity shown: forked from a warm process, beside the ordinary start in the same run.

    uv run python tests/bench/bench_kernel.py

Kernels of both sorts take turns; three runs, medians of each. "ready" ends when the kernel has answered its first request.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from jupyter_client.manager import KernelManager

from course.kernels import nursery
from course.kernels.nursery import ForkedKernel

RUNS = 3
ROUNDS = 5
KERNELS = {"ordinary": "python3", "forked": "warm"}
CODES = {
    "import": "from course import show",
    "first show": "show('m01.potential')",
    "a chart": "show('m09.return_rates_chart')",
    "with pandas": "show('gallery.explorer')",
}


def one_kernel(name: str) -> dict[str, float]:
    """Milliseconds of each step of one kernel's life, and of the steps to the first activity together."""
    times: dict[str, float] = {}
    start = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        manager.start_kernel(stderr=nowhere)
    assert isinstance(manager.provisioner.process, ForkedKernel) == (name == "warm")  # type: ignore[union-attr]
    client = manager.client()
    client.start_channels()
    try:
        client.kernel_info(reply=True, timeout=60)
        times["ready"] = time.perf_counter() - start
        for step, code in CODES.items():
            start = time.perf_counter()
            reply = client.execute(code, reply=True, timeout=60)
            times[step] = time.perf_counter() - start
            assert reply["content"]["status"] == "ok", reply["content"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    times["to first show"] = sum(times[step] for step in ("ready", "import", "first show"))
    times["to first chart"] = times["ready"] + times["import"] + times["a chart"]
    return {step: 1000 * seconds for step, seconds in times.items()}


def main() -> None:
    os.environ["JUPYTER_PATH"] = str(Path(nursery.__file__).with_name("share"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_FOLDER"] = folder
        nursery.start()
        one_kernel("warm")  # waits until it is
        for number in range(RUNS):
            taken = [{sort: one_kernel(name) for sort, name in KERNELS.items()} for _ in range(ROUNDS)]
            print(f"run {number + 1}")
            for step in taken[0]["forked"]:
                ordinary, forked = (statistics.median(times[sort][step] for times in taken) for sort in KERNELS)
                print(f"  {step:14} ordinary {ordinary:7.0f} ms, forked {forked:7.0f} ms, ratio {forked / ordinary:.2f}")
        nursery.stop()


if __name__ == "__main__":
    main()
