"""The visitors' kernels: so many and no more, each ended once its visitor is gone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from tornado.web import HTTPError
from traitlets import Float, Integer

from scrutiny.run.notebook import QUIET

SECONDS_BETWEEN_LOOKS = 2
SECONDS_TO_COME_BACK = 30  # what a visitor who meets a full house is told to wait


class Full(HTTPError):
    """There are as many visitors as the server takes."""

    def __init__(self) -> None:
        super().__init__(503)


class Kernels(AsyncMappingKernelManager):
    """Kernels of visitors; one without a visitor, at rest for long, or dead, is taken away."""

    most = Integer(20, help="kernels at once", config=True)
    gone = Float(20, help="seconds without a connection", config=True)
    idle = Float(1800, help="seconds with one, without any use", config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._seen: dict[str, datetime] = {}  # those begun too: when a visitor was last there
        self._look = PeriodicCallback(self._take_away, 1000 * SECONDS_BETWEEN_LOOKS)
        self._look.start()

    async def start_kernel(self, **kwargs: Any) -> str:
        """Return the id of a new kernel; raises :class:`Full`.

        Nothing is awaited between the count and the place taken, so no two visitors get the last.
        """
        if len(self._seen) >= self.most:
            raise Full
        name = str(uuid.uuid4())
        self._seen[name] = datetime.now(UTC)
        try:
            return await super().start_kernel(kernel_id=name, extra_arguments=[QUIET], **kwargs)
        except BaseException:
            self._seen.pop(name, None)
            raise

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended, and give its place to the next visitor."""
        self._seen.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    async def _take_away(self) -> None:
        now = datetime.now(UTC)
        for name, seen in list(self._seen.items()):
            kernel = self._kernels.get(name)
            if kernel is None or not hasattr(kernel, "last_activity"):
                continue  # it has not begun yet
            if self._kernel_connections.get(name, 0):
                self._seen[name] = seen = now
            absent = now - seen > timedelta(seconds=self.gone)
            idle = now - kernel.last_activity > timedelta(seconds=self.idle)
            if absent or idle or not await kernel.is_alive():
                await self._end(name)

    async def _end(self, name: str) -> None:
        try:
            await self.shutdown_kernel(name, now=True)
        except (HTTPError, KeyError, RuntimeError) as error:
            self.log.warning("kernel %s: %s", name, error)
