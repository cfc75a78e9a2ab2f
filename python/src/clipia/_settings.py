"""What a client is made with, checked and completed."""

from __future__ import annotations

import os
import re

import httpx

DEFAULT_BASE_URL = "https://api.clipia.ai"
DEFAULT_TIMEOUT = 60.0
DEFAULT_POLL_INTERVAL = 1.0
DEFAULT_SUBSCRIBE_TIMEOUT = 600.0
DEFAULT_MAX_RETRIES = 2
DEFAULT_RETRY_DELAY = 0.5


def check_api_key(api_key: str | None) -> str:
    """The key, by default the environment's ``CLIPIA_KEY``; a ValueError when there is none or it cannot be one."""
    key = (os.environ.get("CLIPIA_KEY", "") if api_key is None else api_key).strip()
    if not key:
        raise ValueError("api_key is required: pass it, or set CLIPIA_KEY")
    if not re.fullmatch(r"[\x21-\x7e]+", key):
        raise ValueError("api_key holds characters no API key has")
    return key


def check_base_url(base_url: str | None) -> str:
    """The base URL without trailing slashes, by default the environment's ``CLIPIA_BASE_URL`` or the hosted service.

    ``https``, or ``http`` on exactly ``localhost`` or ``127.0.0.1``, so that a key never travels in clear; a
    ValueError otherwise. It is read by the library that dials it, so that both see the same host.
    """
    text = (os.environ.get("CLIPIA_BASE_URL") or DEFAULT_BASE_URL) if base_url is None else base_url
    try:
        url = httpx.URL(text.rstrip("/"))
    except httpx.InvalidURL:
        url = httpx.URL("")
    is_local = url.scheme == "http" and url.host in ("localhost", "127.0.0.1")
    if url.userinfo or url.query or url.fragment:
        raise ValueError("base_url may hold no credentials, query or fragment")
    if not url.host or not (url.scheme == "https" or is_local):
        raise ValueError(
            "base_url must use https:// (http:// only on localhost and 127.0.0.1, or the API key would travel in "
            f"clear). Got: {text!r}"
        )
    return str(url).rstrip("/")
