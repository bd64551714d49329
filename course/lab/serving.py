"""A JupyterLab server for one person, on this computer alone."""

from __future__ import annotations

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from course import places
from course.errors import SetupError

PATIENCE = 60.0


@dataclass
class Room:
    """A running JupyterLab server and the address that opens the course in it."""

    process: subprocess.Popen[bytes]
    address: str

    def at(self, page: str) -> str:
        """The address of another page of the same server."""
        base, _, token = self.address.partition("?")
        return f"{base[: base.index('/lab')]}/{page}?{token.partition('&')[2]}"

    def close(self) -> None:
        """Stop the server and its kernels."""
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(folder: Path, page: str, own: dict[str, str], port: int) -> Room:
    """Start JupyterLab in a folder with ``own`` in its environment, and wait until it answers. ``page`` opens first, such as ``lab``.

    ``port`` is where the search for a free one begins. Raises SetupError if the server ends or stays silent.
    """
    port, token, page = _free_port(port), secrets.token_urlsafe(24), quote(page)
    command = [
        # -P: whatever the learner calls course.py; -W: jupyter_server warns of how it reads its own token
        *(sys.executable, "-P", "-W", "ignore::DeprecationWarning", "-m", "course.kernels.lab", "--no-browser"),
        f"--ServerApp.root_dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--LabApp.default_url=/{page}?reset",
        "--log-level=WARN",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    # The token goes by environment: the server's command line can be read by everyone on the computer for as long as it runs.
    environment = places.environment(JUPYTER_TOKEN=token, **own)
    environment.pop("COURSE_FOLDER", None)  # this folder it is, whatever was set elsewhere
    # A session of its own: Ctrl+C is for us, and JupyterLab need not ask about it on the same screen.
    process = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)
    room = Room(process, f"http://127.0.0.1:{port}/{page}?reset&token={token}")
    _wait_for(room, port)
    return room


def _free_port(start: int) -> int:
    for port in range(start, min(start + 100, 65536)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise SetupError(f"No free port between {start} and {start + 99}. Close another Jupyter, or choose one: course learn --port 9000")


def _wait_for(room: Room, port: int) -> None:
    """Wait until the server answers; whatever keeps it from doing so, it does not stay behind."""
    end = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < end:
            if room.process.poll() is not None:
                raise SetupError("JupyterLab did not start; what it said stands above. Try: uv sync, then course learn again.")
            if _answers(port):
                return
            time.sleep(0.1)
        raise SetupError(f"JupyterLab did not answer within {PATIENCE:.0f} seconds. Close other programs and try again.")
    except BaseException:
        room.close()
        raise


def _answers(port: int) -> bool:
    # Not urllib: behind a company's proxy it would ask the proxy for an address of this computer.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/api")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def show_in_browser(room: Room) -> bool:
    """Open the course in the default browser; False where there is none."""
    # The token is on the browser's command line while that starts. Jupyter's way round, a private file that leads on, is one that the
    # sandboxed browsers of some Linux systems cannot read; on a computer that many use, take --no-browser.
    try:
        return webbrowser.open(room.address)
    except webbrowser.Error:
        return False
