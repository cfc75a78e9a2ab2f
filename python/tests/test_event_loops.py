"""What only one of the clients can do: be awaited, be cut off, or block inside a running event loop."""

from __future__ import annotations

import asyncio
import time

import pytest

from clipia import COMPLETED, AsyncClipia, Clipia, StatusResponse, SubmitResponse

from .server import Server

INPUT = {"prompt": "A lighthouse above the clouds"}


def test_callbacks_may_be_coroutines(server: Server) -> None:
    told: list[str] = []

    async def on_submitted(job: SubmitResponse) -> None:
        await asyncio.sleep(0)
        told.append(job.request_id)

    async def on_queue_update(status: StatusResponse) -> None:
        await asyncio.sleep(0)
        told.append(status.status)

    async def main() -> None:
        async with AsyncClipia(server.live_key, base_url=server.url) as client:
            result = await client.subscribe(
                "canvas-1", INPUT, on_submitted=on_submitted, on_queue_update=on_queue_update
            )
            assert (told[0], told[-1]) == (result.request_id, COMPLETED)

    asyncio.run(main())


def test_a_wait_that_is_cut_off_ends_at_once_and_can_be_resumed(server: Server) -> None:
    async def main() -> None:
        async with AsyncClipia(server.live_key, base_url=server.url) as client:
            job = await client.submit("motion-1", {**INPUT, "duration": 4, "resolution": "480p"})
            began = time.monotonic()
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.wait(job.request_id), 0.1)
            assert time.monotonic() - began < 10
            result = await client.wait(job.request_id)
            assert result.status == COMPLETED

    asyncio.run(main())


def test_one_client_waits_for_many_generations_at_once(server: Server) -> None:
    async def main() -> None:
        async with AsyncClipia(server.live_key, base_url=server.url) as client:
            waits = [client.subscribe("canvas-1", {**INPUT, "seed": seed}) for seed in range(4)]
            results = await asyncio.gather(*waits)
            assert {result.status for result in results} == {COMPLETED}
            assert len({result.request_id for result in results}) == 4

    asyncio.run(main())


def test_the_blocking_client_works_inside_a_running_event_loop_as_in_a_notebook(server: Server) -> None:
    async def main() -> None:
        with Clipia(server.live_key, base_url=server.url, timeout=None) as client:
            result = client.subscribe("canvas-1", INPUT, timeout=None)
            assert [status.status for status in client.events(result.request_id)] == [COMPLETED]

    asyncio.run(main())
