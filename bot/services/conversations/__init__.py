"""What people write and what they are answered: stored first, worked off once, told as numbered events.

Called by the gateway. May import store and foundation.
"""
