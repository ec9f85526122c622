"""The marked places of a filed mail: what stands there is replaced for each list or person.

The marks are comments, so that the filed page is whole and readable as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Marker:
    """A pair of comments around one place."""

    name: str

    @property
    def opening(self) -> str:
        """The comment before the place."""
        return f"<!--presskit:{self.name}-->"

    @property
    def closing(self) -> str:
        """The comment after it."""
        return f"<!--/presskit:{self.name}-->"


GREETING = Marker("greeting")
NOTICE = Marker("notice")
# In the order in which they stand in a mail.
MARKERS = (GREETING, NOTICE)


def split_at(html: str, markers: Sequence[Marker] = MARKERS) -> tuple[str, ...] | None:
    """What stands before, between and after the marked places, without marks and content.

    None unless each pair is there once, in this order.
    """
    parts = []
    for marker in markers:
        if html.count(marker.opening) != 1 or html.count(marker.closing) != 1:
            return None
        before, found, rest = html.partition(marker.opening)
        _content, closed, after = rest.partition(marker.closing)
        if not (found and closed):
            return None
        parts.append(before)
        html = after
    return (*parts, html)
