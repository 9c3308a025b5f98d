"""Starts `faqbot run` as a user would, on free ports and in a folder of its own, and talks to it."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import httpx

from bot.foundation.kept_secrets import read_brain_secret
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from bot.store.tracker_rows import TrackerRow, TrackerRows

START_SECONDS = 240


class RunningBot:
    """One running bot, from the project or a copy of it. `stop()` presses Ctrl-C."""

    def __init__(self, folder: Path, releases: Path, database_url: str = "", project: Path = PROJECT_FOLDER) -> None:
        self.project = project
        (folder / "releases").symlink_to(releases)
        self.environment = {
            "FAQBOT_DATA_FOLDER": str(folder),
            "FAQBOT_BRAIN_PORT": str(free_port()),
            "FAQBOT_ACTIONS_PORT": str(free_port()),
            "FAQBOT_PORT": str(free_port()),
            "FAQBOT_OPS_PORT": str(free_port()),
            "FAQBOT_READINGS_PER_SESSION": "100000",  # tests look into the history until something is there
            "DATABASE_URL": database_url,
        }
        self.settings: Settings = read_settings(self.environment)
        self.output = folder / "output.txt"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it says how to talk to it."""
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot.commands", "run"],
                cwd=self.project,
                env={**os.environ, **self.environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + START_SECONDS
        while "Talk to it" not in self.output.read_text(encoding="utf-8"):
            assert self._process.poll() is None, self.output.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, self.output.read_text(encoding="utf-8")
            time.sleep(0.2)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Ctrl-C, or another signal; the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self._process.wait(timeout=60)

    def turn(self, **body: Any) -> httpx.Response:
        """Send one turn; conversation and turn id are new unless given."""
        body = {"conversation": uuid.uuid4().hex, "turn": uuid.uuid4().hex, **body}
        return httpx.post(self.address, json=body, headers=self.headers, timeout=60)

    @property
    def address(self) -> str:
        return f"{self.settings.brain_url}/webhooks/turn/turns"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {read_brain_secret(self.settings)}"}

    def row(self, conversation: str) -> TrackerRow | None:
        """What the brain has stored of a conversation."""
        url = self.settings.database_url or f"sqlite:///{self.settings.data_folder / 'trackers.sqlite'}"
        rows = TrackerRows(url)
        try:
            return rows.read(conversation)
        finally:
            rows.close()

    def process_ids(self, words: str) -> list[int]:
        """The processes of this bot whose command line holds these words."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                environment = (folder / "environ").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if words in command and str(self.settings.data_folder) in environment + command:
                found.append(int(folder.name))
        return found

    def kill(self, words: str) -> None:
        """Kill -9 the processes whose command line holds these words."""
        for process in self.process_ids(words):
            os.kill(process, signal.SIGKILL)

    def wait_until_ready(self) -> None:
        """Wait until the brain takes turns again."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if httpx.get(f"{self.settings.brain_url}/webhooks/turn/", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.2)
        raise AssertionError("the brain did not come back")


def free_port() -> int:
    """A TCP port of this machine that nobody has just now, below those that connections going out are given: such
    a one could be taken before the server that shall have it has started."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
