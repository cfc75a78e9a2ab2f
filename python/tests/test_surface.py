"""What programs written for the published client rely on, and that both clients are alike."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
from typing import Any

import httpx
import pytest

import clipia
from clipia import AsyncClipia, Clipia, ClipiaApiError, ClipiaConnectionError, ClipiaTimeoutError, InputWarning

KEY = "clipia_test_0123456789abcdef"

#: Parameters of the published client 1.5, in their order; those behind * are named.
PUBLISHED = {
    "__init__": "api_key * base_url timeout transport max_retries retry_delay",
    "submit": "model input * webhook_url idempotency_key",
    "status": "request_id",
    "result": "request_id",
    "subscribe": "model input * webhook_url idempotency_key on_queue_update poll_interval timeout",
    "close": "",
    "models.list": "",
    "models.get": "slug",
    "models.estimate": "slug input",
    "account.get": "",
}

PUBLISHED_FIELDS = {
    "SubmitResponse": "request_id status queue_position status_url response_url cost data warnings",
    "StatusResponse": "request_id status queue_position progress logs data",
    "ResultResponse": "request_id status model output error cost created_at completed_at pending data",
    "EstimateResponse": "credits data warnings",
    "InputWarning": "code parameter message",
}


def parameters_of(function: Any) -> tuple[list[str], list[str]]:
    parameters = [item for item in inspect.signature(function).parameters.values() if item.name != "self"]
    named = [item.name for item in parameters if item.kind is item.KEYWORD_ONLY]
    return [item.name for item in parameters if item.kind is not item.KEYWORD_ONLY], named


@pytest.mark.parametrize("kind", [Clipia, AsyncClipia])
@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_method_takes_what_it_took(kind: type, name: str) -> None:
    client = kind(KEY, base_url="http://localhost:1")
    function: Any = client
    for part in name.split("."):
        function = getattr(function, part)
    positional, _, named = PUBLISHED[name].partition("*")
    actual_positional, actual_named = parameters_of(function)
    assert actual_positional == positional.split()
    assert set(named.split()) <= set(actual_named)


@pytest.mark.parametrize("name", PUBLISHED_FIELDS)
def test_every_published_answer_has_its_fields_in_their_order(name: str) -> None:
    published = PUBLISHED_FIELDS[name].split()
    assert [field.name for field in dataclasses.fields(getattr(clipia, name))][: len(published)] == published


def test_both_clients_have_the_same_methods_with_the_same_parameters_and_words() -> None:
    def surface(client: Any) -> dict[str, Any]:
        return {
            f"{type(target).__name__.removeprefix('Async')}.{name}": (inspect.getdoc(function), parameters_of(function))
            for target in (client, client.models, client.account, client.requests, client.files, client.deliveries)
            for name, function in inspect.getmembers(target, inspect.ismethod)
            if not name.startswith("__")
        }

    blocking, awaiting = (surface(kind(KEY, base_url="http://localhost:1")) for kind in (Clipia, AsyncClipia))
    assert len(blocking) > 10
    assert blocking == awaiting


def test_the_constants_and_defaults_are_the_published_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIPIA_BASE_URL", raising=False)
    client = Clipia(api_key=KEY)
    assert (client.base_url, client.max_retries, client.retry_delay) == ("https://api.clipia.ai", 2, 0.5)
    assert {"COMPLETED", "FAILED", "CANCELED"} == clipia.TERMINAL_STATUSES
    assert inspect.signature(client.subscribe).parameters["timeout"].default == 600.0
    assert inspect.signature(client.subscribe).parameters["poll_interval"].default == 1.0
    client.close()


def test_warnings_of_servers_that_send_them_are_read() -> None:
    body = {"credits": 1, "warnings": [{"code": "unknown_parameter", "parameter": "x", "message": "No x."}, "odd"]}
    assert clipia.EstimateResponse.from_dict(body).warnings == [InputWarning("unknown_parameter", "x", "No x.")]
    assert clipia.EstimateResponse.from_dict({"credits": 1, "warnings": None}).warnings == []


def test_errors_are_made_and_caught_as_before() -> None:
    error = ClipiaApiError(402, "insufficient_credits", "Top up.", type="invalid_request_error", retry_after=1.5)
    assert str(error) == "[402] insufficient_credits: Top up."
    assert str(ClipiaApiError(500)) == "[500] error: HTTP 500"
    late = ClipiaTimeoutError("id", 5.0)
    assert isinstance(late, ClipiaApiError)
    assert (late.status, late.code, late.request_id, late.timeout) == (0, "poll_timeout", "id", 5.0)


def test_errors_survive_being_sent_between_processes() -> None:
    request = httpx.Request("GET", "https://api.example.com/", headers={"Authorization": f"Bearer {KEY}"})
    lost = ClipiaConnectionError.from_httpx(httpx.ReadTimeout("slow", request=request))
    for error in (ClipiaApiError(402, "no", "No.", param="x"), ClipiaTimeoutError("id", 5.0), lost):
        pickled = pickle.dumps(error)
        assert KEY.encode() not in pickled
        copy = pickle.loads(pickled)
        assert isinstance(error, type(copy))
        assert (str(copy), copy.code, copy.param, copy.generation_id) == (
            str(error),
            error.code,
            error.param,
            error.generation_id,
        )


def test_the_key_comes_from_the_environment_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPIA_KEY", f" {KEY}\n")
    monkeypatch.setenv("CLIPIA_BASE_URL", "http://127.0.0.1:3000/")
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"balance": {}})

    client = Clipia(transport=httpx.MockTransport(answer))
    client.account.get()
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert str(seen[0].url) == "http://127.0.0.1:3000/v1/account"
    shown = [repr(client), str(client), repr(vars(client)), repr(vars(client.models)), repr(client.__dict__["_core"])]
    assert KEY not in "".join(shown)
    assert client.__enter__() is client
    client.__exit__(None, None, None)


@pytest.mark.parametrize("key", ["", " ", "clé", "line\nbreak", "two words"])
def test_a_key_that_cannot_be_one_is_refused_without_repeating_it(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLIPIA_KEY", raising=False)
    with pytest.raises(ValueError, match=r"^api_key ") as caught:
        Clipia(key)
    assert key.strip() == "" or key not in str(caught.value)
    with pytest.raises(ValueError, match="set CLIPIA_KEY"):
        Clipia()


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("https://api.example.com/", "https://api.example.com"),
        ("https://example.com/clipia//", "https://example.com/clipia"),
        ("HTTP://LOCALHOST:3000", "http://localhost:3000"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
    ],
)
def test_https_is_taken_anywhere_and_http_on_this_machine(given: str, taken: str) -> None:
    with Clipia(KEY, base_url=given) as client:
        assert client.base_url == taken


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "http://localhost.evil.com",
        "http://127.0.0.1.evil.com",
        "http://localhost@evil.com",
        "http://localhost:80\\@evil.com",
        "http://192.168.1.2:3000",
        "http://[::1]:3000",
        "ftp://localhost",
        "api.clipia.ai",
        "https://",
        "https://user:secret@api.example.com",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "",
    ],
)
def test_a_url_over_which_the_key_could_leak_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"^base_url ") as caught:
        Clipia(KEY, base_url=url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"max_retries": -1}, {"max_retries": True}, {"max_retries": 1.5}, {"retry_delay": -1}]
)
def test_retries_that_cannot_be_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must be a"):
        Clipia(KEY, **options)
