"""The only package that imports sqlalchemy: tables, and their rows. Imports foundation only."""
