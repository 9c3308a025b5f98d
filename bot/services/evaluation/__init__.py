"""Measures the understanding on messages that it was not trained on, and writes the report."""
