"""The marked places of a filed mail: what stands there is replaced for each list or person.

The marks are comments, so that the filed page is whole and readable as it is.
"""

from __future__ import annotations

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
MARKERS = (GREETING, NOTICE)


def pieces(html: str) -> tuple[str | Marker, ...] | None:
    """The page around its marked places, each place given as its marker, its content left out.

    None unless each pair of marks is there once, and no pair reaches into another.
    """
    found: list[tuple[int, int, Marker]] = []
    for marker in MARKERS:
        if html.count(marker.opening) != 1 or html.count(marker.closing) != 1:
            return None
        end = html.index(marker.closing) + len(marker.closing)
        found.append((html.index(marker.opening), end, marker))
    parts: list[str | Marker] = []
    position = 0
    for start, end, marker in sorted(found, key=lambda each: each[0]):
        if not position <= start < end:
            return None
        parts += [html[position:start], marker]
        position = end
    return (*parts, html[position:])
