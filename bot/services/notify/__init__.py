"""Tells staff what waits for them, by e-mail and Slack: each optional, each kept until it is told.

May import store, foundation and the callback's words.
"""
