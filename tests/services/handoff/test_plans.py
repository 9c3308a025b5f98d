"""What runs every few seconds, and what every message may ask, reads no whole table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from tests.services.handoff.conftest import HandoffDoor
from tests.services.handoff.filling_in import fill_in


def test_no_call_reads_every_hand_off_or_callback(light: HandoffDoor) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "EXPLAIN", "INSERT")):
            asked.append((statement, parameters))

    light.presence.come("jan", "Jan", ["en"])
    sa.event.listen(light.database.engine, "before_cursor_execute", note)
    contact = light.new_contact()
    light.told(contact, choice="human")
    light.handoffs.claim(light.handoffs.list_waiting()[0].handoff_id, "jan")
    light.handoffs.list_held("jan")
    other = light.new_contact()
    fill_in(light, other)
    light.told(other, choice="callback:send")
    light.callbacks.list()
    light.upkeep.run()
    light.service.erase(contact)

    with light.database.reading() as connection:
        steps = [
            (step.detail, statement)
            for statement, parameters in list(asked)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    # The queue and the open forms are short by their nature; so is the list of those who are there.
    short = ("SCAN presence", "SCAN callback_draft", "SCAN handoff USING INDEX handoff_waiting")
    scans = [(step, statement) for step, statement in steps if step.startswith("SCAN") and not step.startswith(short)]
    assert scans == []
    assert any("handoff_in_state" in step for step, _ in steps)
