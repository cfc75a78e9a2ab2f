"""A real Clipia server, started as its users start it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Server:
    url: str
    live_key: str
    test_key: str
    environment: dict[str, str]

    def run_python(self, program: str, folder: Path) -> str:
        """Runs a program that uses the client, in a folder. It must end well; answers what it prints."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLIPIA_")}
        environment = {
            **inherited,
            "CLIPIA_KEY": self.live_key,
            "CLIPIA_BASE_URL": self.url,
            "PYTHONPATH": str(REPOSITORY / "python/src"),
        }
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def admin(self, *arguments: str) -> str:
        """Runs ``clipia admin ...`` beside the server and answers what it prints."""
        command = [*COMMAND, "admin", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout


COMMAND = [str(REPOSITORY / "node_modules/.bin/node"), str(REPOSITORY / "packages/cli/bin/clipia.mjs")]


class ServerProcess:
    """Serves a new data folder on a free port, from entering to leaving its ``with``."""

    def __init__(self, folder: Path, port: str = "0") -> None:
        self._folder = folder
        self._port = port

    def __enter__(self) -> Server:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("CLIPIA_")}
        data = self._folder / "data"
        environment = {**inherited, "CLIPIA_DATA_DIR": str(data), "CLIPIA_PORT": self._port}
        # Tests receive webhooks on this machine.
        environment["CLIPIA_WEBHOOK_ALLOW_PRIVATE"] = "127.0.0.1/32"
        output = self._folder / "output"
        with output.open("wb") as file:
            self._process = subprocess.Popen([*COMMAND, "serve"], env=environment, stdout=file, stderr=file)
        try:
            url = self._wait_until_ready(output)
            keys = (data / "first-start.txt").read_text()
        except BaseException:
            self._process.kill()
            raise
        return Server(url, _find(r"clipia_live_\w+", keys), _find(r"clipia_test_\w+", keys), environment)

    def _wait_until_ready(self, output: Path) -> str:
        while self._process.poll() is None:
            announced = re.search(r"Clipia serves (http://127\.0\.0\.1:\d+)", output.read_text())
            if announced and httpx.get(f"{announced[1]}/readyz").is_success:
                return announced[1]
            time.sleep(0.05)
        raise AssertionError(f"clipia serve ended:\n{output.read_text()}")

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self._process.kill()
        self._process.wait()

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            assert self._process.wait(timeout=30) == 0


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None
    return found[0]


T = TypeVar("T")


def wait_until(look: Callable[[], T]) -> T:
    """What ``look`` answers once that is something; fails after 30 seconds."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not come about")
