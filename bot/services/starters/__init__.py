"""The questions that a visitor is shown first, by page: read from `data/starters.yml`."""
