"""nbval on forked kernels, from a folder that is not the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROBE = """
import os
from jupyter_client.kernelspec import KernelSpecManager

def test_the_kernel_is_there_beside_others(pytestconfig):
    spec = KernelSpecManager().get_kernel_spec(pytestconfig.option.nbval_kernel_name)
    assert spec.metadata["kernel_provisioner"]["provisioner_name"] == "course-warm"
    assert os.environ["JUPYTER_PATH"].endswith(os.pathsep + "/of/others")
"""


def test_the_kernel_comes_with_the_course_and_the_path_of_others_stays(tmp_path: Path) -> None:
    (tmp_path / "test_probe.py").write_text(PROBE, encoding="utf-8")
    code = "import os, pytest; code = pytest.main(['-q', '-p', 'course.kernels.nbval', '--nbval']); print(code, os.environ['JUPYTER_PATH'])"
    environment = {**os.environ, "JUPYTER_PATH": "/of/others"}
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=True, encoding="utf-8")
    assert done.stdout.splitlines()[-1] == "0 /of/others", done.stdout
