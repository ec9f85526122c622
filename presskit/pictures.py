"""A picture in the text: its bytes as they were given, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PictureFormat = Literal["png", "jpeg", "gif"]
PICTURE_FORMATS: tuple[PictureFormat, ...] = ("png", "jpeg", "gif")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture; ``width`` and ``height`` are in pixels, ``dpi`` in pixels an inch.

    ``file_name`` is the ASCII name under which it is filed, unlike that of any other of the draft.
    """

    file_name: str
    format: PictureFormat
    width: int
    height: int
    dpi: float = 96.0
    content: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """``image/png`` (RFC 6838)."""
        return f"image/{self.format}"

    def size_within(self, width: float) -> tuple[float, float]:
        """Width and height in points, its own or those that fit into a ``width`` in points."""
        own = self.width * 72 / self.dpi
        shown = min(own, width)
        return shown, shown * self.height / self.width
