"""Bringing the media of a result home."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import Literal
from urllib.parse import urlsplit

from . import _operations as operations
from ._answers import raise_for_status
from ._errors import ClipiaApiError
from ._io import Io
from ._json import JsonObject, as_list, as_object
from ._retry import RetryPolicy, retry
from ._types import COMPLETED, ResultResponse

#: ``original`` is full quality (PNG), ``delivery`` the smaller rendition (WebP).
Rendition = Literal["original", "delivery"]

_EXTENSIONS = {
    "image/png": "png",
    "image/webp": "webp",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/x-wav": "wav",
    "audio/ogg": "ogg",
    "audio/mp4": "m4a",
    "audio/flac": "flac",
    "audio/aac": "aac",
}


async def download(
    io: Io, policy: RetryPolicy, result: ResultResponse, folder: str | PathLike[str], rendition: Rendition
) -> list[Path]:
    """Saves every file of a result; names are the request's id, numbered where there are several.

    A file appears under its name only when it is whole. The key is never sent along: media may lie anywhere.
    """
    urls = media_urls(result.output or {}, rendition)
    if result.status != COMPLETED or not urls:
        raise ValueError(f"request {result.request_id} has no media to download: it is {result.status}")
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^A-Za-z0-9_-]", "_", result.request_id)
    names = [stem] if len(urls) == 1 else [f"{stem}-{number}" for number in range(1, len(urls) + 1)]
    return [await _save(io, policy, url, place, name) for url, name in zip(urls, names, strict=True)]


def media_urls(output: JsonObject, rendition: Rendition) -> list[str]:
    """The URL of every picture, film and track of an output, each once, in its order."""
    names = ("original_url", "url") if rendition == "original" else ("url", "original_url")
    return list(dict.fromkeys(_find_media(output, names)))


def _find_media(value: object, names: tuple[str, str]) -> Iterator[str]:
    fields = as_object(value)
    url = fields and (fields.get(names[0]) or fields.get(names[1]))
    if isinstance(url, str):
        yield url
        return
    for item in as_list(value) if fields is None else fields.values():
        yield from _find_media(item, names)


async def _save(io: Io, policy: RetryPolicy, url: str, folder: Path, stem: str) -> Path:
    if urlsplit(url).scheme not in ("https", "http"):
        raise ClipiaApiError(0, "invalid_response", f"the output names {url!r}, which is no URL of a file")
    part = folder / f".{stem}-{uuid.uuid4().hex}.part"
    try:
        extension = await retry(lambda: _fetch(io, url, part), policy, io.sleep)
        return part.replace(folder / f"{stem}.{extension}")
    finally:
        part.unlink(missing_ok=True)


async def _fetch(io: Io, url: str, part: Path) -> str:
    """Writes what the URL answers to a file; answers the extension that fits it."""
    async with io.open(operations.fetch_media(url)) as opened:
        raise_for_status(opened.response)
        with part.open("wb") as file:
            async for chunk in opened.chunks:
                file.write(chunk)
    kind = opened.response.headers.get("content-type", "").partition(";")[0].strip().lower()
    suffix = PurePosixPath(urlsplit(url).path).suffix.removeprefix(".").lower()
    # A server's word becomes a file name only where it is a kind of media.
    return _EXTENSIONS.get(kind) or (suffix if suffix in _EXTENSIONS.values() else "bin")
