"""The staff rooms under /desk: accounts and sign-in, the counsellors' inbox, conversations, callbacks.

Server-rendered and behind sign-in. May import services and foundation, never the public door: what it needs of that
is handed in by `bot.app`.
"""
