"""The history of the tables, one file in `versions/` per change. Run by `bot.store.migrate`."""
