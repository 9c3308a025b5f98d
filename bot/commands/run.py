"""`faqbot run`: train if needed, then run Rasa, the action server and the gateway until Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import httpx
import typer
import yaml
from rich.console import Console

from bot.commands.staff import welcome_link
from bot.commands.train import rasa_environment, train
from bot.foundation.kept_secrets import read_brain_secret, read_token_secret
from bot.foundation.settings import PROJECT_FOLDER, Settings, read_settings
from bot.services.processes import Process, check_ports, supervisor_configuration
from bot.services.releases.folder import MODEL, active_release
from bot.services.staff.accounts import Accounts
from bot.store.migrate import open_database

_START_SECONDS = 180
_console = Console(stderr=True)


def run() -> None:
    """Run the bot: Rasa, action server and gateway under a supervisor that restarts them. Ctrl-C stops all."""
    settings = read_settings()
    processes = processes_of(settings)
    check_ports(settings.host, processes)
    door = gateway_process(settings)
    check_ports(settings.door.host, [door])
    check_ports(settings.host, [replace(door, port=settings.door.ops_port, port_setting="FAQBOT_OPS_PORT")])
    train(force=False)
    read_brain_secret(settings, create=True)
    read_token_secret(settings)
    first_link = _first_link(settings)
    _stop_on_signals()
    supervisor = _start_supervisor(settings, [*processes, door])
    try:
        _wait_until_ready(settings, supervisor)
        _say_how_to_talk(settings, first_link)
        supervisor.wait()
    except KeyboardInterrupt:
        typer.echo("\nStopping ...", err=True)
    finally:
        _stop(supervisor)


def _first_link(settings: Settings) -> str | None:
    """Bring the database to its newest form; the link for the first administrator while there is no account."""
    database = open_database(settings)
    try:
        token = Accounts(database).first_link()
    finally:
        database.close()
    return welcome_link(settings, token) if token else None


def _stop_on_signals() -> None:
    """Stop in order on Ctrl-C and on SIGTERM, also where a shell started us with SIGINT ignored."""

    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)


def processes_of(settings: Settings) -> list[Process]:
    """The brain (Rasa) and the action server, bound to the host of the settings."""
    python = sys.executable
    environment = {key: value for key, value in rasa_environment().items() if key not in os.environ}
    releases = settings.releases_folder
    brain = (
        *(python, "-m", "bot.commands.brain_process", str(releases)),
        *("--interface", settings.host, "--port", str(settings.brain_port)),
        *("--endpoints", str(_endpoints_file(settings)), "--credentials", "credentials.yml"),
    )
    actions = (python, "-m", "rasa_sdk", "--actions", "actions", "--port", str(settings.actions_port))
    return [
        Process(
            "actions",
            actions,
            settings.actions_port,
            "FAQBOT_ACTIONS_PORT",
            {**environment, "SANIC_HOST": settings.host},
        ),
        Process("brain", brain, settings.brain_port, "FAQBOT_BRAIN_PORT", environment),
    ]


def gateway_process(settings: Settings) -> Process:
    """The public door, bound to the host of its own settings."""
    environment = {key: value for key, value in rasa_environment().items() if key not in os.environ}
    command = (sys.executable, "-m", "bot.commands.gateway_process")
    return Process("gateway", command, settings.door.port, "FAQBOT_PORT", environment)


def _endpoints_file(settings: Settings) -> Path:
    """A copy of `endpoints.yml` with the action server's address of these settings."""
    endpoints = yaml.safe_load((PROJECT_FOLDER / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = settings.actions_url
    path = settings.data_folder / "run" / "endpoints.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path


def _start_supervisor(settings: Settings, processes: list[Process]) -> subprocess.Popen[bytes]:
    folder = settings.data_folder
    for name in ("log", "run"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    configuration = folder / "run" / "supervisor.conf"
    configuration.write_text(supervisor_configuration(processes, folder, PROJECT_FOLDER), encoding="utf-8")
    configuration.chmod(0o600)
    command = [sys.executable, "-W", "ignore", "-m", "supervisor.supervisord", "-n", "-c", str(configuration)]
    # Its own session: Ctrl-C reaches only this process, which then stops the supervisor in order.
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)


def _wait_until_ready(settings: Settings, supervisor: subprocess.Popen[bytes]) -> None:
    addresses = [f"{settings.brain_url}/webhooks/turn/", f"{settings.door.local_url}/health"]
    deadline = time.monotonic() + _START_SECONDS
    with _console.status("Starting Rasa, action server and gateway (about 20 seconds) ..."):
        while time.monotonic() < deadline:
            if supervisor.poll() is not None:
                log = settings.data_folder / "log" / "supervisor.log"
                raise CannotStart(f"the supervisor stopped; its log is {log}")
            try:
                if all(httpx.get(address, timeout=2).status_code == 200 for address in addresses):
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.3)
    raise CannotStart(f"the bot did not start in {_START_SECONDS} s; its logs are in {settings.data_folder / 'log'}")


class CannotStart(RuntimeError):
    """The processes did not come up; the text names the log to read."""


def _say_how_to_talk(settings: Settings, first_link: str | None) -> None:
    release = active_release(settings.releases_folder)
    typer.echo(f"The bot is running with release {release.name} ({release / MODEL}).")
    typer.echo(f"Open it in a browser:  {settings.door.site_url}/")
    if first_link:
        typer.echo(f"Make the first account for the desk (once, within 24 hours):  {first_link}")
    else:
        typer.echo(f"The desk for staff:  {settings.door.site_url}/desk/")
    typer.echo("Talk to it in another terminal:  .venv/bin/faqbot chat")
    typer.echo(f"Logs: {settings.data_folder / 'log'}   Stop: Ctrl-C")


def _stop(supervisor: subprocess.Popen[bytes]) -> None:
    if supervisor.poll() is None:
        supervisor.send_signal(signal.SIGTERM)
        try:
            supervisor.wait(timeout=30)
        except subprocess.TimeoutExpired:
            supervisor.kill()
