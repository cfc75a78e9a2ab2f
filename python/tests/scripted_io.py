"""An ``Io`` whose answers and clock a test writes: waiting is shown without waiting."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx

from clipia._call import Call
from clipia._errors import ClipiaConnectionError
from clipia._io import Opened

REQUEST_ID = "0193f3a1-7c00-7000-8000-0000000000aa"

#: What a call answers: a response, or an error to raise.
Answer = httpx.Response | Exception

#: What a stream holds: bytes, the seconds that pass before the next, or an error that breaks it.
StreamPart = bytes | float | Exception
Stream = httpx.Response | Sequence[StreamPart]


def status(word: str, progress: int = 0) -> httpx.Response:
    """The answer of a status call."""
    return httpx.Response(200, json={"request_id": REQUEST_ID, "status": word, "progress": progress, "logs": []})


def event(word: str, number: int) -> bytes:
    """The same as an event of a stream."""
    return f"event: status\nid: {number}\ndata: {status(word).text}\n\n".encode()


def error(status_code: int, code: str, **headers: str) -> httpx.Response:
    """An error of the API."""
    body = {"error": {"type": "api_error", "code": code, "message": "No."}}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status_code, content=json.dumps(body), headers=sent)


def lost() -> ClipiaConnectionError:
    """A connection that broke."""
    return ClipiaConnectionError("the connection broke")


class ScriptedIo:
    """Answers calls in the order of its script, streams likewise; notes what is sent and how long it slept."""

    def __init__(self, answers: Iterable[Answer], streams: Iterable[Stream] = ()) -> None:
        self._answers = list(answers)
        self._streams = list(streams)
        self.now = 1_000.0
        self.sent: list[str] = []
        self.opened: list[Call[Any]] = []
        self.slept: list[float] = []
        self.open_streams = 0

    def clock(self) -> float:
        """Seconds, which pass only while it sleeps or a stream is silent."""
        return self.now

    async def send(self, call: Call[Any], seconds: float | None = None) -> httpx.Response:
        self.sent.append(f"{call.method} {call.target}")
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    @asynccontextmanager
    async def open(self, call: Call[Any], seconds: float | None = None) -> AsyncGenerator[Opened, None]:
        self.opened.append(call)
        stream = self._streams.pop(0) if self._streams else error(404, "not_found")
        if isinstance(stream, httpx.Response):
            yield Opened(stream, self._chunks([], None))
            return
        response = httpx.Response(200, headers={"content-type": "text/event-stream; charset=utf-8"})
        self.open_streams += 1
        try:
            yield Opened(response, self._chunks(stream, seconds))
        finally:
            self.open_streams -= 1

    async def _chunks(self, parts: Sequence[StreamPart], seconds: float | None) -> AsyncGenerator[bytes, None]:
        for part in parts:
            if isinstance(part, Exception):
                raise part
            if isinstance(part, bytes):
                yield part
                continue
            longest = part if seconds is None else min(part, seconds)
            self.now += longest
            if longest < part:
                raise ClipiaConnectionError("nothing was read in time")

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def tell(self, callback: Callable[[Any], object] | None, value: object) -> None:
        if callback is not None:
            callback(value)
