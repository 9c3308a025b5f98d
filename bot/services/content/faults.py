"""Where a fault of form goes: by default it is raised at once, as the bot wants it.

The checks collect it instead, and the reading goes on with the next entry or file.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.foundation.yaml_files import YamlFileError

#: Told of each fault of form.
Report = Callable[[YamlFileError], None]


def raise_fault(fault: YamlFileError) -> None:
    """Stop at the first fault."""
    raise fault
