"""The Python examples of the guides run as written."""

from __future__ import annotations

import re
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
    printed = server.run_python(example, tmp_path)
    assert "[" in printed or "422 model_input_invalid" in printed
