"""``course grade --sandbox``: nbgrader's own autograding, with each kernel inside bubblewrap, for exercises whose code learners write.

The kernel sees a read-only system, this Python and this course, the folder of the one submission (read-only), a home and a /tmp of its
own that go when it ends; no network, no gradebook, no solutions/, no other learner. Memory, processor time and file sizes are limited;
nbgrader stops a cell after its ``Execute.timeout``.

What it cannot do: the hidden tests of *this* exercise run in the same kernel as the learner's code (that is how nbgrader marks), so code
that wants to can read and print them, or answer for them. So never hand out autograded notebooks or nbgrader's own feedback of such an
exercise: ``course feedback`` shows no output of a cell. Until its time is up, code can fill the disk under /tmp through the folder of its
sockets. And the number of processes is not limited, so code that keeps forking can starve the computer until the kernel is ended: the
system counts processes by user, not by sandbox, and not at all for root. Where that matters, mark in a container or a systemd scope that
limits them (``systemd-run --user --scope -p TasksMax=500 course grade … --sandbox``). Linux only.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course import places
from course.errors import SetupError

KERNEL = "course-sandbox"
MEMORY = 4 * 2**30
"""Bytes of address space of each process; numpy alone reserves about one GiB."""
SECONDS = 300
"""Processor time of each process."""
LARGEST_FILE = 64 * 2**20
PASSED_ON = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "NBGRADER_EXECUTION", "PYTHONUTF8")
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime")


@contextmanager
def kernels() -> Iterator[tuple[list[str], dict[str, str]]]:
    """The options and the environment with which nbgrader starts its kernels in the sandbox, for as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="box-", ignore_cleanup_errors=True) as name:  # a short name: a socket's path may have 107 signs
        box = Path(name).resolve()
        spec = {
            # -P: this starts outside the sandbox in the submission's folder, and a course.py there is not ours
            "argv": [sys.executable, "-P", "-m", "course.sandbox", "{connection_file}"],
            "display_name": KERNEL,
            "language": "python",
            "interrupt_mode": "message",  # a signal would end bubblewrap, not interrupt the cell
        }
        (box / "kernels" / KERNEL).mkdir(parents=True)
        (box / "kernels" / KERNEL / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
        (box / "run").mkdir(mode=0o700)
        # Sockets in a folder, for without a network there is no other way out of the sandbox.
        connection = f"--KernelManager.connection_file={box / 'run' / 'k.json'}"
        yield [f"--Execute.kernel_name={KERNEL}", "--KernelManager.transport=ipc", connection], {"JUPYTER_PATH": str(box)}


def try_out(folder: Path) -> None:
    """Start this Python in the sandbox and do nothing, to see whether it can be made and hides the course's ``folder``.

    Raises SetupError that says what failed.
    """
    program = shutil.which("bwrap")
    if program is None:
        raise SetupError("--sandbox needs bubblewrap, and there is no bwrap on this computer. Debian and Ubuntu: apt install bubblewrap")
    for shown in _shown():
        if folder.resolve().is_relative_to(Path(shown).resolve()):
            raise SetupError(f"{folder}: lies in {shown}, which the sandbox shows to the kernel. Move the course's folder elsewhere")
    with tempfile.TemporaryDirectory() as empty:
        trial = command(Path(empty), Path(empty), [sys.executable, "-c", "import course"])
        done = subprocess.run(trial, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        said = (done.stderr.strip() or f"exit {done.returncode}").splitlines()[-1]
        raise SetupError(
            f"--sandbox: bubblewrap cannot make a sandbox here ({said}). Containers and some systems forbid it "
            "(user namespaces): run it on a computer that allows them, or mark without --sandbox only code that you trust"
        )


def command(work: Path, run: Path, program: list[str]) -> list[str]:
    """bubblewrap's command line: ``program`` in ``work`` (read-only), with ``run`` as the one folder that it shares with the outside."""
    shown = [part for path in _shown() for part in ("--ro-bind", path, path)]
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    own = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": "/home/learner", "PYTHONDONTWRITEBYTECODE": "1"}
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "sandbox"),
        *("--proc", "/proc", "--dev", "/dev", "--size", str(LARGEST_FILE), "--tmpfs", "/tmp"),  # noqa: S108  (the sandbox's own)
        *("--size", str(LARGEST_FILE), "--tmpfs", "/home/learner"),
        *shown,
        *("--ro-bind", str(work), str(work), "--bind", str(run), str(run), "--chdir", str(work)),
        "--clearenv",
        *[part for name, value in {**kept, **own}.items() for part in ("--setenv", name, value)],
        *("--", *program),
    ]


def _shown() -> list[str]:
    """What of this computer the sandbox sees: the system's programs, this Python, this course without its solutions."""
    python = (sys.base_prefix, sys.prefix, str(places.PACKAGE))
    return [path for path in dict.fromkeys((*SYSTEM, *python)) if Path(path).exists()]


def main(connection_file: str) -> None:
    """What the kernel specification starts, in the submission's folder: set the limits, become bubblewrap, which becomes the kernel."""
    import resource

    own = _own_folder(Path(connection_file))
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, LARGEST_FILE)):
        resource.setrlimit(limit, (most, most))
    kernel = [sys.executable, "-m", "ipykernel_launcher", "-f", str(own / "kernel.json"), "--HistoryManager.hist_file=:memory:"]
    arguments = command(Path.cwd(), own, kernel)
    os.execvp(arguments[0], arguments)  # noqa: S606  (no shell is wanted)


def _own_folder(connection_file: Path) -> Path:
    """A folder for this kernel's sockets alone: it can be written from inside, and the next learner's kernel must not suffer from that.

    nbgrader looks for the sockets beside the connection file; it finds links there.
    """
    facts = json.loads(connection_file.read_text(encoding="utf-8"))
    own = Path(tempfile.mkdtemp(dir=connection_file.parent))
    for port in (facts[name] for name in facts if name.endswith("_port")):
        Path(f"{facts['ip']}-{port}").symlink_to(own / f"s-{port}")
    (own / "kernel.json").write_text(json.dumps({**facts, "ip": str(own / "s")}), encoding="utf-8")
    return own


if __name__ == "__main__":
    main(sys.argv[1])
