"""The asynchronous client: see ``Clipia`` for what each method does."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from . import _operations as operations
from ._async_io import AsyncIo
from ._async_resources import AsyncAccountCalls, AsyncDeliveries, AsyncFiles, AsyncModels, AsyncRequests
from ._core import Core, Listener
from ._download import Rendition
from ._retry import RetryPolicy
from ._settings import (
    DEFAULT_MAX_RETRIES,
    DEFAULT_POLL_INTERVAL,
    DEFAULT_RETRY_DELAY,
    DEFAULT_SUBSCRIBE_TIMEOUT,
    DEFAULT_TIMEOUT,
)
from ._transport import Origin, Timeout
from ._types import ResultResponse, StatusResponse, SubmitResponse


class AsyncClipia:
    """A client of one Clipia server with one key.

    Its calls raise ClipiaApiError when the API fails; a generation that failed is a result. It may be shared by
    threads, and is closed by ``close`` or by leaving its ``with``.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        transport: httpx.AsyncBaseTransport | None = None,
        max_retries: int = DEFAULT_MAX_RETRIES,
        retry_delay: float = DEFAULT_RETRY_DELAY,
    ) -> None:
        """Makes a client; a ValueError names what cannot work.

        ``api_key`` is by default the environment's ``CLIPIA_KEY``, ``base_url`` its ``CLIPIA_BASE_URL`` or the hosted
        service. ``timeout`` bounds, in seconds, each wait of one HTTP call. Harmless calls, a submit among them, are
        tried again up to ``max_retries`` times after ``retry_delay`` seconds, then twice that and so on, or after what
        the server asks for.
        """
        origin = Origin.checked(base_url, api_key, timeout)
        policy = RetryPolicy.checked(max_retries, retry_delay)
        self.base_url = origin.base_url
        self.max_retries = max_retries
        self.retry_delay = retry_delay
        self._http = httpx.AsyncClient(transport=transport)
        self._core = Core(AsyncIo(self._http, origin), policy)
        self.models = AsyncModels(self._core)
        self.account = AsyncAccountCalls(self._core)
        self.requests = AsyncRequests(self._core)
        self.files = AsyncFiles(self._core)
        self.deliveries = AsyncDeliveries(self._core)

    async def submit(
        self,
        model: str,
        input: Mapping[str, Any],
        *,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        quote: str | None = None,
        max_cost: int | None = None,
        sandbox_scenario: str | None = None,
    ) -> SubmitResponse:
        """Queues a generation and answers at once with its ``request_id``.

        It never queues it twice, however often the connection breaks: every try has the same ``idempotency_key``, by
        default a new UUID. ``webhook_url`` is told when it is over. The price of a ``quote`` holds; a price above
        ``max_cost`` credits is refused. With a test key ``sandbox_scenario`` (``slow``, ``fail``, ``reject``,
        ``timeout``, ``cancel``) plays what live can do.
        """
        call = operations.submit(
            model,
            input,
            webhook_url=webhook_url,
            idempotency_key=idempotency_key,
            quote=quote,
            max_cost=max_cost,
            sandbox_scenario=sandbox_scenario,
        )
        return await self._core.call(call)

    async def status(self, request_id: str, *, wait_seconds: int | None = None) -> StatusResponse:
        """Where a generation stands; ``wait_seconds`` (0 to 30) holds the answer until something changes."""
        return await self._core.call(operations.get_status(request_id, wait_seconds))

    async def result(self, request_id: str) -> ResultResponse:
        """The result; its ``pending`` is True while the generation is not over."""
        return await self._core.call(operations.get_result(request_id))

    async def cancel(self, request_id: str) -> StatusResponse:
        """Cancels: at once in the queue; a running one is told to stop, and may still say IN_PROGRESS."""
        return await self._core.call(operations.cancel(request_id))

    def events(
        self, request_id: str, *, poll_interval: float = DEFAULT_POLL_INTERVAL, timeout: float | None = None
    ) -> AsyncGenerator[StatusResponse, None]:
        """The status now, and every change of it until the generation is over.

        It reconnects by itself, and polls where there are no live events. With a ``timeout`` in seconds it ends with a
        ClipiaTimeoutError when the generation is not over by then.
        """
        return self._core.events(request_id, poll_interval, timeout)

    async def subscribe(
        self,
        model: str,
        input: Mapping[str, Any],
        *,
        webhook_url: str | None = None,
        idempotency_key: str | None = None,
        on_queue_update: Listener[StatusResponse] | None = None,
        poll_interval: float = DEFAULT_POLL_INTERVAL,
        timeout: float | None = DEFAULT_SUBSCRIBE_TIMEOUT,
        quote: str | None = None,
        max_cost: int | None = None,
        sandbox_scenario: str | None = None,
        request_id: str | None = None,
        on_submitted: Listener[SubmitResponse] | None = None,
    ) -> ResultResponse:
        """Submits a generation and waits for its result, which may be that it FAILED.

        ``on_submitted`` is told as soon as the request is durable: the place to keep its id. Given that ``request_id``
        again, after a crash say, it submits nothing and resumes the wait. ``on_queue_update`` is told every status.
        Raises ClipiaTimeoutError after ``timeout`` seconds; the generation then goes on.
        """
        request = request_id
        if request is None:
            request = operations.submit(
                model,
                input,
                webhook_url=webhook_url,
                idempotency_key=idempotency_key,
                quote=quote,
                max_cost=max_cost,
                sandbox_scenario=sandbox_scenario,
            )
        return await self._core.wait(request, on_submitted, on_queue_update, poll_interval, timeout)

    async def wait(
        self,
        request_id: str,
        *,
        on_queue_update: Listener[StatusResponse] | None = None,
        poll_interval: float = DEFAULT_POLL_INTERVAL,
        timeout: float | None = DEFAULT_SUBSCRIBE_TIMEOUT,
    ) -> ResultResponse:
        """Waits for the result of a request that was submitted before, as ``subscribe`` does."""
        return await self._core.wait(request_id, None, on_queue_update, poll_interval, timeout)

    async def download(
        self, result: ResultResponse, folder: str | PathLike[str] = ".", *, rendition: Rendition = "original"
    ) -> list[Path]:
        """Saves the media of a result in a folder, which is made, and answers the paths.

        ``original`` is full quality (PNG), ``delivery`` the smaller rendition (WebP). Files are named by the request; a
        ValueError when the result has no media.
        """
        return await self._core.download(result, folder, rendition)

    async def close(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> AsyncClipia:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        # Not the key: a client that is printed or logged shows none.
        return f"AsyncClipia(base_url={self.base_url!r})"
