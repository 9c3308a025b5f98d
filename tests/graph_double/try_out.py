"""`make messenger-demo`: the whole bot with the double in Facebook's place, and a page to try it in a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import webbrowser
from pathlib import Path

import httpx

from bot.foundation.settings import PROJECT_FOLDER, read_settings
from tests.graph_double.running_double import gateway_settings
from tests.processes.running_bot import free_port

#: State of the demo; emptied at each start, because the double forgets everything too.
FOLDER = "messenger-demo"
_PORTS = {
    "FAQBOT_BRAIN_PORT": 5005,
    "FAQBOT_ACTIONS_PORT": 5055,
    "FAQBOT_PORT": 8080,
    "FAQBOT_OPS_PORT": 8081,
}
_PAGE_PORT = 8090
_START_SECONDS = 600


def main() -> int:
    """Start all, set the pages up as an operator would, say where to look; until Ctrl-C."""
    _stop_on_signals()
    releases = read_settings().releases_folder
    folder = _empty_folder(releases)
    page = f"http://127.0.0.1:{_free(_PAGE_PORT)}"
    ports = {name: str(_free(port)) for name, port in _PORTS.items()}
    door = f"http://127.0.0.1:{ports['FAQBOT_PORT']}"
    environment = {
        **os.environ,
        **ports,
        **gateway_settings(folder, page),
        "FAQBOT_DATA_FOLDER": str(folder),
        "DATABASE_URL": "",
    }
    processes = [
        _start(
            "tests.graph_double",
            "--fresh",
            "--port",
            page.rpartition(":")[2],
            "--webhook",
            f"{door}/messenger/webhook",
        ),
        _start("bot.commands", "run", environment=environment),
    ]
    try:
        _wait_for(f"{door}/health", processes)
        _set_up(environment)
        print(f"\nTry Messenger in a browser:  {page}/\nStop: Ctrl-C", flush=True)
        if "--open" in sys.argv:
            webbrowser.open(page)
        return processes[1].wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in reversed(processes):
            _end(process)


def _empty_folder(releases: Path) -> Path:
    folder = read_settings().data_folder / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    releases.mkdir(parents=True, exist_ok=True)
    (folder / "releases").symlink_to(releases.resolve())
    return folder


def _free(port: int) -> int:
    """This port, or another one when somebody listens on it (a bot that runs already)."""
    with socket.socket() as probe:
        return free_port() if probe.connect_ex(("127.0.0.1", port)) == 0 else port


def _start(module: str, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", module, *arguments]
    # Its own session: Ctrl-C reaches only this process, which then stops the others in order.
    return subprocess.Popen(command, cwd=PROJECT_FOLDER, env=environment, start_new_session=True)


def _wait_for(address: str, processes: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes):
            raise SystemExit("a process of the demo stopped; see above")
        try:
            if httpx.get(address, timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.3)
    raise SystemExit("the demo did not start")


def _set_up(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bot.commands", "messenger", "setup", "--apply"]
    subprocess.run(command, cwd=PROJECT_FOLDER, env=environment, check=True)


def _stop_on_signals() -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=40)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


if __name__ == "__main__":
    sys.exit(main())
