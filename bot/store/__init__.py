"""The only package that imports sqlalchemy: tables and the reading and writing of their rows. Imports foundation only."""
