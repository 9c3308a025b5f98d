"""Releases: model, content and figures together in one folder; one is active."""
