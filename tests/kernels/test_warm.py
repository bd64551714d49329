"""Kernels forked from a warm process: real ones, which compute, are interrupted, die and are noticed."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from course.kernels import nursery
from course.kernels.nursery import ForkedKernel

PATIENCE = 60.0
Message = dict[str, Any]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels are not forked")


class Kernel:
    """A kernel of the kernelspec "warm", and what a notebook does with it."""

    def __init__(self, **options: Any) -> None:
        self.manager = KernelManager(kernel_name=options.pop("kernel_name", "warm"))
        self.manager.start_kernel(**options)
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    @property
    def process(self) -> Any:
        """What the provisioner knows of it: a ``ForkedKernel`` or a ``Popen``."""
        provisioner: Any = self.manager.provisioner
        return provisioner.process

    @property
    def forked(self) -> bool:
        return isinstance(self.process, ForkedKernel)

    def messages(self, code: str) -> list[Message]:
        """All that a cell sends, up to its end."""
        return self.until_idle(self.client.execute(code))

    def until_idle(self, request: str) -> list[Message]:
        seen: list[Message] = []
        while not (seen and seen[-1]["msg_type"] == "status" and seen[-1]["content"]["execution_state"] == "idle"):
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                seen.append(message)
        return seen

    def value(self, expression: str, before: str = "") -> Any:
        """What an expression is in the kernel; numbers, texts, lists and such."""
        messages = self.messages(f"{before}\n{expression}")
        assert [message["content"] for message in messages if message["msg_type"] == "error"] == []
        return ast.literal_eval(next(m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"))

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


Start = Callable[..., Kernel]


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[psutil.Process]:
    """The warm process of this file alone."""
    with pytest.MonkeyPatch.context() as here:
        here.setenv("JUPYTER_PATH", str(Path(nursery.__file__).with_name("share")))
        here.setattr(nursery, "_nursery", None)
        nursery.start()
        assert nursery._nursery is not None
        yield psutil.Process(nursery._nursery._process.pid)
        nursery.stop()


@pytest.fixture
def start() -> Iterator[Start]:
    with ExitStack() as stack:

        def begin(**options: Any) -> Kernel:
            kernel = Kernel(**options)
            stack.callback(kernel.close)
            return kernel

        yield begin


def gone(*pids: int) -> bool:
    """Whether these processes end; zombies count as alive while their parent does not look."""
    return psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=PATIENCE)[1] == []


def test_a_kernel_computes_and_is_a_child_of_the_warm_process(start: Start, warm: psutil.Process) -> None:
    kernel = start()
    assert kernel.forked
    assert kernel.value("6 * 7") == 42
    assert kernel.value("os.getpid(), os.getppid(), os.getsid(0)", "import os") == (kernel.process.pid, warm.pid, kernel.process.pid)


def test_it_is_as_the_ordinary_start_would_have_made_it(start: Start, tmp_path: Path) -> None:
    here = tmp_path / "我的 folder"
    here.mkdir()
    environment = {**os.environ, "COURSE_FOLDER": str(tmp_path), "ONLY_HERE": "ja"}
    environment.pop("HOME", None)
    ours, ordinary = (start(kernel_name=name, cwd=str(here), env=environment) for name in ("warm", "python3"))
    assert (ours.forked, ordinary.forked) == (True, False)
    environ = "sorted(item for item in os.environ.items() if not item[0].startswith('PYDEVD_'))"  # what the debugger notes for itself
    for expression in ("os.getcwd()", environ, "sys.path", "sys.argv[:2]", "sys.flags[:]", "__name__"):
        assert ours.value(expression, "import os, sys") == ordinary.value(expression, "import os, sys"), expression
    assert ours.value("os.getcwd()") == str(here)
    assert ours.value("os.environ['ONLY_HERE'], os.environ.get('HOME')") == ("ja", None)


def test_its_output_goes_where_the_ordinary_start_puts_it(start: Start, tmp_path: Path) -> None:
    said: dict[str, list[str]] = {}
    for name in ("warm", "python3"):
        paths = [tmp_path / f"{name}.{stream}" for stream in ("out", "err")]
        with paths[0].open("w") as out, paths[1].open("w") as err:
            kernel = start(kernel_name=name, stdout=out, stderr=err)
        kernel.value("os.write(1, b'to stdout'), os.write(2, b'to stderr')", "import os")
        printed = [m["content"]["text"] for m in kernel.messages("print('to the page')") if m["msg_type"] == "stream"]
        said[name] = [*printed, *(path.read_text(encoding="utf-8") for path in paths)]
    assert said["warm"] == said["python3"]
    page, out_text, err_text = said["warm"]
    assert (page, out_text, err_text.endswith("to stderr")) == ("to the page\n", "to stdout", True)


def test_two_kernels_share_nothing(start: Start) -> None:
    one, two = start(), start()
    one.value("leak", "import builtins, course; leak = builtins.leak = course.leak = 1")
    assert two.value("[hasattr(thing, 'leak') for thing in (builtins, course)], 'leak' in globals()", "import builtins, course") == (
        [False, False],
        False,
    )
    draw = "import random, uuid, numpy as np"
    numbers = [kernel.value("random.random(), float(np.random.random()), uuid.uuid4().hex", draw) for kernel in (one, two)]
    assert all(a != b for a, b in zip(*numbers, strict=True))


def test_it_is_interrupted(start: Start) -> None:
    kernel = start()
    request = kernel.client.execute("import time\nprint('on', flush=True)\nwhile True: time.sleep(0.01)")
    while kernel.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    kernel.manager.interrupt_kernel()
    assert [m["content"]["ename"] for m in kernel.until_idle(request) if m["msg_type"] == "error"] == ["KeyboardInterrupt"]
    assert kernel.value("1") == 1


@pytest.mark.parametrize("now", [True, False])
def test_it_is_restarted(start: Start, warm: psutil.Process, now: bool) -> None:
    kernel = start()
    kernel.value("before", "before = 1")
    old = kernel.process.pid
    kernel.manager.restart_kernel(now=now)
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.forked
    assert gone(old)
    assert kernel.value("'before' in globals()") is False


@pytest.mark.parametrize(
    ("code", "returncode"),
    [("os._exit(7)", 7), ("os.kill(os.getpid(), signal.SIGTERM)", -15), ("os.kill(os.getpid(), signal.SIGKILL)", -9), ("exit()", 0)],
)
def test_its_end_is_noticed_with_its_return_code(start: Start, code: str, returncode: int) -> None:
    kernel = start()
    process = kernel.process
    assert (kernel.manager.is_alive(), process.poll()) == (True, None)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=0)
    kernel.client.execute(f"import os, signal\n{code}")
    assert process.wait(timeout=PATIENCE) == returncode
    assert process.poll() == returncode
    assert not kernel.manager.is_alive()
    assert gone(process.pid)
    process.kill()  # of one that has ended: nothing
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert kernel.value("2") == 2


@pytest.mark.parametrize(("end", "returncode"), [("terminate", -signal.SIGTERM), ("kill", -signal.SIGKILL)])
def test_it_is_terminated_and_killed(start: Start, end: str, returncode: int) -> None:
    process = start().process
    getattr(process, end)()
    assert process.wait(timeout=PATIENCE) == returncode


def test_no_zombie_stays_nor_anything_that_a_kernel_started(start: Start, warm: psutil.Process) -> None:
    kernels = [start(), start()]
    children = [kernel.value("child.pid", "import subprocess; child = subprocess.Popen(['sleep', '600'])") for kernel in kernels]
    kernels[0].client.execute("import os; os._exit(1)")
    kernels[0].process.wait(PATIENCE)
    kernels[1].manager.shutdown_kernel(now=True)
    kernels[0].manager.shutdown_kernel(now=True)
    assert gone(*children)
    assert [child for child in warm.children() if not gone(child.pid)] == []


def test_a_widget_talks_with_its_page(start: Start) -> None:
    kernel = start()
    opened = [
        m["content"]
        for m in kernel.messages(
            "import ipywidgets\nw = ipywidgets.IntText(1)\nw.observe(lambda change: print('got', change.new), 'value')"
        )
        if m["msg_type"] == "comm_open"
    ]
    comm = next(content["comm_id"] for content in opened if "value" in content["data"]["state"])
    message = kernel.client.session.msg(
        "comm_msg", {"comm_id": comm, "data": {"method": "update", "state": {"value": 5}, "buffer_paths": []}}
    )
    kernel.client.shell_channel.send(message)
    assert [m["content"]["text"] for m in kernel.until_idle(message["header"]["msg_id"]) if m["msg_type"] == "stream"] == ["got 5\n"]
    assert kernel.value("w.value") == 5
    targets = "sorted(get_ipython().kernel.comm_manager.targets)"
    assert kernel.value(targets) == start(kernel_name="python3").value(targets, "import ipywidgets")


def test_a_figure_is_shown_as_in_any_notebook(start: Start) -> None:
    code = "import plotly.graph_objects as go\ngo.Figure(go.Bar(y=[1, 2]))"
    shown = [
        [
            sorted(m["content"]["data"])
            for m in start(kernel_name=name).messages(code)
            if m["msg_type"] in ("display_data", "execute_result")
        ]
        for name in ("warm", "python3")
    ]
    assert shown[0] == shown[1] == [["application/vnd.plotly.v1+json"]]


@pytest.mark.parametrize(
    "options",
    [{"env": {**os.environ, "PYTHONHASHSEED": "1"}}, {"stdout": subprocess.PIPE}, {"extra_arguments": []}, {"independent": True}],
    ids=["another Python environment", "a pipe", "nothing special", "meant to survive"],
)
def test_what_cannot_be_forked_is_started_in_the_ordinary_way(start: Start, options: dict[str, Any]) -> None:
    kernel = start(**options)
    assert kernel.forked == ("extra_arguments" in options)
    assert kernel.value("3") == 3
    if kernel.process.stdout:
        kernel.process.stdout.close()


def test_no_warm_process_where_there_is_no_linux(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_nursery", None)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(sys, "platform", "darwin")
        nursery.start()
    assert nursery._nursery is None
    assert not start().forked


def test_warming_up_starts_no_thread_and_leaves_nothing_for_a_lesson_to_import(tmp_path: Path) -> None:
    code = """
import os, sys
from importlib import import_module
from course.kernels import warm
for name in (*warm.AT_ONCE, *warm.MEANWHILE):
    import_module(name)
import asyncio
print(len(os.listdir("/proc/self/task")), "plotly.io._renderers" in sys.modules, asyncio.get_event_loop_policy()._local._loop)
before = set(sys.modules)
from course import show
for activity in ("m01.potential", "m01.check", "m08.ticket_practice", "m09.return_rates_chart", "gallery.explorer"):
    show(activity)
print(sorted(name for name in set(sys.modules) - before if not name.startswith("plotly.")), file=sys.stderr)
"""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1", "COURSE_FOLDER": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.splitlines()[0] == "1 False None"
    assert ast.literal_eval(done.stderr) == []


PARENT = """
import os, signal, sys
from course.kernels import nursery
from jupyter_client.manager import KernelManager
nursery.start()
manager = KernelManager(kernel_name="warm")
manager.start_kernel()
print(nursery._nursery._process.pid, manager.provisioner.process.pid, flush=True)
sys.stdin.read()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_warm_process_and_its_kernels_end_with_who_started_them() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdin is not None
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(pids) == 2
        assert all(psutil.pid_exists(pid) for pid in pids)
        parent.stdin.close()
        assert parent.wait() == -signal.SIGKILL
        assert gone(*pids)


def test_when_the_warm_process_dies_its_kernels_follow_and_others_start_as_ever(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_nursery", None)
    nursery.start()
    assert nursery._nursery is not None
    kernel = start()
    process = kernel.process
    assert kernel.forked
    nursery._nursery._process.kill()
    assert process.wait(timeout=PATIENCE) == -signal.SIGKILL
    assert gone(process.pid)
    assert not kernel.manager.is_alive()
    kernel.manager.restart_kernel()
    kernel.client.wait_for_ready(timeout=PATIENCE)
    assert not kernel.forked
    assert kernel.value("4") == 4
    nursery.stop()


def test_a_warm_process_that_is_silent_is_not_waited_for_twice(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery, "_nursery", None)
    monkeypatch.setattr(nursery, "PATIENCE", 0.05)
    nursery.start()
    assert nursery._nursery is not None
    nursery._nursery._process.send_signal(signal.SIGSTOP)
    kernel = start()
    assert not kernel.forked
    monkeypatch.setattr(nursery, "PATIENCE", PATIENCE)
    nursery._nursery._process.send_signal(signal.SIGCONT)
    assert not start().forked
    assert nursery._nursery._process.wait(timeout=PATIENCE) == 0
    nursery.stop()
