"""The sandbox, the catalogue, prices and errors, against the real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from clipia import CANCELED, COMPLETED, FAILED, Clipia, ClipiaApiError

from .conftest import MakeClient
from .server import Server

INPUT = {"prompt": "A lighthouse above the clouds"}


def test_the_sandbox_is_over_at_once_and_costs_nothing(sandbox: Clipia, tmp_path: Path) -> None:
    before = sandbox.account.get()
    job = sandbox.submit("canvas-1", INPUT)
    assert (job.status, job.queue_position, job.warnings) == (COMPLETED, 0, [])
    assert job.is_terminal
    assert job.data["response_url"] == job.response_url
    result = sandbox.subscribe("canvas-1", INPUT)
    assert (result.status, result.mode, result.charged) == (COMPLETED, "test", 0)
    assert [path.suffix for path in sandbox.download(result, tmp_path)] == [".png"]
    assert sandbox.account.get() == before


def test_the_catalogue_is_plain_dicts_and_can_be_narrowed(sandbox: Clipia) -> None:
    models = sandbox.models.list()
    assert type(models).__name__ == "dict"
    assert {"canvas-1", "google/imagen4"} <= {model["slug"] for model in models["data"]}
    assert {model["type"] for model in sandbox.models.list(type="video")["data"]} == {"video"}
    narrowed = sandbox.models.list(type="video", capability="image-to-video")["data"]
    assert all("image-to-video" in model["capabilities"] for model in narrowed)


def test_a_slug_with_a_slash_works_everywhere(sandbox: Clipia) -> None:
    slug = "google/imagen4"
    model = sandbox.models.get(slug)
    assert model["slug"] == slug
    schema = model.get("input_schema")
    assert schema is not None
    assert schema["prompt"].get("required") is True
    estimate = sandbox.models.estimate(slug, INPUT)
    assert sandbox.submit(slug, INPUT).cost == estimate.credits


def test_a_quote_holds_and_a_price_above_max_cost_is_refused(sandbox: Clipia) -> None:
    estimate = sandbox.models.estimate("canvas-1", {**INPUT, "num_images": 4})
    assert estimate.credits == estimate.data["breakdown"]["credits"]
    job = sandbox.submit("canvas-1", {**INPUT, "num_images": 4}, quote=estimate.quote, max_cost=estimate.credits)
    assert job.cost == estimate.credits
    with pytest.raises(ClipiaApiError) as caught:
        sandbox.submit("canvas-1", {**INPUT, "num_images": 4}, max_cost=estimate.credits - 1)
    assert (caught.value.status, caught.value.code) == (409, "price_changed")


def test_several_files_are_numbered(sandbox: Clipia, live: Clipia, tmp_path: Path) -> None:
    result = live.subscribe("canvas-1", {**INPUT, "num_images": 2})
    paths = live.download(result, str(tmp_path))
    assert [path.name for path in paths] == [f"{result.request_id}-{number}.png" for number in (1, 2)]
    assert sorted(tmp_path.iterdir()) == paths


def test_an_input_that_does_not_fit_names_the_field(sandbox: Clipia) -> None:
    with pytest.raises(ClipiaApiError) as caught:
        sandbox.submit("canvas-1", {**INPUT, "num_images": 99})
    error = caught.value
    assert (error.status, error.code, error.type) == (422, "model_input_invalid", "invalid_request_error")
    assert error.param == "num_images"
    assert error.request_id
    assert error.retry_after is None
    assert error.body is not None
    assert str(error) == f"[422] model_input_invalid: {error.message}"


def test_an_unknown_request_is_not_found_and_named(sandbox: Clipia) -> None:
    unknown = "0193f3a1-7c00-7000-8000-000000000001"
    calls: list[Callable[[str], object]] = [sandbox.status, sandbox.result, sandbox.cancel, sandbox.wait]
    calls.append(lambda request_id: list(sandbox.events(request_id)))
    for call in calls:
        with pytest.raises(ClipiaApiError) as caught:
            call(unknown)
        assert (caught.value.status, caught.value.code) == (404, "not_found")
        assert caught.value.generation_id == unknown


def test_an_unknown_model_is_not_found(sandbox: Clipia) -> None:
    with pytest.raises(ClipiaApiError, match=r"^\[404\] not_found: "):
        sandbox.models.get("no/such/model")


def test_a_wrong_key_is_refused_and_shown_nowhere(make_client: MakeClient, server: Server) -> None:
    key = f"{server.live_key[:-1]}{'a' if server.live_key[-1] != 'a' else 'b'}"
    client = make_client(key, base_url=server.url)
    with pytest.raises(ClipiaApiError) as caught:
        client.account.get()
    assert (caught.value.status, caught.value.code) == (401, "invalid_api_key")
    assert key not in repr(caught.value) + repr(client) + repr(vars(caught.value))


def test_requests_of_one_mode_are_invisible_to_keys_of_the_other(sandbox: Clipia, live: Clipia) -> None:
    job = sandbox.submit("canvas-1", INPUT)
    with pytest.raises(ClipiaApiError, match="not_found"):
        live.status(job.request_id)


@pytest.mark.parametrize(
    ("scenario", "status", "code"),
    [
        ("slow", COMPLETED, None),
        ("fail", FAILED, "GENERATION_FAILED"),
        ("reject", FAILED, "CONTENT_REJECTED"),
        ("timeout", FAILED, "TIMED_OUT"),
        ("cancel", CANCELED, None),
    ],
)
def test_a_generation_that_fails_is_a_result_and_no_exception(
    scenario: str, status: str, code: str | None, sandbox: Clipia, tmp_path: Path
) -> None:
    told: list[str] = []
    result = sandbox.subscribe(
        "canvas-1",
        INPUT,
        sandbox_scenario=scenario,
        on_queue_update=lambda update: told.append(update.status),
    )
    assert (result.status, result.pending, result.is_terminal) == (status, False, True)
    assert told[-1] == status
    assert (result.error or {}).get("code") == code
    assert (result.output is not None) == (status == COMPLETED)
    if status != COMPLETED:
        with pytest.raises(ValueError, match="has no media"):
            sandbox.download(result, tmp_path)


def test_a_scenario_that_is_none_is_refused_and_so_is_one_with_a_live_key(sandbox: Clipia, live: Clipia) -> None:
    for client, scenario in ((sandbox, "explode"), (live, "fail")):
        with pytest.raises(ClipiaApiError) as caught:
            client.submit("canvas-1", INPUT, sandbox_scenario=scenario)
        assert (caught.value.status, caught.value.code) == (400, "invalid_request")


def test_a_status_can_be_held_until_something_changes(sandbox: Clipia) -> None:
    job = sandbox.submit("canvas-1", INPUT, sandbox_scenario="slow")
    status = sandbox.status(job.request_id)
    while not status.is_terminal:
        changed = sandbox.status(job.request_id, wait_seconds=30)
        assert (changed.status, changed.progress) != (status.status, status.progress)
        status = changed
    assert status.status == COMPLETED
