"""What was submitted before, on the real server."""

from __future__ import annotations

import httpx
import pytest

from clipia import COMPLETED, Clipia, ClipiaApiError

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
