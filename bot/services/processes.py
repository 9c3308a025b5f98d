"""The processes of a deployment and the configuration of the supervisor that keeps them running.

The supervisor is `supervisor` (restarts with back-off, logs that rotate); here is only what it is told.
"""

from __future__ import annotations

import configparser
import io
import shlex
import socket
from dataclasses import dataclass, field
from pathlib import Path

#: A process counts as started when it has run this long; one that ends sooner is started again, each time later.
_STARTED_AFTER_SECONDS = 5
_RETRIES = 1_000_000
_STOP_SECONDS = 10
_LOG_BYTES = "5MB"


class PortBusy(RuntimeError):
    """Another program listens on a port that we need; the text names the port and the setting."""


@dataclass(frozen=True)
class Process:
    """One long-running program: its name in logs, its command line, its port on `host`."""

    name: str
    command: tuple[str, ...]
    port: int
    port_setting: str
    environment: dict[str, str] = field(default_factory=dict)


def check_ports(host: str, processes: list[Process]) -> None:
    """Raise PortBusy for the first port that cannot be listened on."""
    for process in processes:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, process.port))
            except OSError as error:
                raise PortBusy(
                    f"port {process.port} on {host} cannot be used ({error.strerror}); stop the program that "
                    f"has it, or set {process.port_setting} to another port"
                ) from None


def supervisor_configuration(processes: list[Process], folder: Path, project: Path) -> str:
    """The text of a supervisord configuration that runs these processes, with logs under `folder`."""
    parser = configparser.RawConfigParser()
    parser["supervisord"] = {
        "nodaemon": "true",
        "logfile": str(folder / "log" / "supervisor.log"),
        "logfile_maxbytes": _LOG_BYTES,
        "pidfile": str(folder / "run" / "supervisor.pid"),
        "childlogdir": str(folder / "log"),
        "loglevel": "info",
        "silent": "true",
    }
    for process in processes:
        environment = ",".join(f'{key}="{_quoted(value)}"' for key, value in process.environment.items())
        parser[f"program:{process.name}"] = {
            "command": _quoted(shlex.join(process.command)),
            "directory": _quoted(str(project)),
            "environment": environment,
            "autorestart": "true",
            "startsecs": str(_STARTED_AFTER_SECONDS),
            "startretries": str(_RETRIES),
            "stopwaitsecs": str(_STOP_SECONDS),
            "stopasgroup": "true",
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": _quoted(str(folder / "log" / f"{process.name}.log")),
            "stdout_logfile_maxbytes": _LOG_BYTES,
            "stdout_logfile_backups": "3",
        }
    text = io.StringIO()
    parser.write(text)
    return text.getvalue()


def _quoted(value: str) -> str:
    """A value in which supervisor finds nothing to fill in and no end of a string."""
    return value.replace("%", "%%").replace('"', '\\"')
