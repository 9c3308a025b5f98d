"""One file per change of the tables, numbered; a file that has run somewhere is never edited again."""
