"""How activities are shown: moments in words, cards, and calendars. May import the agenda's records and texts."""
