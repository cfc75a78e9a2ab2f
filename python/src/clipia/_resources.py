"""What hangs below the blocking client, by the noun."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from os import PathLike
from typing import Any, BinaryIO

from . import _operations as operations
from ._blocking_io import iterate, run
from ._call import Call
from ._core import Core
from ._json_types import (
    Account,
    Delivery,
    DeliveryLog,
    DeliveryState,
    GenerationStatus,
    LedgerEntry,
    LedgerKind,
    Model,
    ModelList,
    RequestEntry,
    UploadedFile,
)
from ._operations import Moment
from ._pages import DEFAULT_PAGE_SIZE, Page
from ._types import EstimateResponse, LiveWebhook


class Models:
    """The catalogue and its prices: ``client.models``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, *, type: str | None = None, capability: str | None = None) -> ModelList:
        """The models this key can use, as ``{"data": [...]}``; only those of a type or with a capability, if given."""
        return run(self._core.call(operations.list_models(type=type, capability=capability)))

    def get(self, slug: str) -> Model:
        """One model with its ``input_schema``."""
        return run(self._core.call(operations.get_model(slug)))

    def estimate(self, slug: str, input: Mapping[str, Any]) -> EstimateResponse:
        """What this input costs; nothing is queued or charged."""
        return run(self._core.call(operations.estimate(slug, input)))


class AccountCalls:
    """The account of the key: ``client.account``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def get(self) -> Account:
        """Balance and usage."""
        return run(self._core.call(operations.get_account()))

    def ledger(
        self,
        *,
        kind: LedgerKind | None = None,
        request_id: str | None = None,
        limit: int | None = None,
        page_size: int = DEFAULT_PAGE_SIZE,
    ) -> Generator[LedgerEntry, None, None]:
        """Every movement of credits, newest first; only of a kind or of a request, if given.

        The key needs the scope ``read``.
        """

        def describe(query: operations.Query) -> Call[Page[LedgerEntry]]:
            return operations.list_ledger(query, kind=kind, request_id=request_id)

        return iterate(self._core.list(describe, limit, page_size))


class Requests:
    """What was submitted before: ``client.requests``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(
        self,
        *,
        status: GenerationStatus | None = None,
        model: str | None = None,
        key_id: str | None = None,
        created_from: Moment | None = None,
        created_until: Moment | None = None,
        limit: int | None = None,
        page_size: int = DEFAULT_PAGE_SIZE,
    ) -> Generator[RequestEntry, None, None]:
        """The account's requests in the key's mode, newest first; only those that fit what is given.

        ``model`` is a slug. ``created_from`` is included, ``created_until`` not: a day or an ISO 8601 time with its
        zone, a date or an aware datetime. The key needs the scope ``read``.
        """

        def describe(query: operations.Query) -> Call[Page[RequestEntry]]:
            return operations.list_requests(
                query,
                status=status,
                model=model,
                key_id=key_id,
                created_from=created_from,
                created_until=created_until,
            )

        return iterate(self._core.list(describe, limit, page_size))

    def delete(self, request_id: str) -> None:
        """Deletes what a request was given and made: its input, its media, the uploads that only it was given.

        Its status and its place in the ledger stay. One that is not over is refused with 409. Safe to repeat.
        """
        return run(self._core.call(operations.delete_request(request_id)))


class Files:
    """Inputs that have no URL of their own: ``client.files``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def upload(self, file: str | PathLike[str] | bytes | BinaryIO, *, file_name: str | None = None) -> UploadedFile:
        """Uploads a picture, video or sound: a path, bytes, or an open file.

        Inputs name it by the ``url`` of the answer. ``file_name`` is for people, by default the file's own.
        """
        return run(self._core.upload(file, file_name))

    def list(
        self, *, limit: int | None = None, page_size: int = DEFAULT_PAGE_SIZE
    ) -> Generator[UploadedFile, None, None]:
        """The account's files that have not expired, newest first."""
        return iterate(self._core.list(operations.list_files, limit, page_size))

    def get(self, file_id: str) -> UploadedFile:
        """What is known of a file; its bytes are at its ``url``."""
        return run(self._core.call(operations.get_file(file_id)))

    def delete(self, file_id: str) -> None:
        """Removes a file; one that a request still needs is refused with 409."""
        return run(self._core.call(operations.delete_file(file_id)))


class Deliveries:
    """The log of webhooks: ``client.deliveries``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(
        self, *, state: DeliveryState | None = None, limit: int | None = None, page_size: int = DEFAULT_PAGE_SIZE
    ) -> Generator[Delivery, None, None]:
        """The account's webhooks, newest first; only those in a state, if given: ``dead`` ones were given up."""
        return iterate(self._core.list(lambda query: operations.list_deliveries(query, state=state), limit, page_size))

    def of_request(self, request_id: str) -> Sequence[DeliveryLog]:
        """The webhooks of one request with every attempt; none while it is not over."""
        return run(self._core.call(operations.list_request_deliveries(request_id)))

    def redeliver(self, delivery_id: str) -> Delivery:
        """Sends one again, with the same id. Safe to repeat."""
        return run(self._core.call(operations.redeliver(delivery_id)))

    def listen(
        self,
        *,
        last_event_id: str | None = None,
        on_ready: Callable[[], object] | None = None,
        on_gap: Callable[[int], object] | None = None,
    ) -> Generator[LiveWebhook, None, None]:
        """Every webhook of the account as it comes, signed, without end: for receivers without an address.

        It reconnects by itself, behind the last it told, or behind ``last_event_id``. ``on_ready`` is told each time
        the stream is open: what ends from then on is not missed; ``on_gap`` how many webhooks came after
        ``last_event_id`` but are too old to be told. The key needs the scope ``read``.
        """
        return iterate(self._core.listen(last_event_id, on_ready, on_gap))
