"""The words and cards of the bot, read from `data/` or from a release."""
