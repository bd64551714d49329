"""For the notebooks, wherever pytest finds them: nbval runs them on kernels forked from a warm process, which start much faster."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from nbval.plugin import IPyNbCell

from course.kernels import nursery

os.environ["JUPYTER_PATH"] = str(Path(__file__).parent / "tests" / "jupyter")  # there is the kernel "warm"


def pytest_configure(config: pytest.Config) -> None:
    """Choose them; ``--nbval-kernel-name=python3`` chooses ordinary ones."""
    config.option.nbval_kernel_name = config.option.nbval_kernel_name or "warm"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Warm up where there are notebooks to run: with xdist each of its workers does, and not the process that looks after them."""
    if config.option.nbval_kernel_name == "warm" and any(isinstance(item, IPyNbCell) for item in items):
        nursery.start()


def pytest_unconfigure() -> None:
    """Let no process stay."""
    nursery.stop()
