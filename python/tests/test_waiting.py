"""Waiting: live events, polling, blips, the end of the wait. Without a server, on a clock of the test's own."""

from __future__ import annotations

import httpx
import pytest

from clipia import ClipiaApiError, ClipiaConnectionError, ClipiaTimeoutError, ResultResponse, StatusResponse
from clipia._blocking_io import run
from clipia._waiting import Patience, Wait

from .scripted_io import REQUEST_ID, ScriptedIo, Stream, error, event, lost, status

RESULT = httpx.Response(200, json={"request_id": REQUEST_ID, "status": "COMPLETED", "output": {}})


def wait_for(io: ScriptedIo, timeout: float | None = 600.0, poll_interval: float = 1.0) -> tuple[list[str], str]:
    told: list[str] = []

    def on_queue_update(status: StatusResponse) -> None:
        told.append(status.status)

    patience = Patience(poll_interval, timeout, io.clock)
    result: ResultResponse = run(Wait(io, REQUEST_ID, patience).result(on_queue_update))
    return told, result.status


def test_live_events_are_followed_to_the_end_without_a_poll() -> None:
    io = ScriptedIo([RESULT], [[event("IN_QUEUE", 1), b": beat\n\n", 20.0, event("COMPLETED", 2), event("FAILED", 3)]])
    assert wait_for(io) == (["IN_QUEUE", "COMPLETED"], "COMPLETED")
    assert io.sent == [f"GET /v1/requests/{REQUEST_ID}"]
    assert (io.slept, io.open_streams) == ([], 0)


def test_a_server_without_events_is_polled_and_asked_for_them_once() -> None:
    io = ScriptedIo([status("IN_QUEUE"), status("IN_PROGRESS"), status("COMPLETED"), RESULT])
    assert wait_for(io, poll_interval=2.5) == (["IN_QUEUE", "IN_PROGRESS", "COMPLETED"], "COMPLETED")
    assert io.slept == [2.5, 2.5]
    assert len(io.opened) == 1


def test_a_page_in_place_of_a_stream_is_no_stream() -> None:
    page = httpx.Response(200, html="<p>A proxy was here.</p>")
    io = ScriptedIo([status("IN_PROGRESS"), status("COMPLETED"), RESULT], [page])
    assert wait_for(io) == (["IN_PROGRESS", "COMPLETED"], "COMPLETED")
    assert len(io.opened) == 1


def test_a_stream_that_breaks_is_taken_up_where_it_was() -> None:
    first = [event("IN_QUEUE", 7), lost()]
    io = ScriptedIo([status("IN_PROGRESS"), RESULT], [first, [event("COMPLETED", 8)]])
    assert wait_for(io) == (["IN_QUEUE", "IN_PROGRESS", "COMPLETED"], "COMPLETED")
    assert [call.headers.get("Last-Event-ID") for call in io.opened] == [None, "7"]


def test_a_stream_that_ends_or_is_throttled_does_not_make_a_busy_loop() -> None:
    streams: list[Stream] = [[], error(429, "rate_limit_exceeded"), []]
    io = ScriptedIo([status("IN_QUEUE")] * 2 + [status("COMPLETED"), RESULT], streams)
    assert wait_for(io) == (["IN_QUEUE", "IN_QUEUE", "COMPLETED"], "COMPLETED")
    assert len(io.opened) == 3
    assert io.slept == [1.0, 1.0]


def test_204_says_that_there_is_nothing_new_and_a_poll_tells_the_end() -> None:
    io = ScriptedIo([status("COMPLETED"), RESULT], [[event("IN_PROGRESS", 3)], httpx.Response(204)])
    io_after = ScriptedIo([status("COMPLETED"), RESULT], [httpx.Response(204)])
    assert wait_for(io) == (["IN_PROGRESS", "COMPLETED"], "COMPLETED")
    assert wait_for(io_after) == (["COMPLETED"], "COMPLETED")


def test_events_of_other_kinds_and_nonsense_are_passed_over() -> None:
    strange = (
        b"event: price\ndata: {}\n\nevent: status\ndata: {\n\nevent: status\ndata: []\n\nevent: status\ndata: {}\n\n"
    )
    io = ScriptedIo([RESULT], [[strange, event("COMPLETED", 1)]])
    assert wait_for(io) == (["COMPLETED"], "COMPLETED")


def test_a_silent_stream_never_holds_the_wait_longer_than_it_may_last() -> None:
    for timeout in (0.5, 5.0, 50.0, 600.0):
        polls = [status("IN_PROGRESS") for _ in range(100)]
        io = ScriptedIo(polls, [[3_600.0]] * 100)
        with pytest.raises(ClipiaTimeoutError) as caught:
            wait_for(io, timeout=timeout)
        assert caught.value.request_id == REQUEST_ID
        assert io.now - 1_000.0 == pytest.approx(timeout)


def test_a_stream_that_only_beats_ends_with_the_wait_too() -> None:
    io = ScriptedIo([status("IN_PROGRESS")] * 40, [[15.0, b": beat\n\n"] * 100])
    with pytest.raises(ClipiaTimeoutError):
        wait_for(io, timeout=120.0)
    assert io.now - 1_000.0 == pytest.approx(120.0)
    assert io.open_streams == 0


def test_a_node_that_is_behind_is_asked_again_for_the_result() -> None:
    behind = httpx.Response(202, json={"request_id": REQUEST_ID, "status": "IN_PROGRESS"})
    io = ScriptedIo([behind, behind, RESULT], [[event("COMPLETED", 1)]])
    assert wait_for(io) == (["COMPLETED"], "COMPLETED")
    assert io.slept == [1.0, 1.0]


def test_four_failures_in_a_row_are_survived_with_growing_waits() -> None:
    blips = [lost(), error(503, "service_unavailable"), error(502, ""), error(500, "internal_error")]
    io = ScriptedIo([*blips, status("IN_QUEUE"), *blips, status("COMPLETED"), *blips, RESULT])
    assert wait_for(io) == (["IN_QUEUE", "COMPLETED"], "COMPLETED")
    assert io.slept == [2.0, 4.0, 8.0, 16.0, 1.0, 2.0, 4.0, 8.0, 16.0, 2.0, 4.0, 8.0, 16.0]


def test_the_fifth_failure_in_a_row_is_raised_and_says_which_generation_goes_on() -> None:
    io = ScriptedIo([status("IN_QUEUE"), *[lost() for _ in range(5)]])
    with pytest.raises(ClipiaConnectionError) as caught:
        wait_for(io)
    assert caught.value.generation_id == REQUEST_ID


def test_the_wait_the_server_asks_for_is_kept_but_not_past_the_end() -> None:
    io = ScriptedIo([error(429, "rate_limit_exceeded", retry_after="7"), status("COMPLETED"), RESULT])
    assert wait_for(io)[1] == "COMPLETED"
    assert io.slept == [7.0]
    io = ScriptedIo([error(429, "rate_limit_exceeded", retry_after="50")])
    with pytest.raises(ClipiaTimeoutError):
        wait_for(io, timeout=10.0)
    assert io.slept == [10.0]


def test_an_error_that_no_second_try_can_mend_is_raised_at_once() -> None:
    io = ScriptedIo([error(401, "invalid_api_key")])
    with pytest.raises(ClipiaApiError, match="invalid_api_key"):
        wait_for(io)
    assert io.slept == []


def test_a_wait_of_no_seconds_looks_once() -> None:
    assert wait_for(ScriptedIo([status("COMPLETED"), RESULT]), timeout=0.0) == (["COMPLETED"], "COMPLETED")
    io = ScriptedIo([status("IN_QUEUE")])
    with pytest.raises(ClipiaTimeoutError):
        wait_for(io, timeout=0.0)
    assert io.opened == []


def test_a_wait_without_end_goes_on() -> None:
    io = ScriptedIo([status("IN_QUEUE")] * 2_000 + [status("COMPLETED"), RESULT])
    assert wait_for(io, timeout=None)[1] == "COMPLETED"


def test_what_a_callback_raises_is_its_callers_and_closes_the_stream() -> None:
    io = ScriptedIo([], [[event("IN_QUEUE", 1), event("COMPLETED", 2)]])

    def refuse(status: StatusResponse) -> None:
        raise ClipiaConnectionError("raised by the user's own call")

    with pytest.raises(ClipiaConnectionError, match="the user's own call"):
        run(Wait(io, REQUEST_ID, Patience(1.0, None, io.clock)).result(refuse))
    assert io.open_streams == 0


@pytest.mark.parametrize(("poll_interval", "timeout"), [(-1.0, 1.0), (float("nan"), 1.0), (1.0, -0.1)])
def test_a_wait_that_cannot_work_is_refused(poll_interval: float, timeout: float) -> None:
    with pytest.raises(ValueError, match="must be a number of seconds from 0"):
        Patience(poll_interval, timeout, float)
