"""What both forms of input and output make of a call: its request, its bounds, and the errors of httpx as ours."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from ._call import Call
from ._errors import ClipiaConnectionError
from ._settings import check_api_key, check_base_url
from ._version import __version__

Timeout = float | httpx.Timeout | None


@dataclass(frozen=True, repr=False)
class Origin:
    """Where the API is, and the key for it. Has no repr of its fields, so that the key is never logged."""

    base_url: str
    api_key: str
    timeout: Timeout

    @classmethod
    def checked(cls, base_url: str | None, api_key: str | None, timeout: Timeout) -> Origin:
        """The origin of what a client is made with; a ValueError names what cannot work."""
        return cls(check_base_url(base_url), check_api_key(api_key), timeout)

    def request(self, http: httpx.Client | httpx.AsyncClient, call: Call[Any], seconds: float | None) -> httpx.Request:
        """The request of a call. Only calls of the API carry the key."""
        headers = {"Accept": "application/json", "User-Agent": f"clipia-sdk-python/{__version__}", **call.headers}
        if call.is_of_the_api:
            headers["Authorization"] = f"Bearer {self.api_key}"
        return http.build_request(
            call.method,
            self.base_url + call.target if call.is_of_the_api else call.target,
            params=call.query or None,
            headers=headers,
            json=call.json,
            files=call.form,
            timeout=_at_most(httpx.Timeout(self.timeout), seconds),
        )


def _at_most(timeout: httpx.Timeout, seconds: float | None) -> httpx.Timeout:
    if seconds is None:
        return timeout
    parts = {name: seconds if value is None else min(value, seconds) for name, value in timeout.as_dict().items()}
    return httpx.Timeout(**parts)


@contextmanager
def connection_errors() -> Generator[None, None, None]:
    """Raises ClipiaConnectionError for whatever keeps an answer from coming."""
    try:
        yield
    except httpx.RequestError as error:
        raise ClipiaConnectionError.from_httpx(error) from error
