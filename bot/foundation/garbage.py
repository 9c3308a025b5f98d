"""Keeps Python's garbage collection away from what a process has loaded for good."""

from __future__ import annotations

import gc


def spare_what_is_loaded() -> None:
    """Look only at what is made from here on; to be called again when something large has taken another's place.

    A full collection walks everything there is while all threads stand still: in the gateway for 160 ms, every ten
    seconds of a burst. What is loaded at the start lives as long as the process. See `gc.freeze` of Python.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
