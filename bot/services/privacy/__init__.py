"""Personal data: one way to mask it and one way to erase it. May import store and foundation."""
