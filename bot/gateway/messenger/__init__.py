"""Messenger: webhook and events in, rendering and sending out, for the pages that are set up."""
