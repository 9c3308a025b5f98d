"""Tests of the agenda of group activities."""
