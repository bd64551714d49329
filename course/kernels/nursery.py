"""Whoever wants kernels forked: starts the warm process, asks it for kernels, looks after them as after a ``subprocess.Popen``."""

from __future__ import annotations

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

PROVISIONER = "course-warm"
"""What Jupyter knows our provisioner by: the name of its entry point in pyproject.toml."""
PATIENCE = 20.0
"""Seconds in which the warm process must have answered; it may still be importing."""


class ForkedKernel:
    """A kernel that the warm process forked, with what ``LocalProvisioner`` uses of ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        """Return the return code (minus the signal's number, if one ended it), None while the kernel runs."""
        if self.returncode is None:
            try:
                said = self._connection.recv(64)
            except BlockingIOError:
                return None
            except OSError:
                said = b""
            if not said:  # the warm process is gone: its kernels follow within a second, this one now
                self.send_signal(signal.SIGKILL)
            self.returncode = int(said.removeprefix(b"code ") or -signal.SIGKILL)
            self._connection.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the kernel has ended. Raises ``subprocess.TimeoutExpired`` after ``timeout`` seconds."""
        if self.returncode is None:
            select.select([self._connection], [], [], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired(["kernel", str(self.pid)], timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send the kernel a signal; nothing where it has ended."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


class Nursery:
    """A warm process of this process, and the way to ask it for kernels. Raises OSError where it cannot be."""

    def __init__(self) -> None:
        if sys.platform != "linux":  # macOS has fork, but its libraries do not stand it; Windows has none
            raise OSError("kernels can be forked on Linux only")
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._orders.setblocking(False)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "course.kernels.warm", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd="/",  # no module of the folder that we happen to be in
                start_new_session=True,
            )

    def close(self) -> None:
        """Ask for no more kernels: the warm process ends with the last that it has."""
        self._orders.close()
        self._process.poll()  # if it has ended, nothing of it is left

    def end(self) -> None:
        """Close, and wait until the warm process has ended; it and its kernels are ended where that takes long."""
        self.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    async def fork(self, command: list[str], cwd: str, env: dict[str, str], stdout: int, stderr: int) -> ForkedKernel | None:
        """A kernel such as ``command`` would start; None where a fork would not be the same, or did not live.

        Raises OSError (also ``TimeoutError``) where the warm process is gone or silent.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        try:
            with theirs:
                order = json.dumps({"command": command, "cwd": cwd, "env": env}).encode()
                socket.send_fds(self._orders, [order], [theirs.fileno(), stdout, stderr])
            said = await asyncio.wait_for(asyncio.get_running_loop().sock_recv(ours, 64), PATIENCE)
            kind, _, number = said.decode().partition(" ")
            if kind == "pid":
                return ForkedKernel(int(number), ours)
            if not said and self._process.poll() is not None:
                raise OSError("the warm process has ended")
        except BaseException:
            ours.close()
            raise
        ours.close()
        return None


_nursery: Nursery | None = None


def start() -> None:
    """Start this process's warm process, in the background; nothing where that is not to be had."""
    global _nursery
    if _nursery is None:
        with suppress(OSError):
            _nursery = Nursery()


def stop() -> None:
    """End it; kernels are started in the ordinary way from now on."""
    global _nursery
    if _nursery is not None:
        _nursery.end()
    _nursery = None


async def fork(
    command: list[str],
    *,
    cwd: str | os.PathLike[str] | None = None,
    env: dict[str, str] | None = None,
    stdout: int | IO[Any] | None = None,
    stderr: int | IO[Any] | None = None,
    **more: Any,
) -> ForkedKernel | None:
    """A kernel as ``jupyter_client.launcher.launch_kernel`` would start it with these arguments, but forked; None where it cannot be."""
    if _nursery is None or more:
        return None
    streams = [1 if stdout is None else stdout, 2 if stderr is None else stderr]
    numbers = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
    if min(numbers) < 0:  # subprocess.PIPE and its like
        return None
    env = {**(os.environ if env is None else env), "JPY_PARENT_PID": str(os.getpid())}
    try:
        return await _nursery.fork(command, str(Path(cwd or "").absolute()), env, *numbers)
    except OSError:
        _nursery.close()
        return None
