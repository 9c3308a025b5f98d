"""Starts Rasa with the model of the release that is active at that moment.

Run by the supervisor, also after a crash.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.services.releases.folder import MODEL, active_release


def main() -> None:
    """Become `rasa run` with the active model. The first argument is the folder of releases."""
    model = active_release(Path(sys.argv[1])) / MODEL
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model), *sys.argv[2:]]
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
