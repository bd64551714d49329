"""What is loaded when: a notebook must not wait for what it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"pandas", "numpy", "plotly", "anywidget", "ipywidgets", "nbgrader", "scipy", "jupyterlab", "nbconvert", "matplotlib"}


def loaded_by(code: str, cwd: Path, **environment: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after this code, and all of the course by its full names."""
    program = f"{code}\nimport json, sys\nprint('\\n' + json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    names = json.loads(done.stdout.splitlines()[-1])
    return {name if name.startswith("course") else name.partition(".")[0] for name in names}


def test_import_course_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = loaded_by("import course", tmp_path)
    assert "course" in loaded
    assert loaded & (HEAVY | {"pydantic", "yaml", "IPython"}) == set()
    assert "course.notebook" not in loaded


@pytest.mark.parametrize("names", ["show, check", "mark", "show, check, mark"])
def test_the_three_names_load_nothing_heavy(tmp_path: Path, names: str) -> None:
    assert loaded_by(f"from course import {names}", tmp_path) & HEAVY == set()


def test_marking_waits_for_no_widgets_and_a_lesson_for_no_marking(tmp_path: Path) -> None:
    marking = loaded_by("from course import mark", tmp_path)
    showing = loaded_by("from course import show, check", tmp_path)
    assert {"course.notebook", "course.widgets", "course.widgets.view", "course.charts"} & marking == set()
    assert {name for name in showing if name.startswith("course.marking")} == set()


def test_showing_under_nbgrader_loads_no_widgets(tmp_path: Path) -> None:
    names = ("m01.potential", "m01.check", "m09.reply", "m09.return_rates_chart")
    code = f"from course import show, check; [show(name) for name in {names}]; check()"
    loaded = loaded_by(code, tmp_path, NBGRADER_EXECUTION="autograde", PYTHONUTF8="1")
    assert loaded & (HEAVY | {"IPython"}) == set()


@pytest.mark.parametrize(
    "code", ["from course import show, check, mark", "import course.widgets", "import course.learn, course.handin", "import course.grade"]
)
def test_nobody_loads_the_command_line(tmp_path: Path, code: str) -> None:
    assert "course.cli" not in loaded_by(code, tmp_path)


def test_an_unknown_name_is_an_attribute_error() -> None:
    import course

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = course.nothing


def test_imports_go_in_one_direction(root: Path) -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "1 kept, 0 broken" in done.stdout


def test_no_module_of_the_course_imports_the_command_line(root: Path) -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (root / "course").rglob("*.py") if path.name != "cli.py"}
    assert sources
    assert [path for path, text in sources.items() if "course.cli" in text or "import cli" in text] == []
