"""The learner's room: JupyterLab as a course. A server extension, a front-end extension, and the settings that belong to them.

Nothing of it is installed: ``course learn`` names these folders to the one server that it starts, so plain ``jupyter lab`` stays plain.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    return [{"module": "course.lab.extension"}]
