"""What must hold of the content before it is published, one check a file. No Rasa.

A check takes the `Material` and gives its problems. `check_content` in check_content.py runs them all.
"""
