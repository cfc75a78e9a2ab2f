"""Live events of the real server, and waits that outlive it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import httpx

from clipia import COMPLETED, IN_PROGRESS, Clipia, StatusResponse

from .conftest import MakeClient
from .server import Server, ServerProcess

INPUT = {"prompt": "A lighthouse above the clouds"}


class Watched(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """The network, with a note of every call."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._blocking = httpx.HTTPTransport()
        self._async = httpx.AsyncHTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        return self._blocking.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(f"{request.method} {request.url.path}")
        return await self._async.handle_async_request(request)

    def close(self) -> None:
        self._blocking.close()

    async def aclose(self) -> None:
        await self._async.aclose()


def test_a_wait_is_three_calls_a_submit_a_stream_and_the_result(make_client: MakeClient, server: Server) -> None:
    network = Watched()
    client = make_client(server.live_key, base_url=server.url, transport=network)
    # A poll would come after an hour.
    result = client.subscribe("canvas-1", INPUT, poll_interval=3_600)
    assert result.status == COMPLETED
    request = f"/v1/requests/{result.request_id}"
    assert network.calls == ["POST /v1/models/canvas-1", f"GET {request}/events", f"GET {request}"]


def test_events_of_what_is_over_tell_its_end_and_nothing_more(live: Clipia) -> None:
    result = live.subscribe("canvas-1", INPUT)
    assert [status.status for status in live.events(result.request_id)] == [COMPLETED]


def test_leaving_the_events_early_leaves_the_connection_usable(live: Clipia) -> None:
    job = live.submit("canvas-1", INPUT)
    for _ in range(20):
        statuses = live.events(job.request_id)
        assert next(statuses).request_id == job.request_id
        statuses.close()
    assert live.wait(job.request_id).status == COMPLETED


def test_a_wait_outlives_the_death_of_the_server(tmp_path: Path) -> None:
    process = ServerProcess(tmp_path)
    with process as server:
        network = Watched()
        client = Clipia(server.live_key, base_url=server.url, transport=network)
        job = client.submit("motion-1", {**INPUT, "duration": 4, "resolution": "480p"})
        seen = threading.Event()
        outcome: list[Any] = []

        def tell(status: StatusResponse) -> None:
            if status.status == IN_PROGRESS:
                seen.set()

        def wait() -> None:
            outcome.append(client.wait(job.request_id, on_queue_update=tell, poll_interval=1.0))

        thread = threading.Thread(target=wait)
        thread.start()
        assert seen.wait(timeout=60)
        process.kill()
        with ServerProcess(tmp_path, port=str(httpx.URL(server.url).port)):
            thread.join(timeout=120)
            client.close()
    assert [result.status for result in outcome] == [COMPLETED]
    assert [call for call in network.calls if call.startswith("POST")] == ["POST /v1/models/motion-1"]
    assert network.calls.count(f"GET /v1/requests/{job.request_id}/events") >= 2
