from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator
from typing import Any, Literal, cast

import httpx
import pytest

from clipia import AsyncClipia, Clipia

from .awaited import awaited, end
from .server import Server, ServerProcess

MakeClient = Callable[..., Clipia]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server, None, None]:
    """One real server for all tests; each makes requests of its own."""
    with ServerProcess(tmp_path_factory.mktemp("server")) as server:
        yield server


@pytest.fixture(params=["blocking", "async"])
def make_client(request: pytest.FixtureRequest) -> Generator[MakeClient, None, None]:
    """Makes clients of both kinds, the asynchronous one with the methods of the other; closes them afterwards."""
    kind = cast(Literal["blocking", "async"], request.param)
    loop = asyncio.new_event_loop()
    clients: list[Clipia] = []

    def make(*arguments: Any, **options: Any) -> Clipia:
        client = Clipia(*arguments, **options) if kind == "blocking" else None
        clients.append(client or awaited(AsyncClipia(*arguments, **options), loop))
        return clients[-1]

    yield make
    for client in clients:
        client.close()
    end(loop)


@pytest.fixture
def live(make_client: MakeClient, server: Server) -> Clipia:
    """A client with a live key of the real server."""
    return make_client(server.live_key, base_url=server.url)


@pytest.fixture
def sandbox(make_client: MakeClient, server: Server) -> Clipia:
    """A client with a sandbox key of the real server."""
    return make_client(server.test_key, base_url=server.url)


Answer = Callable[[httpx.Request], httpx.Response]


@pytest.fixture
def make_scripted(make_client: MakeClient) -> Callable[..., Clipia]:
    """Makes clients of both kinds whose server is a function, with no waits between tries."""

    def make(answer: Answer, **options: Any) -> Clipia:
        transport = httpx.MockTransport(answer)
        settings = {"base_url": "https://api.example.com", "retry_delay": 0.0, "transport": transport, **options}
        return make_client("clipia_test_0123456789abcdef", **settings)

    return make
