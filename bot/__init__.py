"""The FAQ bot.

Imports run downward: commands -> engine, actions -> services -> store, understanding -> foundation.
"""

import os

# Threads of the deep encoder that wait must sleep: spinning, they hold the cores that other processes
# need (docs/decisions/0003). OpenMP reads this once, when the first library that uses it is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
