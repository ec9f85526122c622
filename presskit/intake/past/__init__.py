"""The page of a past release (text, HTML or PDF) -> :class:`presskit.intake.found.Reading`."""

from __future__ import annotations

from presskit.intake.found import Reading
from presskit.intake.past.page import read_page
from presskit.intake.past.sources import lines_of


def read_past(content: bytes, file: str) -> Reading:
    """Read a page; every line of it ends in a value, in the text or in a remark.

    Nothing is guessed: what is not under a known label is text, and what is found twice with
    different values is unsure. Raises :class:`DraftError` for what cannot be read.
    """
    return read_page(lines_of(content, file))
