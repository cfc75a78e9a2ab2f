"""Webhooks from the real server to a receiver here, and their log."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from clipia import Clipia, ClipiaApiError, DeliveryLog, verify_signature, verify_standard_webhook

from .receiver import receiver
from .server import Server, wait_until

INPUT = {"prompt": "A lighthouse above the clouds"}


def test_a_webhook_comes_signed_is_logged_and_can_be_sent_again(sandbox: Clipia, server: Server) -> None:
    account_id = sandbox.account.get()["account_id"]
    shown = server.admin("webhooks", "secret", "--account", account_id, "--mode", "test", "--json")
    secret: str = json.loads(shown)["secret"]
    with receiver() as hook:
        job = sandbox.submit("canvas-1", INPUT, webhook_url=hook.url)
        first = hook.received.get(timeout=30)
        assert json.loads(first.body)["request_id"] == job.request_id
        for verify in (verify_signature, verify_standard_webhook):
            assert verify(secret, first.headers, first.body)
            assert not verify(secret, first.headers, first.body + b" ")

        def log() -> Sequence[DeliveryLog]:
            return sandbox.deliveries.of_request(job.request_id)

        (delivery,) = wait_until(lambda: [entry for entry in log() if entry["state"] == "delivered"])
        assert [attempt["status"] for attempt in delivery["attempts"]] == [200]
        assert delivery["delivery_id"] in [entry["delivery_id"] for entry in sandbox.deliveries.list(state="delivered")]
        assert delivery["delivery_id"] not in [entry["delivery_id"] for entry in sandbox.deliveries.list(state="dead")]

        assert sandbox.deliveries.redeliver(delivery["delivery_id"])["request_id"] == job.request_id
        again = hook.received.get(timeout=30)
        assert again.body == first.body
        assert again.headers["X-Clipia-Webhook-Id"] == first.headers["X-Clipia-Webhook-Id"]


def test_lists_are_fetched_in_pages_as_far_as_they_are_wanted(sandbox: Clipia) -> None:
    with receiver() as hook:
        jobs = [sandbox.submit("canvas-1", INPUT, webhook_url=hook.url) for _ in range(5)]
        for _ in jobs:
            hook.received.get(timeout=30)
    everything = [entry["request_id"] for entry in sandbox.deliveries.list(page_size=2)]
    assert [job.request_id for job in reversed(jobs)] == everything[:5]
    assert [entry["request_id"] for entry in sandbox.deliveries.list(limit=3, page_size=2)] == everything[:3]
    assert list(sandbox.deliveries.list(limit=0)) == []
    with pytest.raises(ValueError, match="limit must be a whole number from 0"):
        list(sandbox.deliveries.list(limit=-1))
    with pytest.raises(ValueError, match="page_size must be a whole number from 1"):
        list(sandbox.deliveries.list(page_size=0))


def test_another_webhook_than_ones_own_is_not_found(sandbox: Clipia, live: Clipia) -> None:
    job = sandbox.submit("canvas-1", INPUT, webhook_url="https://hooks.invalid/")
    with pytest.raises(ClipiaApiError, match="not_found") as caught:
        live.deliveries.of_request(job.request_id)
    assert caught.value.generation_id == job.request_id
    with pytest.raises(ClipiaApiError, match="not_found"):
        sandbox.deliveries.redeliver("0193f3a1-7c00-7000-8000-000000000001")


def test_a_webhook_to_a_private_address_is_refused_at_once(sandbox: Clipia) -> None:
    with pytest.raises(ClipiaApiError) as caught:
        sandbox.submit("canvas-1", INPUT, webhook_url="http://10.0.0.1/hook")
    assert (caught.value.status, caught.value.param) == (400, "webhook_url")
