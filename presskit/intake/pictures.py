"""The bytes of a picture -> :class:`presskit.pictures.Picture`, or a refusal."""

from __future__ import annotations

import io
import warnings

from PIL import Image as Pillow
from PIL import ImageOps

from presskit.errors import DraftError, Place
from presskit.pictures import PICTURE_FORMATS, Picture, PictureFormat

MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 30_000
_ORIENTATION = 0x0112
_USUAL_DPI = 96.0
# A resolution outside of these is a slip of some program, not a size anybody meant.
_COARSEST, _FINEST = 50.0, 2400.0
# Colours of the printing press, which neither mail programs nor PDF/A take without more ado.
_FOR_PRINT = ("CMYK", "YCCK", "LAB")
_SVG_WITHIN = 1000
_PILLOW_FORMATS = tuple(each.upper() for each in (*PICTURE_FORMATS, "bmp", "tiff", "webp"))


def read_picture(content: bytes, file_name: str, place: Place, source: str) -> Picture:
    """A PNG, JPEG or GIF; ``source`` is its name for messages, ``place`` where the text shows it.

    A photo that is to be shown turned, or is in the colours of a printing press, is drawn anew and
    loses what else its camera noted; every other picture keeps its bytes. Nothing large is ever
    decoded. Raises :class:`DraftError`.
    """
    facts = {"source": source}
    if len(content) > MOST_BYTES:
        sentence = "the picture {source!r} has more than {most} megabytes."
        remedy = "Save it smaller; 2000 pixels in width are enough for print."
        facts["most"] = str(MOST_BYTES // 1_000_000)
        raise DraftError(sentence, remedy=remedy, place=place, **facts)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of sizes that are refused here anyway
            return _read(content, file_name, place, source)
    except DraftError:
        raise
    except Pillow.DecompressionBombError:
        raise _too_many_pixels(place, source) from None
    except Exception as fault:
        # Whatever Pillow stumbles over, the file is at fault: its own errors share no parent.
        raise DraftError(
            "the picture {source!r} is no picture that can be shown.",
            remedy=_remedy(content),
            place=place,
            **facts,
        ) from fault


def _read(content: bytes, file_name: str, place: Place, source: str) -> Picture:
    with Pillow.open(io.BytesIO(content), formats=_PILLOW_FORMATS) as picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
            raise _too_many_pixels(place, source)
        known = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "MPO": "jpeg"}
        found: PictureFormat | None = known.get(picture.format or "")  # type: ignore[assignment]
        if found is None:
            raise DraftError(
                "the picture {source!r} is a {format}, which mail programs cannot show.",
                remedy="Save it as PNG or JPEG.",
                place=place,
                source=source,
                format=picture.format,
            )
        picture.load()
        dpi = _dpi(picture)
        if picture.getexif().get(_ORIENTATION, 1) != 1 or picture.mode in _FOR_PRINT:
            content, (width, height) = _redrawn(picture, found)
    return Picture(
        file_name=file_name, format=found, width=width, height=height, dpi=dpi, content=content
    )


def _too_many_pixels(place: Place, source: str) -> DraftError:
    return DraftError(
        "the picture {source!r} has more than {most} million pixels, too many to be shown.",
        remedy="Save it smaller; 2000 pixels in width are enough for print.",
        place=place,
        source=source,
        most=MOST_PIXELS // 1_000_000,
    )


def _redrawn(picture: Pillow.Image, form: PictureFormat) -> tuple[bytes, tuple[int, int]]:
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in _FOR_PRINT:
        upright = upright.convert("RGB")
        upright.info.pop("icc_profile", None)
    upright.info.pop("exif", None)
    buffer = io.BytesIO()
    quality = {"quality": 92} if form == "jpeg" else {}
    upright.save(buffer, form.upper(), **quality)
    return buffer.getvalue(), upright.size


def _dpi(picture: Pillow.Image) -> float:
    """Pixels an inch as the file says, or the usual ones of a screen."""
    try:
        dpi = round(float(picture.info["dpi"][0]), 2)
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        return _USUAL_DPI
    return dpi if _COARSEST <= dpi <= _FINEST else _USUAL_DPI


def _remedy(content: bytes) -> str:
    if b"<svg" in content[:_SVG_WITHIN].lower():
        return "It is a drawing in SVG; save it as PNG, about 2000 pixels wide."
    return "Save it again as PNG or JPEG."
