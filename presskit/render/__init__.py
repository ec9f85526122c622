"""Release -> renditions: Word, mail, text; each format in a file of its own."""
