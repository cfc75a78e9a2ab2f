"""Every webhook of an account as it comes, as server-sent events."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from http import HTTPStatus

import httpx

from . import _operations as operations
from ._answers import raise_for_status
from ._errors import ClipiaApiError
from ._io import Io
from ._retry import RetryPolicy, wait_before_retry
from ._server_sent_events import EventReader
from ._types import LiveWebhook

# Servers send a heartbeat more often than that.
_LONGEST_SILENCE = 30.0
_FIRST_WAIT = 0.25


class WebhookStream:
    """Listens without end: a stream that was open is opened again, behind what it told last, however long that takes.

    One that never was open is given up after four more tries; a refusal at once.
    """

    def __init__(
        self,
        io: Io,
        last_event_id: str | None,
        on_ready: Callable[[], object] | None,
        on_gap: Callable[[int], object] | None,
    ) -> None:
        self._io = io
        self._last_event_id = last_event_id
        self._on_ready = on_ready
        self._on_gap = on_gap
        self._policy = RetryPolicy(max_retries=4, first_wait=_FIRST_WAIT)
        self._failures = 0
        self._is_over = False

    async def webhooks(self) -> AsyncGenerator[LiveWebhook, None]:
        """Webhooks until the server says that there will be no more."""
        while not self._is_over:
            wait: float | None = _FIRST_WAIT
            try:
                async with aclosing(self._read()) as live:
                    async for webhook in live:
                        yield webhook
            except ClipiaApiError as error:
                self._failures += 1
                wait = wait_before_retry(error, self._failures, self._policy)
                if wait is None:
                    raise
            if not self._is_over:
                await self._io.sleep(wait)

    async def _read(self) -> AsyncGenerator[LiveWebhook, None]:
        """Those of one stream, until it ends or breaks."""
        async with self._io.open(operations.stream_webhooks(self._last_event_id), _LONGEST_SILENCE) as opened:
            self._is_over = opened.response.status_code == HTTPStatus.NO_CONTENT
            if self._is_over:
                return
            _check_stream(opened.response)
            reader = EventReader()
            async for chunk in opened.chunks:
                for event in reader.feed(chunk):
                    # It was open: from now on it is opened again for ever.
                    self._policy = RetryPolicy(sys.maxsize, _FIRST_WAIT)
                    self._failures = 0
                    self._last_event_id = event.id or self._last_event_id
                    if event.event == "ready" and self._on_ready is not None:
                        await self._io.tell(lambda ready: ready(), self._on_ready)
                    if event.event == "gap":
                        await self._io.tell(self._on_gap, json.loads(event.data)["missed"])
                    if event.event == "webhook":
                        yield LiveWebhook.from_dict(json.loads(event.data), id=event.id)


def _check_stream(response: httpx.Response) -> None:
    raise_for_status(response)
    if not response.headers.get("content-type", "").startswith("text/event-stream"):
        raise ClipiaApiError(
            response.status_code,
            "invalid_response",
            "the server answered with something that is no stream of events",
            type="api_error",
            request_id=response.headers.get("x-request-id"),
        )
