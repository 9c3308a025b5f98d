"""Answers of the bot that a counsellor may send as they stand: suggested, searched, sent. No Rasa, no web."""
