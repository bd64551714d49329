"""A folder as a room: its language, and what JupyterLab is told before it starts there."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from filelock import FileLock

from course import files, places
from course.answers import LOCK_SECONDS, AnswerBook
from course.errors import BookError, SetupError
from course.language import Language, known

HERE = Path(__file__).parent
LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "default"}
QUIET: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
}
"""Nothing is asked of the network, nor told unasked."""
SETTINGS: dict[str, dict[str, Any]] = {
    **QUIET,
    "@jupyterlab/application-extension/shell": {"startMode": "single"},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False, "confirmClosingDocument": False, "maxNumberRecents": 0},
    # With windowing, cells far from the window leave the page, and what they show with them.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none", "kernelShutdown": True, "autoStartDefaultKernel": True},
    # A self-rating on the page must not be stored in an exercise that is handed in.
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": False},
}


def language(folder: Path) -> Language:
    """The language that this folder is read in."""
    return known(places.remembered_language(folder / places.MARKER)) or "zh"


def choose_language(folder: Path, chosen: Language) -> None:
    """Remember a language: for the lessons, for JupyterLab's own words, and in every exercise that was begun.

    Raises SetupError, or OSError (also ``filelock.Timeout``) where the folder cannot be written.
    """
    with FileLock(folder / places.LAB / ".language.lock", timeout=LOCK_SECONDS):  # two tabs, two presses
        files.put_json(folder / places.MARKER, {**places.read_marker(folder), "language": chosen})
        write_settings(folder, SETTINGS)
        for book in sorted((folder / "exercises").glob(f"*/{places.ANSWERS}")):
            with suppress(BookError):  # an exercise that cannot be read is told where it is opened
                AnswerBook(book, book.parent.name, aside=folder / "answers" / "set-aside", within=book.parent).choose_language(chosen)


def write_settings(folder: Path, settings_of: dict[str, dict[str, Any]], locale: Language | None = None) -> None:
    """JupyterLab's settings for this folder alone, in its language or ``locale``. What somebody set besides stays. Raises SetupError."""
    wanted = {**settings_of, "@jupyterlab/translation-extension/plugin": {"locale": LOCALES[locale or language(folder)]}}
    for name, settings in wanted.items():
        path = folder / places.LAB / "settings" / f"{name}.jupyterlab-settings"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.put_json(path, {**_read(path), **settings})
        except OSError as error:
            raise SetupError(f"{path}: JupyterLab's settings cannot be written ({error.strerror or error}).") from None


def environment(folder: Path) -> dict[str, str]:
    """What a JupyterLab server must find in its environment to become the room of this folder: settings, extensions, configuration."""
    own = folder / places.LAB
    return {
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "JUPYTER_PATH": before("JUPYTER_PATH", HERE / "share"),
        "JUPYTER_CONFIG_PATH": before("JUPYTER_CONFIG_PATH", HERE / "config"),
    }


def before(variable: str, folder: Path) -> str:
    """A search path of Jupyter's with our folder in front."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get(variable)])])


def _read(path: Path) -> dict[str, Any]:
    """Settings that are there already; none where they cannot be read."""
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return settings if isinstance(settings, dict) else {}
