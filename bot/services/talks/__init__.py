"""Conversations as counsellors read them: lists, the whole thread, the brief. Reads only; no web, no SQL."""
