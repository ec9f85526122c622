"""The pictures of a mail and of a page: their size on the screen, and photos made small enough.

The originals are filed as they came. What a mail carries, or shows from the press room, is a copy
fit for mail programs, and is filed too: what was filed is what is sent.
"""

from __future__ import annotations

import functools
import hashlib
import io
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from presskit.pictures import Picture, PictureFormat
from presskit.release import Release
from presskit.render.house import House
from presskit.render.html import Shown
from presskit.settings import Carriage

if TYPE_CHECKING:
    from PIL import Image as Pillow

# Twice the width of a mail's column, for the fine screens of telephones.
_WIDEST = 1200
# Pictures above this are packed anew even where they are narrow enough.
_HEAVY = 400_000
_COLUMN = 536  # CSS pixels: 600 without the margins left and right
_LOGO = (240, 72)
_POINT = 96 / 72  # CSS pixels in a point
_QUALITY = 85
# A picture given as PNG becomes a JPEG where that is so much smaller: then it is a photo.
_MUCH_SMALLER = 0.5


@dataclass(frozen=True, kw_only=True)
class MailPart:
    """A picture as a mail shows it: carried as a part of its own, or hosted by the press room.

    ``content_id`` is empty where the picture is hosted; ``shown`` says how the mail refers to it.
    """

    file_name: str
    media_type: str
    content_id: str
    shown: Shown
    content: bytes = field(repr=False)


def mail_parts(release: Release, house: House) -> tuple[MailPart, ...]:
    """Every picture file of a release's mail, each once; the logo first."""
    logo = mail_logo(release, house)
    found = (*((logo,) if logo else ()), *mail_pictures(release, house).values())
    return tuple({each.file_name: each for each in found}.values())


def mail_logo(release: Release, house: House) -> MailPart | None:
    """The office's logo as the mail shows it, unless it has none or wants none."""
    if house.logo is None or house.mail_logo == "none":
        return None
    shown = _within(house.logo, *_LOGO)
    return _part(release, house, house.logo, shown, house.mail_logo)


def mail_pictures(release: Release, house: House) -> dict[str, MailPart]:
    """The pictures of the text as the mail shows them, by their source."""
    return {
        source: _part(release, house, each, _within(each, _COLUMN), house.mail_pictures)
        for source, each in release.draft.pictures.items()
    }


def page_pictures(release: Release) -> dict[str, Shown]:
    """The pictures of the text as the page beside them shows them, by their source."""
    return {
        source: Shown(f"pictures/{each.file_name}", *_within(each, each.width))
        for source, each in release.draft.pictures.items()
    }


def logo_within_page(house: House) -> Shown | None:
    """The logo with its bytes in its address, for a page that is one file."""
    if house.logo is None:
        return None
    small, form = fit_for_mail(house.logo)
    address = f"data:image/{form};base64,{b64encode(small).decode('ascii')}"
    return Shown(address, *_within(house.logo, *_LOGO))


def _within(picture: Picture, width: float, height: float = 1e9) -> tuple[int, int]:
    """The size in CSS pixels: its own on paper, or what fits."""
    own = picture.width * 96 / picture.dpi, picture.height * 96 / picture.dpi
    scale = min(1.0, width / own[0], height / own[1])
    return max(1, round(own[0] * scale)), max(1, round(own[1] * scale))


def _part(
    release: Release, house: House, picture: Picture, size: tuple[int, int], carriage: Carriage
) -> MailPart:
    content, form = fit_for_mail(picture)
    digest = hashlib.sha256(content).hexdigest()
    name = _named(picture, form, digest)
    content_id = f"{digest[:24]}@presskit" if carriage == "embedded" else ""
    hosted = f"{house.address_of(release.reference)}mail/{name}"
    return MailPart(
        file_name=name,
        media_type=f"image/{form}",
        content_id=content_id,
        shown=Shown(f"cid:{content_id}" if content_id else hosted, *size),
        content=content,
    )


def _named(picture: Picture, form: PictureFormat, digest: str) -> str:
    """A name like the picture's own, with the right ending, unlike that of any other content."""
    stem = picture.file_name.rpartition(".")[0] or picture.file_name
    return f"{stem}-{digest[:8]}.{'jpg' if form == 'jpeg' else form}"


@functools.lru_cache(maxsize=8)
def fit_for_mail(picture: Picture) -> tuple[bytes, PictureFormat]:
    """The bytes of a picture at most 1200 pixels wide, as PNG or JPEG; small ones as they are.

    A moving GIF stays as it is, for a copy would stand still. The same picture, the same bytes.
    """
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(picture.content)) as image:
        moving = picture.format == "gif" and getattr(image, "n_frames", 1) > 1
        wide, heavy = picture.width > _WIDEST, len(picture.content) > _HEAVY
        if moving or not (wide or heavy):
            return picture.content, picture.format
        width = min(_WIDEST, picture.width)
        height = max(1, round(picture.height * width / picture.width))
        image.draft("RGB", (width * 2, height * 2))
        profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA") else None
        small = _plain_colours(image).resize((width, height), Pillow.Resampling.LANCZOS)
    packed = _packed(small, picture.format, profile)
    smaller = len(packed[0]) < len(picture.content)
    return packed if wide or smaller else (picture.content, picture.format)


def _plain_colours(image: Pillow.Image) -> Pillow.Image:
    """The picture in the colours every program shows: RGB, or RGBA where it is see-through."""
    if image.mode in ("RGB", "RGBA", "L"):
        return image
    clear = image.mode in ("LA", "PA") or "transparency" in image.info
    return image.convert("RGBA" if clear else "RGB")


def _packed(
    image: Pillow.Image, given: PictureFormat, profile: bytes | None
) -> tuple[bytes, PictureFormat]:
    """The bytes as JPEG, for a photo, or as PNG, for a drawing or what is see-through."""
    colours = {"icc_profile": profile} if profile else {}
    jpeg = b""
    if image.mode != "RGBA":
        jpeg = _saved(image, "JPEG", quality=_QUALITY, optimize=True, progressive=True, **colours)
        if given == "jpeg":
            return jpeg, "jpeg"
    png = _saved(image, "PNG", optimize=True, **colours)
    return (jpeg, "jpeg") if jpeg and len(jpeg) < _MUCH_SMALLER * len(png) else (png, "png")


def _saved(image: Pillow.Image, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()
