"""The live status of one generation, as server-sent events."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Callable
from http import HTTPStatus

import httpx

from . import _operations as operations
from ._errors import ClipiaApiError
from ._io import Io
from ._server_sent_events import EventReader, ServerSentEvent
from ._types import StatusResponse

# Servers send a heartbeat more often than that.
_LONGEST_SILENCE = 30.0


class StatusStream:
    """Follows the events for as long as the server has some to give, and goes on where it left off."""

    def __init__(self, io: Io, request_id: str, remaining: Callable[[], float]) -> None:
        self._io = io
        self._request_id = request_id
        self._remaining = remaining
        self._is_offered = True
        self._last_event_id = ""

    async def follow(self) -> AsyncGenerator[StatusResponse, None]:
        """The statuses until the stream ends, breaks, or the wait is nearly over; none where there are no events.

        A read cannot be cut short, so none is begun that could outlast the wait: its end is left to polling.
        """
        silence = min(_LONGEST_SILENCE, self._remaining() / 2)
        if not self._is_offered or silence <= 0:
            return
        reader = EventReader()
        call = operations.stream_events(self._request_id, self._last_event_id)
        try:
            async with self._io.open(call, silence) as opened:
                self._is_offered = _may_offer_events(opened.response)
                if not _has_events(opened.response):
                    return
                async for chunk in opened.chunks:
                    for event in reader.feed(chunk):
                        self._last_event_id = event.id
                        status = _read_status(event)
                        if status is not None:
                            yield status
                    if self._remaining() < silence:
                        return
        except ClipiaApiError:
            # A stream that broke or fell silent is one that ended: polling finds out how the generation stands.
            return


def _has_events(response: httpx.Response) -> bool:
    return response.status_code == HTTPStatus.OK and _kind_of(response).startswith("text/event-stream")


def _may_offer_events(response: httpx.Response) -> bool:
    """False for a server without this operation; 204 says that there is nothing new to tell."""
    is_throttled = response.status_code == HTTPStatus.TOO_MANY_REQUESTS
    return _has_events(response) or is_throttled or response.is_server_error


def _kind_of(response: httpx.Response) -> str:
    return response.headers.get("content-type", "")


def _read_status(event: ServerSentEvent) -> StatusResponse | None:
    """None for an event of another kind, which a later server may send."""
    if event.event != "status":
        return None
    try:
        return StatusResponse.from_dict(json.loads(event.data))
    except (ValueError, KeyError, TypeError):
        return None
