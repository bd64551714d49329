"""A printed page as PDF, by whichever browser of Chromium's kind this computer has."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from course.errors import SetupError

PATIENCE = 180
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
QUIET = ("--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def browser() -> str | None:
    """The program, or None where no such browser is installed."""
    return next((found for name in (*NAMES, *PLACES) if (found := shutil.which(name))), None)


def to_pdf(page: Path) -> Path:
    """Print an HTML page to a PDF beside it, and return that. Raises SetupError."""
    program, path = browser(), page.with_suffix(".pdf")
    if program is None:
        raise SetupError(
            f"No Chromium, Chrome or Edge here. Open {page} in any browser and print it: Ctrl+P, “Save as PDF” / "
            "没有找到浏览器：请用任何浏览器打开这个文件，按 Ctrl+P，选“另存为 PDF”"
        )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            *(program, "--headless", *QUIET, f"--user-data-dir={profile}"),
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            *("--no-pdf-header-footer", "--virtual-time-budget=20000", f"--print-to-pdf={path}", page.absolute().as_uri()),
        ]
        before = path.stat().st_mtime_ns if path.exists() else None
        try:
            said = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).stderr
        except (OSError, subprocess.TimeoutExpired) as error:
            said = str(error).encode()
    if not path.exists() or path.stat().st_mtime_ns == before or not path.read_bytes().startswith(b"%PDF"):
        reason = said.decode(errors="replace").strip().splitlines()[-1:] or ["?"]
        raise SetupError(f"{program} made no PDF ({reason[0][:200]}). Open {page} in a browser and print it / 请用浏览器打开它再打印")
    return path
