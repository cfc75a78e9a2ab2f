"""The API failed: it refused a call, or could not be reached. A generation that failed is a result, not an error."""

from __future__ import annotations

from functools import cache
from typing import Any

import httpx

from ._json import JsonObject, as_object


class ClipiaApiError(Exception):
    """The API refused a call, or answered nothing one can use.

    ``status`` is the HTTP status (0 when there was no answer), ``code`` the stable word to branch on, ``type`` its
    family, ``param`` the one field to blame, ``request_id`` the answer's ``X-Request-Id`` to quote in a report,
    ``generation_id`` the ``request_id`` of the generation the call was about, ``retry_after`` what the server asks to
    wait in seconds, ``body`` the JSON of the answer.
    """

    def __init__(
        self,
        status: int,
        code: str = "",
        message: str = "",
        *,
        type: str = "",
        body: JsonObject | None = None,
        retry_after: float | None = None,
        param: str | None = None,
        request_id: str | None = None,
        generation_id: str | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message or code or f"HTTP {status}"
        self.type = type
        self.body = body
        self.retry_after = retry_after
        self.param = param
        self.request_id = request_id
        self.generation_id = generation_id
        super().__init__(f"[{status}] {code or 'error'}: {self.message}")

    def __reduce__(self) -> tuple[Any, ...]:
        # Pickled between processes it stays what it is, but for the kind and the request of httpx, which holds the key.
        kind = ClipiaConnectionError if isinstance(self, ClipiaConnectionError) else type(self)
        attributes = {name: value for name, value in vars(self).items() if name != "_request"}
        return _restored, (kind, self.args, attributes)

    @classmethod
    def from_response(
        cls,
        status: int,
        body: JsonObject | None,
        *,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> ClipiaApiError:
        """Makes the error of a JSON body; one that is not ``{"error": {...}}`` leaves its status to speak."""
        fields = as_object((body or {}).get("error")) or {}
        param = fields.get("param")
        return cls(
            status,
            str(fields.get("code") or ""),
            str(fields.get("message") or ""),
            type=str(fields.get("type") or ""),
            body=body,
            retry_after=retry_after,
            param=None if param is None else str(param),
            request_id=request_id,
        )


class ClipiaConnectionError(ClipiaApiError):
    """No answer came: no connection, one that broke, or a call that took too long. Status 0.

    What is raised is also an instance of the exception of httpx that it stands for (``httpx.ConnectError``, say), so
    that programs which catch those go on to work.
    """

    def __init__(self, message: str) -> None:
        super().__init__(0, "network_error", message, type="connection_error")

    @classmethod
    def from_httpx(cls, error: httpx.RequestError) -> ClipiaConnectionError:
        """Makes the error of one that httpx raised."""
        made = _connection_error_of(type(error))(str(error) or type(error).__name__)
        if isinstance(made, httpx.RequestError):
            made.request = error.request
        return made


def _restored(kind: type[ClipiaApiError], arguments: tuple[object, ...], attributes: JsonObject) -> ClipiaApiError:
    error = kind.__new__(kind, *arguments)
    vars(error).update(attributes)
    return error


@cache
def _connection_error_of(kind: type[httpx.RequestError]) -> type[ClipiaConnectionError]:
    return type(ClipiaConnectionError.__name__, (ClipiaConnectionError, kind), {"__module__": __name__})


class ClipiaTimeoutError(ClipiaApiError):
    """The wait took as long as it may. The generation goes on: ``wait`` with this ``request_id`` resumes. Status 0."""

    request_id: str

    def __init__(self, request_id: str, timeout: float) -> None:
        self.timeout = timeout
        message = f"Request {request_id} is not over after {timeout} s; it goes on, and wait({request_id!r}) resumes it"
        super().__init__(
            0, "poll_timeout", message, type="timeout_error", request_id=request_id, generation_id=request_id
        )
