"""What Alembic runs: the migrations on the connection, and in the transaction, that `bot.store.migrate` opened."""

from __future__ import annotations

from typing import Any

from alembic import context

from bot.store.tables import metadata


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    # The engine keeps its table in its own schema (`rasa`) and looks after it itself.
    return not (kind == "schema" and name == "rasa")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=_is_ours,
    version_table="faqbot_version",
)
with context.begin_transaction():
    context.run_migrations()
