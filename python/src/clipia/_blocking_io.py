"""Input and output that blocks. Its coroutines never wait for an event loop, so they run to their end in one go."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import aclosing, asynccontextmanager
from typing import Any, TypeVar

import httpx

from ._call import Call
from ._io import Opened
from ._transport import Origin, connection_errors

T = TypeVar("T")


def run(awaitable: Awaitable[T]) -> T:
    """Runs what awaits nothing but blocking input and output, without an event loop, inside a running one too."""
    try:
        next(awaitable.__await__())
    except StopIteration as end:
        return end.value
    raise RuntimeError("blocking code has waited for an event loop")


def iterate(values: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    """The values of a generator of that kind; closing it closes that one."""
    try:
        while True:
            try:
                value = run(values.__anext__())
            except StopAsyncIteration:
                return
            yield value
    finally:
        run(values.aclose())


class BlockingIo:
    """The ``Io`` of the blocking client."""

    def __init__(self, http: httpx.Client, origin: Origin) -> None:
        self._http = http
        self._origin = origin

    async def send(self, call: Call[Any], seconds: float | None = None) -> httpx.Response:
        """See ``Io``."""
        with connection_errors():
            return self._http.send(self._origin.request(self._http, call, seconds))

    @asynccontextmanager
    async def open(self, call: Call[Any], seconds: float | None = None) -> AsyncGenerator[Opened, None]:
        """See ``Io``."""
        with connection_errors():
            request = self._origin.request(self._http, call, seconds)
            response = self._http.send(request, stream=True, follow_redirects=not call.is_of_the_api)
        try:
            with connection_errors():
                if not response.is_success:
                    response.read()
            async with aclosing(_chunks(response)) as chunks:
                yield Opened(response, chunks)
        finally:
            response.close()

    async def sleep(self, seconds: float) -> None:
        """See ``Io``."""
        time.sleep(seconds)

    async def tell(self, callback: Callable[[Any], object] | None, value: object) -> None:
        """See ``Io``."""
        if callback is not None:
            callback(value)


async def _chunks(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    with connection_errors():
        for chunk in response.iter_bytes():
            yield chunk
