"""Pictures drawn for tests."""

from __future__ import annotations

import io

from PIL import Image as Pillow

from presskit.pictures import Picture, PictureFormat


def png(width: int, height: int) -> bytes:
    """A small drawing of one colour."""
    return _saved(Pillow.new("RGB", (width, height), "teal"), "png")


def photo(width: int, height: int, form: PictureFormat = "jpeg") -> bytes:
    """Something with as many shades as a photo has, the same each time."""
    grain = Pillow.effect_mandelbrot((width, height), (-2.0, -1.2, 0.8, 1.2), 60)
    red, blue = Pillow.linear_gradient("L"), Pillow.radial_gradient("L")
    size = (width, height)
    return _saved(Pillow.merge("RGB", (red.resize(size), grain, blue.resize(size))), form)


def picture(content: bytes, name: str = "bild.png", dpi: float = 96.0) -> Picture:
    """A picture as the reader of drafts would give it."""
    with Pillow.open(io.BytesIO(content)) as opened:
        width, height = opened.size
        form: PictureFormat = (opened.format or "").lower()  # type: ignore[assignment]
    return Picture(
        file_name=name, format=form, width=width, height=height, dpi=dpi, content=content
    )


def _saved(image: Pillow.Image, form: PictureFormat) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form.upper())
    return buffer.getvalue()
