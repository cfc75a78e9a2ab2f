"""What was submitted before, on the real server."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import httpx
import pytest

from clipia import COMPLETED, FAILED, Clipia, ClipiaApiError

from .conftest import MakeClient
from .server import Server

INPUT = {"prompt": "A lighthouse above the clouds"}


def test_what_a_request_made_is_deleted_and_its_status_stays(live: Clipia) -> None:
    result = live.subscribe("canvas-1", INPUT)
    assert result.output is not None
    url: str = result.output["images"][0]["url"]
    assert httpx.get(url).is_success
    live.requests.delete(result.request_id)
    live.requests.delete(result.request_id)
    assert httpx.get(url).status_code == 404
    after = live.result(result.request_id)
    assert (after.status, after.cost, after.output) == (COMPLETED, result.cost, {})
    with pytest.raises(ValueError, match="has no media"):
        live.download(after)


def test_a_request_that_is_not_over_cannot_be_deleted(live: Clipia) -> None:
    job = live.submit("motion-1", {**INPUT, "duration": 2, "resolution": "480p"})
    with pytest.raises(ClipiaApiError) as caught:
        live.requests.delete(job.request_id)
    assert (caught.value.status, caught.value.code) == (409, "not_deletable")
    assert caught.value.generation_id == job.request_id
    assert live.wait(job.request_id).status == COMPLETED


def test_a_request_of_another_mode_cannot_be_deleted(live: Clipia, sandbox: Clipia) -> None:
    job = sandbox.submit("canvas-1", INPUT)
    with pytest.raises(ClipiaApiError, match="not_found"):
        live.requests.delete(job.request_id)


def test_requests_are_listed_newest_first_in_pages_and_narrowed(sandbox: Clipia) -> None:
    first = sandbox.submit("canvas-1", {**INPUT, "seed": 1})
    failed = sandbox.subscribe("motion-1", {**INPUT, "duration": 2}, sandbox_scenario="fail")
    last = sandbox.submit("canvas-1", {**INPUT, "seed": 2})
    ids = [last.request_id, failed.request_id, first.request_id]
    listed = list(sandbox.requests.list(limit=3, page_size=2))
    assert [entry["request_id"] for entry in listed] == ids
    assert listed[1].get("error", {})["code"] == "GENERATION_FAILED"
    assert listed[1]["scenario"] == "fail"
    assert "images" in listed[0].get("output", {})

    def ids_of(**filters: Any) -> list[str]:
        return [entry["request_id"] for entry in sandbox.requests.list(limit=3, **filters)]

    assert ids_of(status=FAILED)[0] == failed.request_id
    assert ids_of(model="motion-1")[0] == failed.request_id
    assert ids_of(key_id=listed[0]["key_id"]) == ids
    assert ids_of(key_id="0193f3a1-7c00-7000-8000-000000000001") == []
    now = datetime.now(timezone.utc)
    assert ids_of(created_from=now - timedelta(hours=1), created_until=now + timedelta(hours=1)) == ids
    assert ids_of(created_from=date.today() + timedelta(days=2)) == []
    assert ids_of(created_until="2026-01-01") == []


def test_a_moment_that_is_none_is_refused_before_anything_is_sent_or_by_the_server(sandbox: Clipia) -> None:
    with pytest.raises(ValueError, match="created_from must be a datetime with a time zone"):
        list(sandbox.requests.list(created_from=datetime(2027, 1, 31)))
    with pytest.raises(ClipiaApiError) as caught:
        list(sandbox.requests.list(created_until="yesterday"))
    assert (caught.value.status, caught.value.param) == (400, "created_until")


def test_the_ledger_tells_every_movement_of_credits(live: Clipia) -> None:
    result = live.subscribe("canvas-1", INPUT)
    (charge,) = live.account.ledger(request_id=result.request_id)
    assert result.cost is not None
    assert (charge["kind"], charge["credits"], charge["request_id"]) == ("charge", -result.cost, result.request_id)
    movements = list(live.account.ledger(page_size=1, limit=4))
    assert [entry["seq"] for entry in movements] == sorted((entry["seq"] for entry in movements), reverse=True)
    (grant,) = live.account.ledger(kind="grant")
    assert (grant["seq"], grant["request_id"]) == (1, None)


def test_lists_want_the_scope_read(make_client: MakeClient, server: Server, live: Clipia) -> None:
    account = live.account.get()["account_id"]
    made = server.admin("keys", "create", "--account", account, "--mode", "live", "--scopes", "generate", "--json")
    client = make_client(json.loads(made)["key"], base_url=server.url)
    for entries in (client.requests.list(), client.account.ledger(), client.deliveries.listen()):
        with pytest.raises(ClipiaApiError) as caught:
            next(entries)
        assert (caught.value.status, caught.value.code) == (403, "insufficient_scope")
