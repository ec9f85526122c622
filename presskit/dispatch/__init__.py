"""Bringing a filed version to the people on lists."""
