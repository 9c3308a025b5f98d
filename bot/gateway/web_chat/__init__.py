"""The door of the website's chat: tokens, requests, streams and how an answer looks as HTML."""
