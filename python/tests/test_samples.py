"""The Python samples of the reference fit the types of the client and run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from clipia import Clipia

from .receiver import receiver
from .server import REPOSITORY, Server

# It goes on without end: its sample is only checked.
ENDLESS = "streamWebhooks"


@pytest.fixture(scope="module")
def samples(server: Server) -> dict[str, str]:
    """The source of each operation's sample, in an order that works."""
    paths: dict[str, dict[str, Any]] = httpx.get(f"{server.url}/openapi.json").json()["paths"]
    found = {
        operation["operationId"]: sample["source"]
        for methods in paths.values()
        for operation in methods.values()
        for sample in operation["x-codeSamples"]
        if sample["lang"] == "Python"
    }
    # One is canceled while it runs; what is deleted was read before.
    return dict(sorted(found.items(), key=lambda item: (item[0] != "cancel") + 2 * item[0].startswith("delete")))


def test_they_fit_the_types(samples: dict[str, str], tmp_path: Path) -> None:
    for operation, source in samples.items():
        (tmp_path / f"{operation}.py").write_text(source, "utf-8")
    pyright = REPOSITORY / "node_modules/.bin/pyright"
    command = [pyright, "--pythonpath", sys.executable, "--pythonversion", "3.10", tmp_path]
    done = subprocess.run(command, cwd=REPOSITORY / "python/src", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_they_run(samples: dict[str, str], server: Server, tmp_path: Path) -> None:
    shutil.copy(REPOSITORY / "docs/images/aurora-sky.webp", tmp_path / "photo.jpg")
    with Clipia(server.live_key, base_url=server.url) as clipia, receiver() as hooks:
        over = clipia.subscribe("canvas-1", {"prompt": "A sample"}, webhook_url=hooks.url)
        running = clipia.submit("motion-1", {"prompt": "To be canceled", "duration": 10})
        file = clipia.files.upload(tmp_path / "photo.jpg")
        delivery = next(clipia.deliveries.list())
    ids = {
        "01a20d5c-93b0-7d4e-8c17-2f6a9e0b7d35": delivery["delivery_id"],
        "01a20d5c-a8d4-7e90-b3f6-71c4d2e85a09": file["file_id"],
    }
    program = ""
    for operation, source in samples.items():
        if operation == ENDLESS:
            continue
        ids["01a20d5c-7f3e-7c1a-9a52-5d0c8f4b2e61"] = (running if operation == "cancel" else over).request_id
        program += re.sub("|".join(ids), lambda found: ids[found[0]], source) + "\n\n"
    server.run_python(program, tmp_path)
