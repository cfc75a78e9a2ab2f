"""The Python examples of the guides run as written."""

from __future__ import annotations

import re
import subprocess
import sys
from os import environ
from pathlib import Path

import pytest

from .server import REPOSITORY, Server

GUIDES = sorted((REPOSITORY / "docs/guides").glob("*.md"))
EXAMPLES = [
    pytest.param(example, id=guide.stem)
    for guide in GUIDES
    for example in re.findall(r"^```python\n(.*?)^```$", guide.read_text("utf-8"), re.MULTILINE | re.DOTALL)
]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs_as_written(example: str, server: Server, tmp_path: Path) -> None:
    inherited = {name: value for name, value in environ.items() if not name.startswith("CLIPIA_")}
    environment = {
        **inherited,
        "CLIPIA_KEY": server.live_key,
        "CLIPIA_BASE_URL": server.url,
        "PYTHONPATH": str(REPOSITORY / "python/src"),
    }
    command = [sys.executable, "-c", example]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[" in done.stdout or "422 model_input_invalid" in done.stdout
