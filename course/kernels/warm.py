"""The warm process: it imports what kernels need, and forks one whenever it is asked. ``python -m course.kernels.warm FD``.

It has one thread, no event loop, no widget and no figure. ``FD`` is a socket on which it is asked (an ``Order`` as JSON, and with it three
file descriptors: the kernel's own connection, its stdout, its stderr). On its connection a kernel says ``pid N`` once it listens, and the
warm process ``code N`` when it has ended. Whoever hangs up a connection ends the kernel: so no kernel outlives who asked for it.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

AT_ONCE = (
    *("ipykernel.kernelapp", "ipykernel.debugger", "ipykernel.displayhook", "psutil"),
    *("IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic"),
    *("course.notebook", "course.widgets", "course.charts", "course.drawer"),
)
"""Before the first kernel: what every lesson needs."""
MEANWHILE = (
    *("plotly.graph_objects", "plotly.graph_objs._figure", "plotly.graph_objs._bar", "plotly.graph_objs._scatter"),
    *("plotly.graph_objs._layout", "plotly.io._json", "plotly.io._templates", "plotly.tools", "plotly.validator_cache"),
    *("pandas", "course.exploring.run", "course.marking"),
)
"""One after another, while no kernel is asked for. Not plotly.io._renderers: at its import it asks whether it is in a notebook."""
AT_START = ("PYTHON", "LANG", "LC_", "LD_", "TZ", "MPL", "ANYWIDGET_", "OPENBLAS_", "OMP_", "MKL_")
"""Environment variables that begin so are read when Python starts or a library is imported: too late for a fork to heed them."""
LAUNCHER = ["-m", "ipykernel_launcher"]


@dataclass(frozen=True)
class Order:
    """What a kernel is started with: the command that would start it in the ordinary way, its folder and its environment."""

    command: list[str]
    cwd: str
    env: dict[str, str]

    def can_be_forked(self, env: Mapping[str, str]) -> bool:
        """Whether a fork of this process, which was started with ``env``, is what the command would have started."""
        program, own = Path(self.command[0]), Path(sys.executable)
        if self.command[1:3] != LAUNCHER or program.parent != own.parent or not program.samefile(own):
            return False
        return _at_start(self.env) == _at_start(env)


def _at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if name.startswith(AT_START)}


class Kernel(NamedTuple):
    """A forked kernel as the warm process sees it; ``pidfd`` becomes readable when it has ended."""

    pid: int
    pidfd: int
    connection: socket.socket


class Birth(NamedTuple):
    """What a fork needs to become a kernel."""

    order: Order
    connection: socket.socket


class Warm:
    """Forks kernels, tells how they ended, and ends those whose connection is hung up."""

    def __init__(self, orders: socket.socket, env: Mapping[str, str]) -> None:
        self._orders = orders
        self._env = env
        self._selector = selectors.DefaultSelector()
        self._selector.register(orders, selectors.EVENT_READ)

    def serve(self, meanwhile: tuple[str, ...] = ()) -> Birth | None:
        """Fork what is ordered. Returns in each kernel, to be one; and None in the warm process when nobody is left to ask."""
        imports = list(meanwhile)
        while self._selector.get_map():
            for key, _ in self._selector.select(0 if imports else None):
                if key.fileobj is self._orders:
                    birth = self._take()
                    if birth is not None:
                        return birth
                elif key.fd in self._selector.get_map():  # what came before it may have closed it
                    self._look_after(key)
            if imports:
                with suppress(ImportError):  # then the kernel says so, where it is wanted
                    import_module(imports.pop(0))
        return None

    def _take(self) -> Birth | None:
        """Read an order and fork; returns None in the warm process."""
        data, descriptors, _, _ = socket.recv_fds(self._orders, 1 << 20, 3)
        if not data:
            self._selector.unregister(self._orders)
            self._orders.close()
            return None
        fd, *streams = descriptors
        connection, order = socket.socket(fileno=fd), Order(**json.loads(data))
        if order.can_be_forked(self._env) and not _hung_up(connection):
            sys.stdout.flush()
            sys.stderr.flush()
            gc.freeze()  # what is shared is neither searched nor copied by the kernel's garbage collection
            pid = os.fork()
            if pid == 0:
                self._let_go(streams)
                return Birth(order, connection)
            kernel = Kernel(pid, os.pidfd_open(pid), connection)
            self._selector.register(connection, selectors.EVENT_READ, kernel)
            self._selector.register(kernel.pidfd, selectors.EVENT_READ, kernel)
        else:
            connection.close()
        for stream in streams:
            os.close(stream)
        return None

    def _let_go(self, streams: list[int]) -> None:
        """In the fork: close what is the warm process's, and write to where the kernel's output shall go."""
        os.setsid()  # before anyone asks for its group
        for number, stream in enumerate(streams, start=1):
            os.dup2(stream, number)
            os.close(stream)
        for key in list(self._selector.get_map().values()):
            os.close(key.fd)
        self._selector.close()

    def _look_after(self, key: selectors.SelectorKey) -> None:
        kernel: Kernel = key.data
        if key.fileobj is kernel.connection:  # never a word, so: hung up
            if kernel.pidfd in self._selector.get_map():
                _kill(kernel.pid)
                self._forget(kernel.pidfd)
            os.waitpid(kernel.pid, 0)
            self._selector.unregister(kernel.connection)
            kernel.connection.close()
        else:
            # Not waited for until its client has heard: so long its process id belongs to no other, and may be signalled.
            ended = os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)
            assert ended is not None  # noqa: S101
            with suppress(OSError):  # then it is hung up, and will be seen to be
                kernel.connection.send(f"code {ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status}".encode())
            self._forget(kernel.pidfd)

    def _forget(self, pidfd: int) -> None:
        self._selector.unregister(pidfd)
        os.close(pidfd)


def _hung_up(connection: socket.socket) -> bool:
    """Whether nobody waits for this kernel any more."""
    try:
        return not connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True


def _kill(pid: int) -> None:
    """End a child that was not waited for, and its group; it may not yet have made one."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)


def run_kernel(order: Order, connection: socket.socket) -> None:
    """Be the kernel, until it ends."""
    os.environ.clear()
    os.environ.update(order.env)
    os.chdir(order.cwd)
    launcher = find_spec(LAUNCHER[1])
    sys.argv = [str(launcher and launcher.origin), *order.command[3:]]
    if "numpy" in sys.modules:  # Python's own random does so by itself
        import numpy as np

        np.random.seed()
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.parent_handle = os.getppid()  # watched: a kernel does not outlive the warm process; the class read an environment of long ago
    app.initialize(order.command[3:])
    import ipywidgets

    ipywidgets.register_comm_target()  # as its import does in a kernel
    with connection:  # not before all ports are open: a client that is refused tries again only after a tenth of a second
        connection.send(f"pid {os.getpid()}".encode())
    app.start()


def main() -> None:
    """Warm up, then fork kernels for as long as someone may ask for one."""
    if not sys.flags.safe_path:
        del sys.path[0]  # "/", where this was started
    os.close(os.pidfd_open(os.getpid()))  # fails at once where there is none
    env = dict(os.environ)
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # a second thread would not be forked
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the debugger tells everyone of its doubts; ipykernel does the same
    for name in AT_ONCE:
        import_module(name)
    birth = Warm(socket.socket(fileno=int(sys.argv[1])), env).serve(MEANWHILE)
    if birth is not None:
        run_kernel(*birth)


if __name__ == "__main__":
    main()
