"""The learner's JupyterLab: its kernels are forked from a warm process, and start as ever where there is none."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, Request, build_opener

import psutil
import pytest

from course.learn import Room, lay, open_room

PATIENCE = 60.0
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels are not forked")


@pytest.fixture
def room(learner: Path) -> Iterator[Room]:
    lay(learner)
    (learner / "course.py").write_text("raise SystemExit('the learner calls this so')", encoding="utf-8")
    room = open_room(learner, port=9180)
    yield room
    room.close()


def ask(room: Room, path: str, content: Any = None) -> Any:
    """What JupyterLab's REST API answers to a POST."""
    address = urlsplit(room.address)
    token = parse_qs(address.query)["token"][0]
    request = Request(f"http://{address.netloc}/api/{path}", json.dumps(content or {}).encode(), {"Authorization": f"token {token}"})
    with build_opener(ProxyHandler({})).open(request, timeout=PATIENCE) as answer:
        return json.loads(answer.read())


def programs(process: psutil.Process) -> dict[int, str]:
    """The processes that this one started, by what they run."""
    found = {}
    for child in process.children():
        with suppress(psutil.NoSuchProcess):  # JupyterLab asks npm for its version, say
            found[child.pid] = " ".join(child.cmdline())
    return found


def warm_process(server: psutil.Process) -> psutil.Process:
    (pid,) = (pid for pid, program in programs(server).items() if "course.kernels.warm" in program)
    return psutil.Process(pid)


def test_a_lesson_runs_on_a_forked_kernel_and_on_an_ordinary_one_when_the_warm_process_is_gone(room: Room) -> None:
    server = psutil.Process(room.process.pid)
    warm = warm_process(server)
    lesson = {"path": "lessons/zh/home.ipynb", "name": "home", "type": "notebook", "kernel": {"name": "python3"}}
    ask(room, "sessions", lesson)
    (forked,) = warm.children()
    assert Path(forked.cwd()) == Path(server.cwd()) / "lessons" / "zh"
    assert not any("ipykernel" in program for program in programs(server).values())
    warm.kill()
    assert psutil.wait_procs([forked], timeout=PATIENCE)[1] == []
    end = time.monotonic() + PATIENCE
    while not any("ipykernel_launcher" in program for program in programs(server).values()):  # JupyterLab starts it again by itself
        assert time.monotonic() < end
        time.sleep(0.05)


def test_when_the_room_closes_nothing_of_it_stays(room: Room) -> None:
    warm = warm_process(psutil.Process(room.process.pid))
    ask(room, "kernels", {"name": "python3"})
    started = [warm, *warm.children()]
    assert len(started) == 2
    room.close()
    assert psutil.wait_procs(started, timeout=PATIENCE)[1] == []


def test_notebooks_are_read_and_checked_without_the_grammar(root: Path) -> None:
    lesson = root / "course" / "zh" / "home.ipynb"
    code = (
        "from course.kernels import without_grammar; without_grammar(); import nbformat, sys\n"
        f"notebook = nbformat.read({str(lesson)!r}, as_version=4); nbformat.validate(notebook); notebook.cells[0].pop('cell_type')\n"
        "try: nbformat.validate(notebook)\n"
        "except nbformat.ValidationError: print('refused', 'lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout == "refused False\n"
