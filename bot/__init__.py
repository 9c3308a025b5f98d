"""The FAQ bot.

Imports run downward: commands -> engine, actions -> services -> store, understanding -> foundation.
"""

import os

# OpenMP's threads that wait must sleep: spinning, they hold the cores that other processes
# need (docs/decisions/0003). OpenMP reads this once, when the first library that uses it is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
# Matrices of one message are small: handing pieces to a second thread costs more than it saves, and takes a core
# from other messages (a turn cost 24 ms of processor time with two threads, 14 with one). Training overrides it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
