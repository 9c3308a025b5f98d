"""What every room shares: languages, names, replies, settings, time, ids, logging. Imports nothing of the project."""
