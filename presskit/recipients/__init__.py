"""Lists and wishes: whom the office writes to."""
