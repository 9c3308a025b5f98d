"""What is made once from the weights of an encoder and kept in a folder, so that the next process only loads it.

A damaged or foreign file is made anew; a folder that cannot be written is no obstacle.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")


def kept(folder: Path | None, name: str, make: Callable[[], bytes], opened: Callable[[bytes], T]) -> T:
    """What stands in a file of the folder, opened; made, and kept there, when it is not. None keeps nothing."""
    path = folder / name if folder else None
    if path and path.is_file():
        # The libraries have no common error for bytes that they cannot read; whatever it is, they are made anew.
        with contextlib.suppress(Exception):
            return opened(path.read_bytes())
    content = make()
    if path:
        write(path, lambda temporary: temporary.write_bytes(content))
    return opened(content)


def write(path: Path, fill: Callable[[Path], object]) -> None:
    """Let `fill` write a file beside, then put it in its place; nothing happens where that is not possible."""
    temporary = path.with_name(f".{os.getpid()}.{path.name}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fill(temporary)
        temporary.replace(path)


def open_network(content: bytes) -> Any:
    """A session of ONNX Runtime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # One thread: on two shared cores a second one, which waits for the first, gains nothing when it is busy.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
