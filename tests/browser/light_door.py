"""The public door with a stand-in of the brain, for what people and staff do with each other and the bot does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.foundation.settings import Settings, read_settings
from tests.gateway.running_gateway import RunningGateway


class LightDoor(RunningGateway):
    """A gateway that browsers visit."""

    @property
    def settings(self) -> Settings:
        """As the gateway reads them."""
        return read_settings(self.environment)


@pytest.fixture(scope="module")
def light_door(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LightDoor]:
    """Running; not started where no browser could visit it."""
    wide = {"FAQBOT_MESSAGES_PER_SESSION": "1000", "FAQBOT_MESSAGES_PER_ADDRESS": "10000"}
    running = LightDoor(tmp_path_factory.mktemp("light"), **wide)
    try:
        running.start()
        yield running
    finally:
        running.stop()
