"""Conversations as counsellors read them: lists, the thread, the brief, notes and tags. No web, no SQL."""
