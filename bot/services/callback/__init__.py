"""The callback: a form in the chat that Rasa never sees, and what staff then do with what was left.

May import store, foundation and the states of the hand-off.
"""
