"""Waiting for a generation: bounded, through blips, by server-sent events where there are any, else by polling."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from . import _operations as operations
from ._call import Call
from ._errors import ClipiaTimeoutError
from ._io import Io, perform
from ._retry import polling_policy, retry
from ._status_stream import StatusStream
from ._types import ResultResponse, StatusResponse

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """How a wait goes: seconds between polls, most seconds in all (None: no end), and the clock that counts them."""

    poll_interval: float
    timeout: float | None
    clock: Callable[[], float]

    def __post_init__(self) -> None:
        if not self.poll_interval >= 0:
            raise ValueError(f"poll_interval must be a number of seconds from 0, got {self.poll_interval!r}")
        if self.timeout is not None and not self.timeout >= 0:
            raise ValueError(f"timeout must be a number of seconds from 0, or None, got {self.timeout!r}")


class Wait:
    """One wait for one generation, whose end is fixed when it begins. Its errors name the generation."""

    def __init__(self, io: Io, request_id: str, patience: Patience) -> None:
        self._io = io
        self._request_id = request_id
        self._patience = patience
        self._deadline = float("inf") if patience.timeout is None else patience.clock() + patience.timeout

    async def statuses(self) -> AsyncGenerator[StatusResponse, None]:
        """Every status until a terminal one; ClipiaTimeoutError at the end of the wait."""
        stream = StatusStream(self._io, self._request_id, self._remaining)
        while True:
            async with aclosing(stream.follow()) as live:
                async for status in live:
                    yield status
                    if status.is_terminal:
                        return
            status = await self._call(operations.get_status(self._request_id))
            yield status
            if status.is_terminal:
                return
            await self._sleep(self._patience.poll_interval)

    async def result(self, on_queue_update: Callable[[StatusResponse], object] | None) -> ResultResponse:
        """Tells every status, then fetches the result."""
        async with aclosing(self.statuses()) as statuses:
            async for status in statuses:
                await self._io.tell(on_queue_update, status)
        # The node that answers may be a moment behind the one that told the end.
        while (result := await self._call(operations.get_result(self._request_id))).pending:
            await self._sleep(self._patience.poll_interval)
        return result

    async def _call(self, call: Call[T]) -> T:
        async def attempt() -> T:
            # A call that begins in time may take a second past the end, or a wait of none could not look even once.
            seconds = None if self._patience.timeout is None else max(self._remaining(), 1.0)
            return await perform(self._io, call, seconds)

        return await retry(attempt, polling_policy(self._patience.poll_interval), self._sleep)

    def _remaining(self) -> float:
        return self._deadline - self._patience.clock()

    async def _sleep(self, seconds: float) -> None:
        remaining = self._remaining()
        if remaining > 0:
            await self._io.sleep(min(seconds, remaining))
        if self._patience.timeout is not None and seconds >= remaining:
            raise ClipiaTimeoutError(self._request_id, self._patience.timeout)
