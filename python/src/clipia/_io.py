"""The input and output of a client. Its logic is written once, with ``await``, over this; it exists in two forms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import httpx

from ._call import Call
from ._errors import ClipiaApiError

T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """An answer whose body is still to be read; that of an error has been read."""

    response: httpx.Response
    chunks: AsyncIterator[bytes]


class Io(Protocol):
    """What the logic can ask for. Whatever keeps an answer from coming is raised as ClipiaConnectionError."""

    async def send(self, call: Call[Any], seconds: float | None = None) -> httpx.Response:
        """Makes a call. ``seconds`` bounds each of its waits, besides the client's own bounds."""
        ...

    def open(self, call: Call[Any], seconds: float | None = None) -> AbstractAsyncContextManager[Opened]:
        """Makes a call and leaves its body to be read; ``seconds`` bounds each read too."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Waits."""
        ...

    async def tell(self, callback: Callable[[Any], object] | None, value: object) -> None:
        """Calls the user's function, where there is one."""
        ...


async def perform(io: Io, call: Call[T], seconds: float | None = None) -> T:
    """Makes a call once and reads its answer; an error says which generation it is about."""
    try:
        return call.read(await io.send(call, seconds))
    except ClipiaApiError as error:
        error.generation_id = call.generation_id
        raise
