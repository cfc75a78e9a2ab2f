"""What the API answers. Everything it sent is kept in ``.data``, so a field that is not modelled here is never lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ._json import JsonObject, as_list, as_object

IN_QUEUE = "IN_QUEUE"
IN_PROGRESS = "IN_PROGRESS"
COMPLETED = "COMPLETED"
FAILED = "FAILED"
CANCELED = "CANCELED"

#: A request in one of these never changes again.
TERMINAL_STATUSES = frozenset({COMPLETED, FAILED, CANCELED})


def _dict() -> JsonObject:
    return {}


def _list() -> list[Any]:
    return []


@dataclass
class InputWarning:
    """A key of ``input`` that the model will not apply, from servers that report those instead of refusing them."""

    code: str
    parameter: str
    message: str

    @classmethod
    def from_dict(cls, data: JsonObject) -> InputWarning:
        """Reads one entry of ``warnings``."""
        return cls(*(str(data.get(name, "")) for name in ("code", "parameter", "message")))


def _warnings() -> list[InputWarning]:
    return []


def _read_warnings(data: JsonObject) -> list[InputWarning]:
    entries = [as_object(entry) for entry in as_list(data.get("warnings"))]
    return [InputWarning.from_dict(entry) for entry in entries if entry is not None]


@dataclass
class SubmitResponse:
    """An accepted generation. ``cost`` is its fixed price in credits."""

    request_id: str
    status: str
    queue_position: int | None = None
    status_url: str | None = None
    response_url: str | None = None
    cost: int | None = None
    data: JsonObject = field(default_factory=_dict)
    warnings: list[InputWarning] = field(default_factory=_warnings)

    @property
    def is_terminal(self) -> bool:
        """Whether it is over already, as in the sandbox."""
        return self.status in TERMINAL_STATUSES

    @classmethod
    def from_dict(cls, data: JsonObject) -> SubmitResponse:
        """Reads the answer of a submit; a KeyError when it is none."""
        return cls(
            request_id=data["request_id"],
            status=data["status"],
            queue_position=data.get("queue_position"),
            status_url=data.get("status_url"),
            response_url=data.get("response_url"),
            cost=data.get("cost"),
            data=data,
            warnings=_read_warnings(data),
        )


@dataclass
class StatusResponse:
    """Where a generation stands. ``progress`` is in percent, ``queue_position`` None once it left the queue."""

    request_id: str
    status: str
    queue_position: int | None = None
    progress: int | None = None
    logs: list[Any] = field(default_factory=_list)
    data: JsonObject = field(default_factory=_dict)

    @property
    def is_terminal(self) -> bool:
        """Whether it is over."""
        return self.status in TERMINAL_STATUSES

    @classmethod
    def from_dict(cls, data: JsonObject) -> StatusResponse:
        """Reads a status; a KeyError when it is none."""
        return cls(
            request_id=data["request_id"],
            status=data["status"],
            queue_position=data.get("queue_position"),
            progress=data.get("progress"),
            logs=data.get("logs") or [],
            data=data,
        )


@dataclass
class ResultResponse:
    """A generation that is over, or ``pending`` while it is not.

    ``output`` is there when it COMPLETED, ``error`` (``code``, ``message``) when it FAILED. ``cost`` is the price in
    credits, ``charged`` what of it was kept. ``seed`` repeats the same media, where the model has one.
    """

    request_id: str
    status: str
    model: str | None = None
    output: JsonObject | None = None
    error: JsonObject | None = None
    cost: int | None = None
    created_at: str | None = None
    completed_at: str | None = None
    pending: bool = False
    data: JsonObject = field(default_factory=_dict)
    mode: str | None = None
    charged: int | None = None
    seed: int | None = None

    @property
    def is_terminal(self) -> bool:
        """Whether it is over."""
        return self.status in TERMINAL_STATUSES

    @classmethod
    def from_dict(cls, data: JsonObject, *, pending: bool = False) -> ResultResponse:
        """Reads a result; a KeyError when it is none."""
        return cls(
            request_id=data["request_id"],
            status=data["status"],
            model=data.get("model"),
            output=data.get("output"),
            error=data.get("error"),
            cost=data.get("cost"),
            created_at=data.get("created_at"),
            completed_at=data.get("completed_at"),
            pending=pending,
            data=data,
            mode=data.get("mode"),
            charged=data.get("charged"),
            seed=data.get("seed"),
        )


@dataclass
class LiveWebhook:
    """A webhook as a receiver gets it: signed as it is, to be passed on unaltered. ``id`` is where to resume behind."""

    id: str
    headers: dict[str, str]
    body: bytes

    @classmethod
    def from_dict(cls, data: JsonObject, *, id: str) -> LiveWebhook:
        """Reads an event of the stream; a KeyError when it is none."""
        return cls(id=id, headers=data["headers"], body=str(data["body"]).encode())


@dataclass
class EstimateResponse:
    """What an input costs, in credits. ``quote``, given to submit, makes this price hold until it expires."""

    credits: int
    data: JsonObject = field(default_factory=_dict)
    warnings: list[InputWarning] = field(default_factory=_warnings)
    quote: str | None = None

    @classmethod
    def from_dict(cls, data: JsonObject) -> EstimateResponse:
        """Reads an estimate; a KeyError when it is none."""
        return cls(credits=data["credits"], data=data, warnings=_read_warnings(data), quote=data.get("quote"))
