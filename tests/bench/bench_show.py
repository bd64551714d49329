"""How long ``show()`` takes on a warm kernel, for each kind, beside an ipywidgets Button in the same kernel and run.

    uv run python -m tests.bench.bench_show

From the execute request until the kernel is idle again, so with every message to the page. Medians of rounds that take turns.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from course import places
from tests.samples import SPECS, write

ROUNDS = 40
WARM = 3  # rounds that import and fill caches
LIMIT = 150  # ms, for a sorting of 39 cards


def timed(client: BlockingKernelClient, code: str) -> float:
    """Milliseconds from the request until the kernel is idle. Raises RuntimeError where the code fails."""
    start = time.perf_counter()
    message = client.execute(code)
    while True:
        reply = client.get_iopub_msg(timeout=60)
        if reply["parent_header"].get("msg_id") != message:
            continue
        if reply["msg_type"] == "error":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
        if reply["msg_type"] == "status" and reply["content"]["execution_state"] == "idle":
            return 1000 * (time.perf_counter() - start)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COURSE_FOLDER"] = folder
        content = Path(folder) / "content"
        shutil.copytree(places.content(), content)
        many = write(content, SPECS["many_cards"](), "many_cards")
        shown = {path.stem: f"show('gallery.{path.stem}')" for path in sorted((content / "gallery").glob("*.yaml"))}
        codes = {"Button": "display(Button(description='Press'))", **shown, "sorting, 39 cards": f"show('m01.{many.stem}')"}
        times: dict[str, list[float]] = {name: [] for name in codes}
        manager, client = start_new_kernel(kernel_name="python3", cwd=folder)
        try:
            timed(client, "from course import places, show\nfrom ipywidgets import Button\nfrom IPython.display import display")
            timed(client, f"from pathlib import Path\nplaces.content = lambda: Path({str(content)!r})")
            for number in range(ROUNDS + WARM):
                for name, code in codes.items():
                    taken = timed(client, code)
                    if number >= WARM:
                        times[name].append(taken)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    button = statistics.median(times["Button"])
    for name, taken in times.items():
        median, slow = statistics.median(taken), sorted(taken)[int(0.95 * len(taken))]
        print(f"{name:20} median {median:6.1f} ms, 95 % {slow:6.1f} ms, {median / button:5.2f} × Button")
    print(f"sorting of 39 cards under {LIMIT} ms: {statistics.median(times['sorting, 39 cards']) < LIMIT}")


if __name__ == "__main__":
    main()
