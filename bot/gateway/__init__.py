"""The public door: takes visitors' messages, works them off with the dialogue engine, tells the answers.

Built by `bot.app`. May import services, store (its errors and settings) and foundation; no Rasa, no SQL.
"""
