"""The hand-off to a person: who waits, who has whom, what is truthfully offered, and what the person is told.

Outside Rasa, so that it holds while Rasa is away, restarted or mistaken. May import store, foundation, the
opening hours, the callback and the conversations.
"""
