"""Tests of the dated announcements."""
