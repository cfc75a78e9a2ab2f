"""Input and output that awaits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from inspect import isawaitable
from typing import Any

import httpx

from ._call import Call
from ._io import Opened
from ._transport import Origin, connection_errors


class AsyncIo:
    """The ``Io`` of the asynchronous client."""

    def __init__(self, http: httpx.AsyncClient, origin: Origin) -> None:
        self._http = http
        self._origin = origin

    async def send(self, call: Call[Any], seconds: float | None = None) -> httpx.Response:
        """See ``Io``."""
        with connection_errors():
            return await self._http.send(self._origin.request(self._http, call, seconds))

    @asynccontextmanager
    async def open(self, call: Call[Any], seconds: float | None = None) -> AsyncGenerator[Opened, None]:
        """See ``Io``."""
        with connection_errors():
            request = self._origin.request(self._http, call, seconds)
            response = await self._http.send(request, stream=True, follow_redirects=not call.is_of_the_api)
        try:
            with connection_errors():
                if not response.is_success:
                    await response.aread()
            async with aclosing(_chunks(response)) as chunks:
                yield Opened(response, chunks)
        finally:
            await response.aclose()

    async def sleep(self, seconds: float) -> None:
        """See ``Io``."""
        await asyncio.sleep(seconds)

    async def tell(self, callback: Callable[[Any], object] | None, value: object) -> None:
        """Calls the function, and awaits what it answers when that is to be awaited."""
        told = None if callback is None else callback(value)
        if isawaitable(told):
            await told


async def _chunks(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    with connection_errors():
        async for chunk in response.aiter_bytes():
            yield chunk
