"""Signatures of webhooks, by the vectors that the server and the other clients are tested by too."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clipia import verify_signature, verify_standard_webhook
from clipia.webhooks import DEFAULT_TOLERANCE_SECONDS, SIGNATURE_HEADER

from .server import REPOSITORY

VECTORS: dict[str, Any] = json.loads((REPOSITORY / "packages/contract/signature-vectors.json").read_text("utf-8"))
SIGNING: list[dict[str, Any]] = VECTORS["signing"]
VERIFICATION: list[dict[str, Any]] = VECTORS["verification"]


def named(vector: dict[str, Any]) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("vector", VERIFICATION, ids=named)
def test_the_signature_is_taken_or_refused_as_by_every_verifier(vector: dict[str, Any]) -> None:
    assert VECTORS["tolerance_seconds"] == DEFAULT_TOLERANCE_SECONDS
    headers = {"X-Clipia-Signature": vector["signature"]}
    for body in (vector["body"], vector["body"].encode()):
        assert verify_signature(vector["secret"], headers, body, now=vector["now"]) is vector["is_valid"]


@pytest.mark.parametrize("vector", SIGNING, ids=named)
def test_both_signatures_of_a_delivery_are_right(vector: dict[str, Any]) -> None:
    body: str = vector["body"]
    delivery: dict[str, str] = vector["headers"]
    for verify in (verify_signature, verify_standard_webhook):
        for headers in (delivery, {name.upper(): value for name, value in delivery.items()}):
            assert verify(vector["secret"], headers, body.encode(), now=vector["timestamp"])
        for age in (300, -300):
            assert verify(vector["secret"], delivery, body, now=vector["timestamp"] + age)
        for age in (301, -301):
            assert not verify(vector["secret"], delivery, body, now=vector["timestamp"] + age)
            assert verify(vector["secret"], delivery, body, now=vector["timestamp"] + age, tolerance_seconds=301)
        assert not verify(vector["secret"], delivery, body + " ", now=vector["timestamp"])
        assert not verify(vector["secret"], {}, body, now=vector["timestamp"])
        assert not verify("", delivery, body, now=vector["timestamp"])
        assert not verify(vector["secret"], delivery, body)


def test_while_a_secret_is_rotated_the_standard_signature_fits_the_old_and_the_new_one() -> None:
    (vector,) = [vector for vector in SIGNING if "next_secret" in vector]
    now = vector["timestamp"]
    assert verify_standard_webhook(vector["next_secret"], vector["headers"], vector["body"], now=now)
    assert not verify_signature(vector["next_secret"], vector["headers"], vector["body"], now=now)


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", [None, "", "é", "v1,", "v1", "1", "-1", "1e9", "9" * 400, "\0"])
def test_a_malformed_standard_header_is_refused_without_an_exception(name: str, value: str | None) -> None:
    vector = SIGNING[0]
    headers = {key: text for key, text in vector["headers"].items() if key != name}
    if value is not None:
        headers[name] = value
    assert not verify_standard_webhook(vector["secret"], headers, vector["body"], now=vector["timestamp"])


def test_nothing_malformed_raises() -> None:
    for secret in ("whsec_", "whsec_*", "whsec_A", "é"):
        assert not verify_standard_webhook(secret, SIGNING[0]["headers"], "", now=SIGNING[0]["timestamp"])
    for body in (b"\xff\xfe", "\ud800", ""):
        assert not verify_signature("whsec_x", {SIGNATURE_HEADER: "t=1,v1=é"}, body, now=1)
