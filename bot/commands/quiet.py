"""Keeps the libraries' notices off a verb's output. Called before Rasa is imported."""

from __future__ import annotations

import logging
import os
import warnings


def quiet_rasa() -> None:
    """Telemetry off, warnings about the age of Rasa's dependencies and its start-up log quiet."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    warnings.simplefilter("ignore")
    import structlog

    # Unconfigured, structlog prints every debug event, with what people wrote, on standard output.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    for name in ("rasa", "tensorflow", "matplotlib"):
        logging.getLogger(name).setLevel(logging.ERROR)
