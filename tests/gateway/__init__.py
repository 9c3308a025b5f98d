"""The public door, over real HTTP with a real database; only Rasa is replaced by a small server of known moods."""
