"""The widget without a browser: its words, its weight, the syntax that old browsers know."""
