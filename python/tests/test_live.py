"""The whole path with a live key, against the real server."""

from __future__ import annotations

from pathlib import Path

import pytest

from clipia import COMPLETED, TERMINAL_STATUSES, Clipia, ClipiaApiError, ClipiaTimeoutError

INPUT = {"prompt": "A lighthouse above the clouds"}


def test_a_generation_is_paid_made_and_saved_and_its_id_is_known_before_any_wait(live: Clipia, tmp_path: Path) -> None:
    before = live.account.get()["balance"]["credits"]
    told: list[str] = []
    result = live.subscribe(
        "canvas-1",
        input=INPUT,
        on_submitted=lambda job: told.append(job.request_id),
        on_queue_update=lambda status: told.append(status.status),
    )
    assert result.status == COMPLETED
    assert told[0] == result.request_id
    assert told[-1] == COMPLETED
    assert result.output is not None
    assert result.error is None
    assert result.data["request_id"] == result.request_id
    assert result.cost == result.charged
    assert before - live.account.get()["balance"]["credits"] == result.cost

    (picture,) = live.download(result, tmp_path / "pictures")
    assert picture.name == f"{result.request_id}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    (small,) = live.download(result, tmp_path, rendition="delivery")
    assert small.read_bytes()[8:12] == b"WEBP"


def test_a_wait_is_resumed_by_the_request_id_and_submits_nothing(live: Clipia) -> None:
    job = live.submit("canvas-1", INPUT)
    before = live.account.get()["balance"]["credits"]
    result = live.subscribe("canvas-1", INPUT, request_id=job.request_id)
    assert (result.request_id, result.status) == (job.request_id, COMPLETED)
    assert live.wait(job.request_id).request_id == job.request_id
    assert live.account.get()["balance"]["credits"] == before


def test_a_wait_is_over_in_time_names_the_request_and_leaves_it_running(live: Clipia) -> None:
    job = live.submit("canvas-1", INPUT)
    with pytest.raises(ClipiaTimeoutError) as caught:
        live.wait(job.request_id, timeout=0)
    assert (caught.value.status, caught.value.code) == (0, "poll_timeout")
    assert caught.value.request_id == caught.value.generation_id == job.request_id
    assert live.wait(job.request_id).status == COMPLETED


def test_a_submit_with_the_same_idempotency_key_is_the_same_request(live: Clipia) -> None:
    first = live.submit("canvas-1", INPUT, idempotency_key="order-of-the-test")
    assert live.submit("canvas-1", INPUT, idempotency_key="order-of-the-test").request_id == first.request_id
    with pytest.raises(ClipiaApiError) as caught:
        live.submit("canvas-1", {"prompt": "Something else"}, idempotency_key="order-of-the-test")
    assert (caught.value.status, caught.value.code) == (409, "idempotency_key_reuse")


def test_events_tell_every_status_until_the_end(live: Clipia) -> None:
    job = live.submit("canvas-1", INPUT)
    statuses = list(live.events(job.request_id, poll_interval=0.05))
    assert statuses[-1].status == COMPLETED
    assert [status.is_terminal for status in statuses].count(True) == 1
    assert {status.request_id for status in statuses} == {job.request_id}
    live.events(job.request_id).close()


def test_what_waits_in_the_queue_is_canceled_and_refunded(live: Clipia) -> None:
    jobs = [live.submit("canvas-1", {**INPUT, "seed": seed}) for seed in range(6)]
    canceled = live.cancel(jobs[-1].request_id)
    assert canceled.request_id == jobs[-1].request_id
    results = [live.wait(job.request_id, poll_interval=0.1) for job in jobs]
    assert results[-1].status == "CANCELED"
    assert results[-1].charged == 0
    assert {result.status for result in results[:-1]} == {COMPLETED}
    with pytest.raises(ClipiaApiError) as caught:
        live.cancel(jobs[0].request_id)
    assert (caught.value.status, caught.value.code) == (409, "not_cancelable")
    assert caught.value.generation_id == jobs[0].request_id


def test_a_result_is_pending_until_it_is_over(live: Clipia) -> None:
    jobs = [live.submit("canvas-1", {**INPUT, "seed": seed}) for seed in range(3)]
    result = live.result(jobs[-1].request_id)
    assert result.pending == (result.status not in TERMINAL_STATUSES)
    assert result.pending
    assert result.output is None
    assert not live.wait(jobs[-1].request_id, poll_interval=0.1).pending
