"""Figures for Prometheus, served on the private port only. No label ever holds what a person wrote."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Metrics:
    """One per process, with a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter("faqbot_messages", "Messages taken", ["kind"], registry=self.registry)
        self.refused = Counter("faqbot_refused", "Requests refused", ["code"], registry=self.registry)
        self.decisions = Counter(
            "faqbot_turns", "Turns by decision and language", ["decision", "language"], registry=self.registry
        )
        self.seconds = Histogram(
            "faqbot_step_seconds", "Time of one step of a message", ["step"], buckets=_SECONDS, registry=self.registry
        )
        self.set_aside = Counter("faqbot_set_aside", "Messages set aside", registry=self.registry)
        self.brain_away = Counter("faqbot_brain_away", "Tries while Rasa did not answer", registry=self.registry)
        self.agenda_age = Gauge(
            "faqbot_agenda_source_age_seconds", "Since it was last read whole", ["source"], registry=self.registry
        )
        self.agenda_failing = Gauge(
            "faqbot_agenda_source_failing", "1 while it cannot be read", ["source"], registry=self.registry
        )
        self.messenger_events = Counter(
            "faqbot_messenger_events", "What Meta told", ["kind", "outcome"], registry=self.registry
        )
        self.messenger_sent = Counter(
            "faqbot_messenger_sent", "Pieces that Meta took", ["page", "kind"], registry=self.registry
        )
        self.messenger_failed = Counter(
            "faqbot_messenger_failed", "Calls that Meta did not take", ["page", "reason"], registry=self.registry
        )
        self.messenger_unsent = Counter(
            "faqbot_messenger_unsent", "Messages that were not sent", ["page", "reason"], registry=self.registry
        )
        self.messenger_paused = Gauge(
            "faqbot_messenger_page_paused", "1 while Meta refuses it", ["page", "reason"], registry=self.registry
        )
        self.messenger_waiting = Gauge(
            "faqbot_messenger_waiting", "People who wait for a next try", ["page"], registry=self.registry
        )
        self.streams = Gauge("faqbot_open_streams", "Open streams of events", registry=self.registry)

    def answered(self, report: dict[str, Any], milliseconds: dict[str, float]) -> None:
        """Count one answered message."""
        self.decisions.labels(str(report.get("decision")), str(report.get("language"))).inc()
        for step, value in milliseconds.items():
            self.seconds.labels(step).observe(value / 1000)

    def agenda_sources(self, ages: dict[str, float], failing: set[str]) -> None:
        """How the sources of the agenda are; those that are no longer named are forgotten."""
        self.agenda_age.clear()
        self.agenda_failing.clear()
        for source, age in ages.items():
            self.agenda_age.labels(source).set(age)
        for source in {*ages, *failing}:
            self.agenda_failing.labels(source).set(source in failing)

    def text(self) -> bytes:
        """The exposition."""
        return bytes(generate_latest(self.registry))
