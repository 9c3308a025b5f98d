"""A double of Meta's Graph API and of the Messenger conversations behind it, run as a small server of its own.

`python -m tests.graph_double --port 9000`. It keeps to the limits that Meta documents (read in November 2026 at
developers.facebook.com/documentation/business-messaging/messenger-platform), answers with Meta's error bodies, and
sends signed webhooks. What a person or the staff of the page do, and every misbehaviour, is asked for at `/control`.
"""
