"""Reading answers: JSON, errors, and how long the server asks to wait."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx

from ._errors import ClipiaApiError
from ._json import JsonObject, as_object

T = TypeVar("T")


def read_json(response: httpx.Response) -> JsonObject:
    """The JSON object of a success; raises ClipiaApiError for everything else."""
    raise_for_status(response)
    body = _json_or_none(response)
    if body is None:
        raise _invalid(response, "the answer is no JSON object")
    return body


def reader(make: Callable[[JsonObject], T]) -> Callable[[httpx.Response], T]:
    """A reader of successes of one kind; one that lacks a field it must have is a ClipiaApiError."""

    def read(response: httpx.Response) -> T:
        body = read_json(response)
        try:
            return make(body)
        except KeyError as error:
            raise _invalid(response, f"the answer has no {error}") from error

    return read


def raise_for_status(response: httpx.Response) -> None:
    """Raises the ClipiaApiError of an answer that is no success."""
    if response.is_success:
        return
    body = _json_or_none(response)
    request_id = response.headers.get("x-request-id")
    if response.is_redirect:
        message = f"the server answered {response.status_code}, a redirect: is base_url right?"
        raise ClipiaApiError(response.status_code, "unexpected_redirect", message, request_id=request_id)
    raise ClipiaApiError.from_response(
        response.status_code,
        body,
        retry_after=read_retry_after(response.headers.get("retry-after"), time.time()),
        request_id=request_id,
    )


def read_retry_after(value: str | None, now: float) -> float | None:
    """A ``Retry-After`` header (seconds or an HTTP date) in seconds from now; None when absent or nonsense."""
    text = (value or "").strip()
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (TypeError, ValueError, OverflowError):
        return None


def _invalid(response: httpx.Response, message: str) -> ClipiaApiError:
    request_id = response.headers.get("x-request-id")
    return ClipiaApiError(response.status_code, "invalid_response", message, type="api_error", request_id=request_id)


def _json_or_none(response: httpx.Response) -> JsonObject | None:
    try:
        return as_object(response.json())
    except ValueError:
        # A proxy's page, say: the status says enough.
        return None
