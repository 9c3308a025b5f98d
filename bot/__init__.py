"""The FAQ bot.

Imports run downward: commands -> engine, actions -> services -> store, understanding -> foundation.
"""
