"""Group activities: where they come from, what a person asks for, and what is found. No Rasa, no web, no SQL.

Called by the custom actions, the gateway and the operator's verbs. May import store and foundation.
"""
