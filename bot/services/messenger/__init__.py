"""People who write by Messenger: who they are, what they did, when the bot is silent, what is erased at Meta's word.

Called by the gateway. May import store and foundation, and the services of conversations and callback.
"""
