"""Measures our bot beside stock Rasa: same content, machine and run (`make bench`). Nothing imports it."""
