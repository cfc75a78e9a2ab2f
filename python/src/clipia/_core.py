"""The logic of a client, once for both: every call with its retries, and what takes more than one call."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

from . import _operations as operations
from ._call import Call
from ._download import Rendition, download
from ._io import Io, perform
from ._json_types import UploadedFile
from ._pages import DescribePage, Paging, entries
from ._retry import RetryPolicy, retry
from ._types import LiveWebhook, ResultResponse, StatusResponse, SubmitResponse
from ._waiting import Patience, Wait
from ._webhook_stream import WebhookStream

T = TypeVar("T")

#: Told of something; what it answers is awaited by the asynchronous client, where it can be.
Listener = Callable[[T], object]


class Core:
    """What ``Clipia`` runs by blocking and ``AsyncClipia`` awaits."""

    def __init__(self, io: Io, policy: RetryPolicy) -> None:
        self._io = io
        self._policy = policy

    async def call(self, call: Call[T]) -> T:
        """Makes a call, tried again where that may help and can do no harm."""
        policy = self._policy if call.is_harmless else RetryPolicy(0, 0.0)
        return await retry(lambda: perform(self._io, call), policy, self._io.sleep)

    async def wait(
        self,
        request: Call[SubmitResponse] | str,
        on_submitted: Listener[SubmitResponse] | None,
        on_queue_update: Listener[StatusResponse] | None,
        poll_interval: float,
        timeout: float | None,
    ) -> ResultResponse:
        """Waits for the result of a request, given by its id or still to be submitted; then its id is told first."""
        # Before anything is bought: a wait that cannot work is refused.
        patience = Patience(poll_interval, timeout, time.monotonic)
        if isinstance(request, Call):
            submitted = await self.call(request)
            await self._io.tell(on_submitted, submitted)
            request = submitted.request_id
        return await Wait(self._io, request, patience).result(on_queue_update)

    def events(
        self, request_id: str, poll_interval: float, timeout: float | None
    ) -> AsyncGenerator[StatusResponse, None]:
        """Every status of a request until it is over."""
        return Wait(self._io, request_id, Patience(poll_interval, timeout, time.monotonic)).statuses()

    def list(self, describe: DescribePage[T], limit: int | None, page_size: int) -> AsyncGenerator[T, None]:
        """Every entry of a list that comes in pages."""
        return entries(self.call, describe, Paging(limit, page_size))

    def listen(
        self,
        last_event_id: str | None,
        on_ready: Callable[[], object] | None,
        on_gap: Callable[[int], object] | None,
    ) -> AsyncGenerator[LiveWebhook, None]:
        """Every webhook as it comes."""
        return WebhookStream(self._io, last_event_id, on_ready, on_gap).webhooks()

    async def upload(self, file: str | PathLike[str] | bytes | BinaryIO, file_name: str | None) -> UploadedFile:
        """Uploads a file, which is read as it is sent."""
        if not isinstance(file, (str, PathLike)):
            return await self.call(operations.upload_file(file, file_name or _file_name(file)))
        with Path(file).open("rb") as opened:
            return await self.call(operations.upload_file(opened, file_name or Path(file).name))

    async def download(self, result: ResultResponse, folder: str | PathLike[str], rendition: Rendition) -> list[Path]:
        """Saves the media of a result."""
        return await download(self._io, self._policy, result, folder, rendition)


def _file_name(file: bytes | BinaryIO) -> str:
    # That of a pipe is a number.
    name: object = getattr(file, "name", None)
    return Path(name).name if isinstance(name, str) else "file"
