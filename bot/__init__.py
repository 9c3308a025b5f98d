"""The FAQ bot. Imports run downward: commands, app -> engine, gateway, desk -> services -> store, understanding -> foundation."""
