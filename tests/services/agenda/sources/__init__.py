"""Tests of what the agenda is read from."""
