"""Tests of the starters by page."""
