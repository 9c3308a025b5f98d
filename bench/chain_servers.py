"""Runs both bots as a deployment would: real processes on free ports, each with its own database.

Ours: gateway, Rasa and action server under the supervisor of `faqbot run`. Stock: one `rasa run` with the REST
channel and Rasa's default tracker store.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bench.parts import BenchFailed
from bench.training import Engine
from bench.worker_pipe import environment_of
from bot.foundation.settings import PROJECT_FOLDER

_START_SECONDS = 240
_CREDENTIALS = "rest:\n"
#: Our limits per address would refuse a load that comes from one machine.
_NO_LIMITS = {
    "FAQBOT_MESSAGES_PER_SESSION": "100000",
    "FAQBOT_MESSAGES_PER_ADDRESS": "1000000",
    "FAQBOT_READINGS_PER_SESSION": "100000",
    "FAQBOT_STARTS_PER_ADDRESS": "1000000",
    "FAQBOT_AGENDA_MINUTES": "0",
}


@dataclass(frozen=True)
class Server:
    """A running bot: where it answers and, of ours, the gateway's process id and the folder of its state."""

    url: str
    gateway_pid: int | None = None
    state: Path | None = None


@contextmanager
def our_server(folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """Our whole bot with the release of the bench's folder; state in a folder that is emptied first."""
    state = _emptied(folder / "chain")
    (state / "releases").symlink_to(folder / "releases")
    command = [sys.executable, "-m", "bot.commands", "run"]
    with _ours(command, state, folder / "chain.log", environment) as url:
        yield Server(url, _gateway_pid(state), state)


@contextmanager
def our_gateway(folder: Path, environment: Mapping[str, str]) -> Iterator[Server]:
    """The gateway with its desk alone, for what needs no Rasa; state in a folder that is emptied first."""
    state = _emptied(folder / "state")
    command = [sys.executable, "-m", "bot.commands.gateway_process"]
    with _ours(command, state, folder / "gateway.log", environment) as url:
        yield Server(url, _gateway_pid(state), state)


@contextmanager
def stock_server(engine: Engine, environment: Mapping[str, str]) -> Iterator[Server]:
    """Stock Rasa with its REST channel."""
    folder = engine.folder / "chain"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "credentials.yml").write_text(_CREDENTIALS, encoding="utf-8")
    (folder / "endpoints.yml").write_text("{}\n", encoding="utf-8")
    port = _free_port()
    command = [
        *(sys.executable, "-m", "rasa", "run", "--model", str(engine.model), "--port", str(port)),
        *("--interface", "127.0.0.1", "--credentials", "credentials.yml", "--endpoints", "endpoints.yml"),
    ]
    ready = f"http://127.0.0.1:{port}/webhooks/rest/"
    with _running(command, environment_of(engine.name, environment), engine.folder / "chain.log", ready, folder):
        yield Server(f"http://127.0.0.1:{port}")


def _emptied(state: Path) -> Path:
    shutil.rmtree(state, ignore_errors=True)
    state.mkdir(parents=True)
    return state


@contextmanager
def _ours(command: list[str], state: Path, log: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """A process of ours on ports of its own, without limits; its address."""
    port = _free_port()
    settings = {
        **environment,
        **_NO_LIMITS,
        "DATABASE_URL": "",
        "FAQBOT_DATA_FOLDER": str(state),
        "FAQBOT_PORT": str(port),
        "FAQBOT_OPS_PORT": str(_free_port()),
        "FAQBOT_BRAIN_PORT": str(_free_port()),
        "FAQBOT_ACTIONS_PORT": str(_free_port()),
    }
    url = f"http://127.0.0.1:{port}"
    with _running(command, settings, log, f"{url}/health", PROJECT_FOLDER):
        yield url


@contextmanager
def _running(
    command: list[str], environment: Mapping[str, str], log: Path, ready: str, folder: Path
) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, ready, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(ready, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise BenchFailed(f"a server of the bench did not start; its log is {log}")


def _gateway_pid(state: Path) -> int:
    """The gateway among the processes of this deployment."""
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_bytes().decode(errors="replace")
            settings = (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if "gateway_process" in command and str(state) in settings:
            return int(folder.name)
    raise BenchFailed("the gateway of the bench does not run")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def resident_megabytes_of(process: int) -> float:
    """The memory that a process holds now, in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
