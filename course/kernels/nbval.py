"""For pytest (``-p course.kernels.nbval``): nbval runs notebooks on kernels forked from a warm process, which start much faster.

``--nbval-kernel-name=python3`` chooses ordinary ones.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from course.kernels import nursery, without_grammar

without_grammar()  # before nbval loads nbformat

import nbval.kernel  # noqa: E402
from nbval.plugin import IPyNbCell  # noqa: E402

nbval.kernel.pformat = lambda message: message  # nbval lays out each message for a log that nobody keeps
WARM = "warm"
SHARE = Path(__file__).with_name("share")
"""Here is the kernel of that name."""


def pytest_configure(config: pytest.Config) -> None:
    """Choose them where no others were asked for."""
    environment = pytest.MonkeyPatch()
    config.add_cleanup(environment.undo)
    environment.setenv("JUPYTER_PATH", str(SHARE), prepend=os.pathsep)
    config.option.nbval_kernel_name = config.option.nbval_kernel_name or WARM


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Warm up where there are notebooks to run: with xdist each of its workers does, and not the process that looks after them."""
    if config.option.nbval_kernel_name == WARM and any(isinstance(item, IPyNbCell) for item in items):
        nursery.start()


def pytest_unconfigure() -> None:
    """Let no process stay."""
    nursery.stop()
