"""Every call of the API, described once for both clients."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, timezone
from http import HTTPStatus
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import quote

import httpx

from ._answers import raise_for_status, reader
from ._call import Call
from ._json import JsonObject
from ._json_types import (
    Account,
    Delivery,
    DeliveryLog,
    LedgerEntry,
    Model,
    ModelList,
    RequestEntry,
    UploadedFile,
)
from ._pages import Page
from ._types import EstimateResponse, ResultResponse, StatusResponse, SubmitResponse

T = TypeVar("T")

Query = Mapping[str, "str | int"]

#: A moment as a filter takes it: ISO 8601 with its zone or a day, or a date or an aware datetime.
Moment = str | date


def list_models(*, type: str | None, capability: str | None) -> Call[ModelList]:
    """The catalogue."""
    query = _present({"type": type, "capability": capability})
    return Call("GET", "/v1/models", reader(_dict_with(ModelList, "data")), query=query)


def get_model(slug: str) -> Call[Model]:
    """One model with its input schema."""
    return Call("GET", _model(slug), reader(_dict_with(Model, "pricing")))


def estimate(slug: str, input: Mapping[str, Any]) -> Call[EstimateResponse]:
    """What an input costs."""
    return Call("POST", f"{_model(slug)}/estimate", reader(EstimateResponse.from_dict), json={"input": input})


def submit(
    slug: str,
    input: Mapping[str, Any],
    *,
    webhook_url: str | None,
    idempotency_key: str | None,
    quote: str | None,
    max_cost: int | None,
    sandbox_scenario: str | None,
) -> Call[SubmitResponse]:
    """A submit. Its idempotency key is part of the description, so that every try of it is the same request."""
    key = idempotency_key or str(uuid.uuid4())
    if not re.fullmatch(r"[\x21-\x7e]{1,255}", key):
        raise ValueError("idempotency_key must be 1 to 255 visible ASCII characters")
    options = _present({"webhook_url": webhook_url, "quote": quote, "max_cost": max_cost})
    return Call(
        "POST",
        _model(slug),
        reader(SubmitResponse.from_dict),
        headers={"Idempotency-Key": key, **_present({"Clipia-Sandbox-Scenario": sandbox_scenario})},
        json={"input": input, **options},
    )


def get_status(request_id: str, wait_seconds: int | None = None) -> Call[StatusResponse]:
    """Where a generation stands; with ``wait_seconds``, once something has changed or they have passed."""
    query = _present({"wait": wait_seconds})
    path = _request(request_id, "/status")
    return Call("GET", path, reader(StatusResponse.from_dict), query=query, generation_id=request_id)


def get_result(request_id: str) -> Call[ResultResponse]:
    """The result, pending while the API answers 202."""

    def read(response: httpx.Response) -> ResultResponse:
        is_pending = response.status_code == HTTPStatus.ACCEPTED
        return reader(lambda body: ResultResponse.from_dict(body, pending=is_pending))(response)

    return Call("GET", _request(request_id), read, generation_id=request_id)


def cancel(request_id: str) -> Call[StatusResponse]:
    """The wish to cancel a generation."""
    return Call("POST", _request(request_id, "/cancel"), reader(StatusResponse.from_dict), generation_id=request_id)


def list_requests(
    query: Query,
    *,
    status: str | None,
    model: str | None,
    key_id: str | None,
    created_from: Moment | None,
    created_until: Moment | None,
) -> Call[Page[RequestEntry]]:
    """A page of the history."""
    span = {
        "created_from": _moment("created_from", created_from),
        "created_until": _moment("created_until", created_until),
    }
    wanted = {**query, **_present({"status": status, "model": model, "key": key_id, **span})}
    return Call("GET", "/v1/requests", _page_of(RequestEntry), query=wanted)


def delete_request(request_id: str) -> Call[None]:
    """The end of what a request was given and made."""
    return Call("DELETE", _request(request_id), raise_for_status, generation_id=request_id)


def stream_events(request_id: str, last_event_id: str) -> Call[httpx.Response]:
    """The live status as server-sent events; the answer's body is left to be read."""
    headers = {"Accept": "text/event-stream", **_present({"Last-Event-ID": last_event_id or None})}
    return Call("GET", _request(request_id, "/events"), lambda response: response, headers=headers)


def get_account() -> Call[Account]:
    """Balance and usage."""
    return Call("GET", "/v1/account", reader(_dict_with(Account, "balance")))


def list_ledger(query: Query, *, kind: str | None, request_id: str | None) -> Call[Page[LedgerEntry]]:
    """A page of the movements of credits."""
    wanted = {**query, **_present({"kind": kind, "request": request_id})}
    return Call("GET", "/v1/account/ledger", _page_of(LedgerEntry), query=wanted)


def upload_file(file: BinaryIO | bytes, file_name: str) -> Call[UploadedFile]:
    """An upload, as a form. What cannot be read a second time is sent once."""
    can_be_read_again = isinstance(file, bytes) or file.seekable()
    read = reader(_dict_with(UploadedFile, "url"))
    return Call("POST", "/v1/files", read, form={"file": (file_name, file)}, is_harmless=can_be_read_again)


def list_files(query: Query) -> Call[Page[UploadedFile]]:
    """A page of the files that have not expired."""
    return Call("GET", "/v1/files", _page_of(UploadedFile), query=query)


def get_file(file_id: str) -> Call[UploadedFile]:
    """What is known of a file."""
    return Call("GET", _file(file_id), reader(_dict_with(UploadedFile, "url")))


def delete_file(file_id: str) -> Call[None]:
    """The end of a file."""
    return Call("DELETE", _file(file_id), raise_for_status)


def list_deliveries(query: Query, *, state: str | None) -> Call[Page[Delivery]]:
    """A page of the account's webhooks."""
    return Call("GET", "/v1/deliveries", _page_of(Delivery), query={**query, **_present({"state": state})})


def list_request_deliveries(request_id: str) -> Call[list[DeliveryLog]]:
    """The webhooks of one request, with every attempt."""
    read = reader(lambda body: cast("list[DeliveryLog]", body["data"]))
    return Call("GET", _request(request_id, "/deliveries"), read, generation_id=request_id)


def redeliver(delivery_id: str) -> Call[Delivery]:
    """The wish to send a webhook again; while it is pending it is not queued twice."""
    path = f"/v1/deliveries/{_segment(delivery_id, 'delivery_id')}/redeliver"
    return Call("POST", path, reader(_dict_with(Delivery, "delivery_id")))


def stream_webhooks(last_event_id: str | None) -> Call[httpx.Response]:
    """Every webhook as it comes, as server-sent events; the answer's body is left to be read."""
    headers = {"Accept": "text/event-stream", **_present({"Last-Event-ID": last_event_id})}
    return Call("GET", "/v1/webhooks/events", lambda response: response, headers=headers)


def fetch_media(url: str) -> Call[httpx.Response]:
    """A file of a result, from wherever it lies; the answer's body is left to be read."""
    return Call("GET", url, lambda response: response, headers={"Accept": "*/*"})


def _model(slug: str) -> str:
    return f"/v1/models/{_segment(slug, 'model')}"


def _request(request_id: str, rest: str = "") -> str:
    return f"/v1/requests/{_segment(request_id, 'request_id')}{rest}"


def _file(file_id: str) -> str:
    return f"/v1/files/{_segment(file_id, 'file_id')}"


def _segment(text: str, name: str) -> str:
    # An empty one, or dots that a URL library takes out, would make it another call.
    if text in ("", ".", ".."):
        raise ValueError(f"{name} must not be {text!r}")
    return quote(text, safe="")


def _moment(name: str, moment: Moment | None) -> str | None:
    if not isinstance(moment, datetime):
        return moment.isoformat() if isinstance(moment, date) else moment
    if moment.utcoffset() is None:
        # The server would have to guess whose noon it is.
        raise ValueError(f"{name} must be a datetime with a time zone, got {moment!r}")
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def _present(values: Mapping[str, T | None]) -> dict[str, T]:
    return {name: value for name, value in values.items() if value is not None}


def _page_of(kind: type[T]) -> Callable[[httpx.Response], Page[T]]:
    return reader(lambda body: Page(cast("list[T]", body["data"]), body.get("next_cursor")))


def _dict_with(kind: type[T], needed: str) -> Callable[[JsonObject], T]:
    """Leaves the answer the plain dict it is, once it has the field that makes it one of its kind."""

    def make(body: JsonObject) -> T:
        _ = body[needed]
        return cast(T, body)

    return make
