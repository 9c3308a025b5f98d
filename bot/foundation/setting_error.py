"""What is raised when a setting cannot be used. Apart, so that files of settings need not import one another."""

from __future__ import annotations


class SettingError(ValueError):
    """A setting has a value that cannot be used; the text names the variable and what it may be."""
