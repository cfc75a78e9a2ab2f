"""What is sent and how often, and what is made of bad answers: both clients, over a scripted connection."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx
import pytest

from clipia import Clipia, ClipiaApiError, ClipiaConnectionError, ResultResponse

from .scripted_io import REQUEST_ID, error, status

MakeScripted = Callable[..., Clipia]
SUBMITTED = {"request_id": REQUEST_ID, "status": "IN_QUEUE", "queue_position": 0, "cost": 1}


class Script:
    """A server that answers in order, and notes what it was sent."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def submitted() -> httpx.Response:
    return httpx.Response(200, json=SUBMITTED)


def test_every_call_carries_the_key_and_says_who_calls(make_scripted: MakeScripted) -> None:
    script = Script(submitted())
    client = make_scripted(script, base_url="https://example.com/clipia/")
    client.submit("google/imagen4", {"prompt": "é"}, webhook_url="https://hooks.example.com/", max_cost=0)
    (request,) = script.requests
    assert str(request.url) == "https://example.com/clipia/v1/models/google%2Fimagen4"
    assert request.headers["authorization"] == "Bearer clipia_test_0123456789abcdef"
    assert request.headers["user-agent"].startswith("clipia-sdk-python/")
    assert request.headers["content-type"] == "application/json"
    body = {"input": {"prompt": "é"}, "webhook_url": "https://hooks.example.com/", "max_cost": 0}
    assert json.loads(request.content) == body


def test_every_try_of_a_submit_is_the_same_request(make_scripted: MakeScripted) -> None:
    script = Script(httpx.ReadError("gone"), error(503, "service_unavailable", retry_after="0"), submitted())
    assert make_scripted(script).submit("canvas-1", {}).request_id == REQUEST_ID
    keys = {request.headers["idempotency-key"] for request in script.requests}
    assert len(script.requests) == 3
    assert len(keys) == 1
    assert len({request.content for request in script.requests}) == 1
    other = Script(submitted())
    make_scripted(other).submit("canvas-1", {})
    assert other.requests[0].headers["idempotency-key"] not in keys


def test_a_submit_whose_twin_is_being_written_is_asked_for_again(make_scripted: MakeScripted) -> None:
    script = Script(error(409, "request_in_progress", retry_after="0"), submitted())
    assert make_scripted(script).submit("canvas-1", {}).request_id == REQUEST_ID


def test_tries_end_and_the_last_failure_is_raised(make_scripted: MakeScripted) -> None:
    script = Script(*[error(500, "internal_error") for _ in range(3)])
    with pytest.raises(ClipiaApiError, match="internal_error"):
        make_scripted(script).submit("canvas-1", {})
    once = Script(error(500, "internal_error"))
    with pytest.raises(ClipiaApiError, match="internal_error"):
        make_scripted(once, max_retries=0).models.list()


def test_a_server_that_asks_for_more_than_a_minute_leaves_it_to_the_caller(make_scripted: MakeScripted) -> None:
    with pytest.raises(ClipiaApiError) as caught:
        make_scripted(Script(error(429, "rate_limit_exceeded", retry_after="61"))).submit("canvas-1", {})
    assert caught.value.retry_after == 61.0


def test_no_answer_is_an_error_of_ours_and_of_httpx(make_scripted: MakeScripted) -> None:
    for failure in (httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut")):
        with pytest.raises(ClipiaConnectionError) as caught:
            make_scripted(Script(failure), max_retries=0).status(REQUEST_ID)
        assert isinstance(caught.value, type(failure))
        assert (caught.value.status, caught.value.code) == (0, "network_error")
        assert caught.value.generation_id == REQUEST_ID
        assert caught.value.request.url.host == "api.example.com"


def test_what_is_no_answer_of_the_api_is_an_error_too(make_scripted: MakeScripted) -> None:
    cases: list[tuple[httpx.Response, str]] = [
        (httpx.Response(200, html="<p>Welcome</p>"), "invalid_response"),
        (httpx.Response(200, json=[]), "invalid_response"),
        (httpx.Response(200, json={}), "invalid_response"),
        (httpx.Response(204), "invalid_response"),
        (httpx.Response(302, headers={"location": "https://elsewhere.example.com/"}), "unexpected_redirect"),
        (httpx.Response(418, text="teapot"), ""),
        (httpx.Response(400, json={"error": "words"}), ""),
        (httpx.Response(400, json={"error": {"code": None, "message": 3}}), ""),
    ]
    for answer, code in cases:
        answer.headers["x-request-id"] = "abc"
        with pytest.raises(ClipiaApiError) as caught:
            make_scripted(Script(answer)).status(REQUEST_ID)
        assert (caught.value.status, caught.value.code) == (answer.status_code, code)
        assert caught.value.request_id == "abc"


def test_a_path_cannot_be_left_by_an_id(make_scripted: MakeScripted) -> None:
    script = Script(status("IN_QUEUE"))
    make_scripted(script).status("../account?x=#")
    assert script.requests[0].url.raw_path == b"/v1/requests/..%2Faccount%3Fx%3D%23/status"
    for odd in ("", ".", ".."):
        with pytest.raises(ValueError, match="request_id must not be"):
            make_scripted(Script()).status(odd)


def test_a_wait_that_cannot_work_buys_nothing(make_scripted: MakeScripted) -> None:
    script = Script()
    with pytest.raises(ValueError, match="poll_interval"):
        make_scripted(script).subscribe("canvas-1", {}, poll_interval=-1)
    with pytest.raises(ValueError, match="idempotency_key"):
        make_scripted(script).submit("canvas-1", {}, idempotency_key="line\nbreak")
    assert script.requests == []


def result_with(*urls: str) -> ResultResponse:
    images = [{"url": "https://unused.example.com/small.webp", "original_url": url} for url in urls]
    return ResultResponse(request_id="../up", status="COMPLETED", output={"images": images})


def test_the_key_is_never_sent_to_where_media_lie(make_scripted: MakeScripted, tmp_path: Path) -> None:
    moved = httpx.Response(302, headers={"location": "https://cdn.example.com/b.mp4"})
    script = Script(moved, httpx.Response(200, content=b"film", headers={"content-type": "video/mp4; x=y"}))
    (path,) = make_scripted(script).download(result_with("https://media.example.com/a"), tmp_path / "new" / "folder")
    assert path == tmp_path / "new" / "folder" / "___up.mp4"
    assert path.read_bytes() == b"film"
    assert [request.url.host for request in script.requests] == ["media.example.com", "cdn.example.com"]
    assert all("authorization" not in request.headers for request in script.requests)


def test_a_file_is_whole_or_not_there(make_scripted: MakeScripted, tmp_path: Path) -> None:
    def broken() -> httpx.Response:
        def chunks() -> Iterator[bytes]:
            yield b"half"
            raise httpx.ReadError("cut")

        return httpx.Response(200, stream=_BothWays(chunks))

    with pytest.raises(ClipiaApiError) as caught:
        make_scripted(Script(httpx.Response(404))).download(result_with("https://media.example.com/a.png"), tmp_path)
    assert caught.value.status == 404
    failing = Script(*[broken() for _ in range(3)])
    with pytest.raises(ClipiaConnectionError):
        make_scripted(failing).download(result_with("https://media.example.com/a.png"), tmp_path)
    assert list(tmp_path.iterdir()) == []
    mended = Script(broken(), httpx.Response(200, content=b"whole"))
    (path,) = make_scripted(mended).download(result_with("https://media.example.com/a.PNG"), tmp_path)
    assert (path.name, path.read_bytes()) == ("___up.png", b"whole")
    assert list(tmp_path.iterdir()) == [path]


class _BothWays(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, chunks: Callable[[], Iterator[bytes]]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks():
            yield chunk


def test_a_name_of_a_file_is_never_the_servers_word(make_scripted: MakeScripted, tmp_path: Path) -> None:
    page = httpx.Response(200, html="<script>")
    (path,) = make_scripted(Script(page)).download(result_with("https://media.example.com/run.sh"), tmp_path)
    assert path == tmp_path / "___up.bin"


def test_what_has_no_media_cannot_be_saved(make_scripted: MakeScripted, tmp_path: Path) -> None:
    client = make_scripted(Script())
    with pytest.raises(ValueError, match="has no media to download: it is FAILED"):
        client.download(ResultResponse(REQUEST_ID, "FAILED", error={"code": "TIMED_OUT", "message": "Late."}), tmp_path)
    with pytest.raises(ClipiaApiError, match="no URL of a file"):
        client.download(result_with("file:///etc/passwd"), tmp_path)


def test_films_tracks_and_lists_of_them_are_each_saved_once(make_scripted: MakeScripted, tmp_path: Path) -> None:
    one, two = ({"url": f"https://media.example.com/{name}.mp3"} for name in ("one", "two"))
    output = {"audio": one, "audios": [one, two], "video": {"url": "https://media.example.com/film.webm"}}
    script = Script(*[httpx.Response(200, content=b"x") for _ in range(3)])
    paths = make_scripted(script).download(ResultResponse("id", "COMPLETED", output=output), tmp_path)
    assert [path.name for path in paths] == ["id-1.mp3", "id-2.mp3", "id-3.webm"]
