"""Checking that a webhook came from Clipia, by either of the two signatures that every delivery carries."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import time
from collections.abc import Mapping

SIGNATURE_HEADER = "x-clipia-signature"
#: For logs only: the time that counts is the signed ``t`` of the signature.
TIMESTAMP_HEADER = "x-clipia-timestamp"
DEFAULT_TOLERANCE_SECONDS = 300


def verify_signature(
    secret: str,
    headers: Mapping[str, str],
    body: str | bytes,
    *,
    tolerance_seconds: int = DEFAULT_TOLERANCE_SECONDS,
    now: float | None = None,
) -> bool:
    """Whether ``X-Clipia-Signature`` is right for this body, and at most ``tolerance_seconds`` old or ahead.

    ``body`` is the raw body as received, not parsed and written again; ``headers`` any mapping, whatever the case of
    its names. False, never an exception, for everything malformed. Deliveries can come twice: handle them by
    ``request_id``.
    """
    fields = [part.strip().partition("=") for part in _header(headers, SIGNATURE_HEADER).split(",")]
    timestamps = [value for name, _, value in fields if name == "t"]
    signatures = [value for name, _, value in fields if name == "v1"]
    if not secret or len(timestamps) != 1 or len(signatures) != 1:
        return False
    if not _is_fresh(timestamps[0], tolerance_seconds, now):
        return False
    signed = timestamps[0].encode() + b"." + _bytes(body)
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return _equal(expected, signatures[0])


def verify_standard_webhook(
    secret: str,
    headers: Mapping[str, str],
    body: str | bytes,
    *,
    tolerance_seconds: int = DEFAULT_TOLERANCE_SECONDS,
    now: float | None = None,
) -> bool:
    """The same by the ``webhook-id``, ``webhook-timestamp`` and ``webhook-signature`` of Standard Webhooks.

    While a secret is being rotated these carry signatures by the old and by the new one; either will do.
    """
    delivery_id = _header(headers, "webhook-id")
    timestamp = _header(headers, "webhook-timestamp")
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return False
    if not key or not delivery_id or not _is_fresh(timestamp, tolerance_seconds, now):
        return False
    signed = f"{delivery_id}.{timestamp}.".encode() + _bytes(body)
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # All are compared, so that the time taken tells nothing.
    matches = [_equal(expected, given) for given in _header(headers, "webhook-signature").split(" ")]
    return any(matches)


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _is_fresh(timestamp: str, tolerance_seconds: int, now: float | None) -> bool:
    if not re.fullmatch(r"[0-9]{1,15}", timestamp):
        return False
    return abs((time.time() if now is None else now) - int(timestamp)) <= tolerance_seconds


def _bytes(text: str | bytes) -> bytes:
    return text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text


def _equal(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), _bytes(given))
