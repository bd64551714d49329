"""How Jupyter comes to ask for forked kernels: the kernel provisioner "course-warm" (an entry point, see pyproject.toml)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from course.kernels import nursery


class WarmProvisioner(LocalProvisioner):
    """A kernel of this computer, forked from the warm process where it can be; all else is as with any local kernel."""

    _unheard = False

    async def shutdown_requested(self, restart: bool = False) -> None:
        self._unheard = self.process is None or self.process.poll() is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        if self._unheard:  # by a kernel that was dead: for a tenth of a second still on its way, the next one would obey it
            await asyncio.sleep(0.2)
            self._unheard = False
        process = await nursery.fork(cmd, **self._scrub_kwargs(kwargs))
        if process is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process  # type: ignore[assignment]  # it has what is used of one
        self.pid = self.pgid = process.pid  # each leads a group of its own
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        await super().kill(restart)
        for _ in range(20):  # who asked looks now, and then only every tenth of a second
            if self.process is None or self.process.poll() is not None:
                break
            await asyncio.sleep(0.005)
