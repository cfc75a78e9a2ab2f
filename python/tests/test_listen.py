"""Listening for webhooks: against the real server, and through its absence without one."""

from __future__ import annotations

import json

import httpx
import pytest

from clipia import Clipia, ClipiaApiError, LiveWebhook, verify_signature
from clipia._blocking_io import iterate
from clipia._webhook_stream import WebhookStream

from .scripted_io import ScriptedIo, error, lost
from .server import Server

INPUT = {"prompt": "A lighthouse above the clouds"}
READY = b"event: ready\nid: 5\ndata: {}\n\n"


def webhook(number: int) -> bytes:
    return f'event: webhook\nid: {number}\ndata: {{"headers": {{"webhook-id": "w"}}, "body": "{{ }}"}}\n\n'.encode()


def test_webhooks_come_as_they_were_signed_and_from_where_one_left_off(sandbox: Clipia, server: Server) -> None:
    account_id = sandbox.account.get()["account_id"]
    shown = server.admin("webhooks", "secret", "--account", account_id, "--mode", "test", "--json")
    secret: str = json.loads(shown)["secret"]
    jobs: list[str] = []

    def submit() -> None:
        with Clipia(server.test_key, base_url=server.url) as client:
            jobs.extend(client.submit("canvas-1", INPUT).request_id for _ in range(2))

    listening = sandbox.deliveries.listen(on_ready=submit)
    first, second = next(listening), next(listening)
    listening.close()
    assert [json.loads(told.body)["request_id"] for told in (first, second)] == jobs
    assert verify_signature(secret, first.headers, first.body)
    assert not verify_signature(secret, first.headers, first.body + b" ")

    again = sandbox.deliveries.listen(last_event_id=first.id)
    assert next(again).body == second.body
    again.close()


def test_a_stream_that_was_open_is_opened_again_however_long_the_server_is_away() -> None:
    away = [error(503, "service_unavailable") for _ in range(1_200)]
    io = ScriptedIo([], [[READY, webhook(6), lost()], *away, [webhook(7)], httpx.Response(204)])
    opened: list[str] = []
    told: list[LiveWebhook] = list(iterate(WebhookStream(io, None, lambda: opened.append("open"), None).webhooks()))
    assert [event.id for event in told] == ["6", "7"]
    assert (told[0].headers, told[0].body) == ({"webhook-id": "w"}, b"{ }")
    last_ids = [call.headers.get("Last-Event-ID") for call in io.opened]
    assert last_ids == [None, *["6"] * 1_201, "7"]
    assert max(io.slept) == 30.0
    assert (opened, io.open_streams) == (["open"], 0)


def test_a_stream_that_never_was_open_is_given_up_and_what_is_no_stream_at_once() -> None:
    io = ScriptedIo([], [error(503, "service_unavailable") for _ in range(9)])
    with pytest.raises(ClipiaApiError, match="503"):
        list(iterate(WebhookStream(io, "3", None, None).webhooks()))
    assert len(io.opened) == 5
    page = ScriptedIo([], [httpx.Response(200, html="<p>A proxy was here.</p>")])
    with pytest.raises(ClipiaApiError, match="no stream of events"):
        list(iterate(WebhookStream(page, None, None, None).webhooks()))
    assert len(page.opened) == 1


def test_who_resumes_from_too_far_back_is_told_how_many_are_missing() -> None:
    gap = b'event: gap\nid: 8\ndata: {"missed": 5}\n\n'
    io = ScriptedIo([], [[READY, gap, webhook(9)], httpx.Response(204)])
    missed: list[int] = []
    told = list(iterate(WebhookStream(io, "3", None, missed.append).webhooks()))
    assert (missed, [event.id for event in told]) == ([5], ["9"])
