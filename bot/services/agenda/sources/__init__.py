"""What the agenda is read from: calendars, spreadsheets, web pages; each kind in a file of its own.

A reader turns the bytes of a source into activities and tells by line what it could not take. It never touches the
database. May import foundation and the rest of the agenda.
"""
