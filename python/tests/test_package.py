"""The wheel, in an empty virtual environment: what a user installs, doing what the README says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from .server import REPOSITORY, Server

PROJECT = REPOSITORY / "python"
README = (PROJECT / "README.md").read_text("utf-8")
EXAMPLES: list[str] = re.findall(r"^```python\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as it is published."""
    folder = tmp_path_factory.mktemp("wheel")
    # Its build tool is one of the pinned requirements of development.
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, PROJECT]
    subprocess.run(command, check=True)
    (wheel,) = folder.glob("clipia-*.whl")
    return wheel


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python in an environment that holds nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("empty")
    python = folder / "bin/python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", "-q", wheel], check=True)
    return python


def test_the_wheel_holds_the_package_its_types_and_its_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    sources = {f"clipia/{path.name}" for path in (PROJECT / "src/clipia").iterdir() if path.is_file()}
    assert "clipia/py.typed" in sources
    assert {name for name in names if ".dist-info/" not in name} == sources
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_needs_httpx_and_nothing_else(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (name,) = [name for name in archive.namelist() if name.endswith("METADATA")]
    metadata = archive.read(name).decode()
    assert re.findall(r"^Requires-Dist: (.*)$", metadata, re.MULTILINE) == ["httpx<1,>=0.27"]
    assert "Requires-Python: >=3.10" in metadata


def test_the_readme_starts_with_six_lines_that_work() -> None:
    assert len([line for line in EXAMPLES[0].splitlines() if line]) == 6
    assert README.index("```") == README.index(EXAMPLES[0]) - len("```python\n")
    assert len(README[: README.index(EXAMPLES[0])].splitlines()) < 10


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_of_the_readme_runs_as_written(number: int, python: Path, server: Server, tmp_path: Path) -> None:
    script = tmp_path / "example.py"
    script.write_text(EXAMPLES[number], "utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CLIPIA_", "PYTHON"))}
    environment = {**inherited, "CLIPIA_KEY": server.live_key, "CLIPIA_BASE_URL": server.url}
    command = [python, script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    if "download(" in EXAMPLES[number]:
        pictures = list((tmp_path / "pictures").iterdir())
        assert pictures
        assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_the_examples_fit_the_types(python: Path, tmp_path: Path) -> None:
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"example_{number}.py").write_text(example, "utf-8")
    pyright = REPOSITORY / "node_modules/.bin/pyright"
    command = [pyright, "--pythonpath", python, "--pythonversion", "3.10", tmp_path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
