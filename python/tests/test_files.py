"""Uploads to the real server."""

from __future__ import annotations

import io
import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from clipia import Clipia, ClipiaApiError, ClipiaConnectionError

PROMPT = {"prompt": "A lighthouse above the clouds"}


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A PNG of 1 x 1 pixel."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + part(b"IDAT", zlib.compress(b"\0\xff\x80\0")) + part(b"IEND", b"")


def test_a_path_bytes_and_an_open_file_are_uploaded_and_usable(sandbox: Clipia, picture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "höhe 1.png"
    path.write_bytes(picture)
    with path.open("rb") as opened:
        files = [
            sandbox.files.upload(path),
            sandbox.files.upload(str(path)),
            sandbox.files.upload(picture, file_name="mine.png"),
            sandbox.files.upload(opened),
            sandbox.files.upload(io.BytesIO(picture)),
        ]
    assert [file["file_name"] for file in files] == [path.name, path.name, "mine.png", path.name, "file"]
    assert {(file["content_type"], file["size_bytes"], file.get("width")) for file in files} == {
        ("image/png", len(picture), 1)
    }
    assert httpx.get(files[0]["url"]).content == picture
    job = sandbox.submit("seedance-2-fast-i2v", {"image_url": files[0]["url"]})
    assert job.is_terminal


def test_files_are_listed_read_and_deleted(sandbox: Clipia, picture: bytes) -> None:
    file = sandbox.files.upload(picture)
    assert sandbox.files.get(file["file_id"])["url"] == file["url"]
    assert next(sandbox.files.list(page_size=1))["file_id"] == file["file_id"]
    sandbox.files.delete(file["file_id"])
    with pytest.raises(ClipiaApiError, match="not_found"):
        sandbox.files.get(file["file_id"])
    assert httpx.get(file["url"]).status_code == 404


def test_what_is_no_picture_video_or_sound_is_refused(sandbox: Clipia) -> None:
    with pytest.raises(ClipiaApiError) as caught:
        sandbox.files.upload(b"<script>", file_name="picture.png")
    assert caught.value.status == 400


def test_a_file_that_is_not_there_is_the_callers_error(sandbox: Clipia, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sandbox.files.upload(tmp_path / "none.png")


def test_every_try_sends_the_whole_file_and_a_pipe_is_sent_once(
    make_scripted: Callable[..., Clipia], tmp_path: Path
) -> None:
    sent: list[bytes] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.content)
        if len(sent) < 3:
            raise httpx.ReadError("gone")
        return httpx.Response(200, json={"file_id": "id", "url": "https://media.example.com/a"})

    path = tmp_path / "a.png"
    path.write_bytes(b"all of it")
    make_scripted(answer).files.upload(path)
    assert [b"all of it" in body for body in sent] == [True, True, True]

    sent.clear()
    read_end, write_end = os.pipe()
    os.write(write_end, b"once")
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe, pytest.raises(ClipiaConnectionError):
        make_scripted(answer).files.upload(pipe)
    assert len(sent) == 1
