"""Starts the gateway's own process and the stand-in of the brain, and talks to them as a widget would."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from copy import copy
from pathlib import Path
from typing import Any

import httpx

from bot.foundation.settings import PROJECT_FOLDER
from tests.processes.running_bot import free_port

#: Python reads many modules, and a machine that runs other tests too takes long for it.
_START_SECONDS = 200
#: The server closes what is idle for five seconds, as httpx does of itself: then one could use what the other closes.
BRIEFLY_KEPT = httpx.Limits(keepalive_expiry=2)


class RunningGateway:
    """One gateway with one stand-in. The stand-in is started again when it ends by itself, as a supervisor would."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.brain_port, self.port, self.ops_port = free_port(), free_port(), free_port()
        self.environment = {
            **os.environ,
            "FAQBOT_DATA_FOLDER": str(folder),
            "FAQBOT_BRAIN_PORT": str(self.brain_port),
            "FAQBOT_PORT": str(self.port),
            "FAQBOT_OPS_PORT": str(self.ops_port),
            "FAQBOT_ACTIONS_PORT": str(free_port()),
            "DATABASE_URL": "",
            "FAQBOT_AGENDA_MINUTES": "0",  # the agenda holds what a test puts there
            "FAQBOT_READINGS_PER_SESSION": "100000",  # tests look into the history until something is there
            **settings,
        }
        self.url, self.ops_url = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.ops_port}"
        self._gateway: subprocess.Popen[bytes] | None = None
        self._brain: subprocess.Popen[bytes] | None = None
        self._wants_brain = False
        self._keeper = threading.Thread(target=self._keep_brain, daemon=True)
        self._is_over = False

    def beside(self) -> RunningGateway:
        """Another gateway with the same database, secrets and brain; `start_gateway` starts it."""
        other = copy(self)
        other.port, other.ops_port = free_port(), free_port()
        other.environment = {
            **self.environment,
            "FAQBOT_PORT": str(other.port),
            "FAQBOT_OPS_PORT": str(other.ops_port),
        }
        other.url, other.ops_url = f"http://127.0.0.1:{other.port}", f"http://127.0.0.1:{other.ops_port}"
        return other

    def start(self) -> None:
        """Start both and wait until the gateway answers."""
        self.start_brain()
        self._keeper.start()
        self.start_gateway()

    def stop(self) -> None:
        """Stop both."""
        self._is_over = True
        self.stop_brain()
        self.stop_gateway()

    def start_gateway(self) -> None:
        """Start the gateway and wait until it answers."""
        with (self.folder / "gateway.log").open("ab") as log:
            self._gateway = subprocess.Popen(
                [sys.executable, "-m", "bot.commands.gateway_process"],
                cwd=PROJECT_FOLDER,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._has_started, _START_SECONDS)

    def stop_gateway(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the gateway; its exit code."""
        assert self._gateway is not None
        self._gateway.send_signal(how)
        return self._gateway.wait(timeout=20)

    def start_brain(self) -> None:
        """Let the stand-in run."""
        self._wants_brain = True
        self._brain = subprocess.Popen(
            [sys.executable, "-m", "tests.gateway.brain_stand_in", str(self.brain_port), str(self.folder)],
            cwd=PROJECT_FOLDER,
        )

    def stop_brain(self) -> None:
        """Kill the stand-in; it stays away until `start_brain`."""
        self._wants_brain = False
        assert self._brain is not None
        self._brain.kill()
        self._brain.wait()

    def turns(self) -> list[dict[str, Any]]:
        """What the stand-in has seen."""
        path = self.folder / "turns.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []

    def figures(self) -> str:
        """The text of /metrics."""
        return httpx.get(f"{self.ops_url}/metrics").text

    def _has_started(self) -> bool:
        assert self._gateway is not None
        log = self.folder / "gateway.log"
        assert self._gateway.poll() is None, f"the gateway has ended:\n{log.read_text('utf-8')[-2000:]}"
        return self._is_alive()

    def _is_alive(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def _keep_brain(self) -> None:
        while not self._is_over:
            if self._wants_brain and self._brain is not None and self._brain.poll() is not None:
                self.start_brain()
            time.sleep(0.05)


class Visitor:
    """One browser: keeps its token."""

    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, timeout=30, limits=BRIEFLY_KEPT)
        self.token: str | None = None
        self._last = "nothing was sent"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def post(self, **body: Any) -> httpx.Response:
        """Send a message; the client id is new unless given."""
        response = self.client.post("/chat/messages", json={"client_id": new_id(), **body}, headers=self.headers)
        if response.status_code == 202 and self.token is None:
            self.token = response.json()["token"]
        self._last = f"{response.status_code} {response.text}"
        return response

    def events(self, after: int = 0) -> Iterator[tuple[int | None, str, dict[str, Any]]]:
        """Number, kind and data of each event, as they come."""
        headers = {**self.headers, "Last-Event-ID": str(after)}
        with self.client.stream("GET", "/chat/events", headers=headers) as response:
            assert response.status_code == 200, response.read()
            number: int | None = None
            kind = ""
            for line in response.iter_lines():
                name, _, value = line.partition(": ")
                if name == "id":
                    number = int(value)
                elif name == "event":
                    kind = value
                elif name == "data":
                    yield number, kind, json.loads(value)
                    number = None

    def history(self) -> list[dict[str, Any]]:
        """The stored events."""
        response = self.client.get("/chat/history", headers=self.headers)
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json()["events"]
        return found

    def answers(self) -> list[str]:
        """The words of the bot so far, as HTML."""
        # Without a token every question is answered with session_over, which hides why there is none.
        assert self.token, f"no message was taken in: {self._last}"
        messages = [event["data"] for event in self.history() if event["kind"] == "message"]
        return [
            "".join(part.get("html", "") for part in message["parts"])
            for message in messages
            if message["role"] == "bot"
        ]

    def wait_for_answers(self, count: int, seconds: float = 20) -> list[str]:
        """Wait for so many answers."""
        wait_until(lambda: len(self.answers()) >= count, seconds)
        return self.answers()


def new_id() -> str:
    """A client id."""
    return uuid.uuid4().hex


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    """Fail when it does not hold after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.03)


def send(gateway: RunningGateway, content: bytes, **headers: str) -> httpx.Response:
    """Post any bytes where messages go."""
    return httpx.post(f"{gateway.url}/chat/messages", content=content, headers=headers, timeout=30)
