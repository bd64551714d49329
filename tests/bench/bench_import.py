"""`import course` beside `import anywidget`: fresh processes, turn by turn, medians. Run: uv run python tests/bench/bench_import.py"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
COMMANDS = {
    "python alone": "pass",
    "import anywidget": "import anywidget",
    "import course": "import course",
    "from course import show": "from course import show",
    "from course import mark": "from course import mark",
}


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, code in COMMANDS.items():
            times[name].append(seconds(code))
    reference = statistics.median(times["import anywidget"])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:26} {median * 1000:7.1f} ms   {median / reference:5.2f} × import anywidget")


if __name__ == "__main__":
    main()
