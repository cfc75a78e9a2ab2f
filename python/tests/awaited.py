"""The asynchronous client with the methods of the blocking one, so that every test is run with both."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Generator
from typing import Any

from clipia import AsyncClipia


class Awaited:
    """Awaits what the methods of an object answer, on an event loop of its own."""

    def __init__(self, target: object, loop: asyncio.AbstractEventLoop) -> None:
        self._target = target
        self._loop = loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._target, name)
        if not inspect.ismethod(found):
            return Awaited(found, self._loop) if hasattr(found, "_core") else found

        def call(*arguments: Any, **options: Any) -> Any:
            answer = found(*arguments, **options)
            if isinstance(answer, AsyncGenerator):
                return self._iterate(answer)  # pyright: ignore[reportUnknownArgumentType]
            return self._loop.run_until_complete(answer)

        return call

    def _iterate(self, values: AsyncGenerator[Any, None]) -> Generator[Any, None, None]:
        try:
            while True:
                try:
                    value = self._loop.run_until_complete(anext(values))
                except StopAsyncIteration:
                    return
                yield value
        finally:
            self._loop.run_until_complete(values.aclose())


def awaited(client: AsyncClipia, loop: asyncio.AbstractEventLoop) -> Any:
    """Wraps an asynchronous client."""
    return Awaited(client, loop)


def end(loop: asyncio.AbstractEventLoop) -> None:
    """Ends a loop as ``asyncio.run`` does: httpx leaves generators to it that were not read to their end."""
    loop.run_until_complete(loop.shutdown_asyncgens())
    while pending := asyncio.all_tasks(loop):
        loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
    loop.close()
