"""What the centre does, in plain Python: no Rasa, no web, no SQL. May import store, understanding, foundation."""
