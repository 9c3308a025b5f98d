"""Puts a reply together from the content: words in the person's language, buttons, dates. No Rasa."""
