"""Pictures: read from beside the draft, measured, or refused with the line that shows them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

import pytest
from PIL import Image as Pillow

from presskit.document import Document, Image, Paragraph, Text
from presskit.errors import DraftError, Place
from presskit.intake.figures import read_pictures
from presskit.intake.pictures import read_picture
from presskit.pictures import Picture

PLACE = Place("draft.md", 7)


def drawn(form: str, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", size, "teal").save(buffer, form, **options)
    return buffer.getvalue()


def read(content: bytes) -> Picture:
    return read_picture(content, "karte.png", PLACE, "karte.png")


def fault(content: bytes) -> str:
    with pytest.raises(DraftError) as caught:
        read(content)
    return str(caught.value)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_a_picture_keeps_its_bytes(form: str) -> None:
    content = drawn(form)
    picture = read(content)
    assert (picture.format, picture.width, picture.height) == (form.lower(), 40, 20)
    assert picture.content == content


def test_a_picture_is_shown_in_its_own_size_or_as_wide_as_there_is_room() -> None:
    picture = read(drawn("PNG", (300, 150), dpi=(300, 300)))
    assert picture.size_within(400) == pytest.approx((72, 36), rel=0.01)
    assert picture.size_within(36) == pytest.approx((36, 18), rel=0.01)


def test_a_photo_is_turned_as_its_camera_says_and_forgets_where_it_was_taken() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    picture = read(drawn("JPEG", exif=exif))
    assert (picture.width, picture.height) == (20, 40)
    assert not Pillow.open(io.BytesIO(picture.content)).getexif()


def test_a_photo_in_the_colours_of_print_is_drawn_in_those_of_the_screen() -> None:
    buffer = io.BytesIO()
    Pillow.new("CMYK", (40, 20)).save(buffer, "JPEG")
    assert Pillow.open(io.BytesIO(read(buffer.getvalue()).content)).mode == "RGB"


def vast_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (vast_png(), "60 million pixels"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (drawn("PNG")[:60], "no picture that can be shown"),
        (drawn("WEBP"), "is a WEBP"),
        (drawn("TIFF"), "is a TIFF"),
        (b"", "no picture"),
        (b"\0" * 20_000_001, "more than 20 megabytes"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_its_line(content: bytes, words: str) -> None:
    assert words in fault(content)
    assert fault(content).startswith("draft.md, line 7: ")


def pictures_of(*images: Image, files: Mapping[str, bytes]) -> dict[str, Picture]:
    def read_file(name: str) -> bytes:
        if name not in files:
            raise FileNotFoundError(2, "No such file or directory")
        return files[name]

    blocks = tuple(Paragraph((each,), line=3) for each in images)
    return read_pictures(Document(blocks), "draft.md", read_file)


def test_pictures_of_one_name_are_filed_under_two() -> None:
    files = {
        "a/karte.png": drawn("PNG"),
        "b/karte.png": drawn("PNG"),
        "Öhringen.jpg": drawn("JPEG"),
    }
    images = [Image(each.replace("Ö", "%C3%96"), "Karte") for each in files]
    found = pictures_of(*images, files=files)
    assert [each.file_name for each in found.values()] == [
        "karte.png",
        "karte-2.png",
        "Oehringen.jpg",
    ]


@pytest.mark.parametrize(
    ("image", "words"),
    [
        (Image("fehlt.png", "Karte"), "cannot be read"),
        (Image("https://example.org/a.png", "Karte"), "on the network"),
        (Image("//example.org/a.png", "Karte"), "on the network"),
        (Image("data:image/png;base64,AAAA", "Karte"), "on the network"),
        (Image("karte.png", " "), "no words"),
        (Image("k\0arte.png", "Karte"), "cannot be read"),
    ],
)
def test_a_picture_that_is_not_there_is_named_with_its_line(image: Image, words: str) -> None:
    with pytest.raises(DraftError, match=words) as caught:
        pictures_of(image, files={"karte.png": drawn("PNG")})
    assert str(caught.value).startswith("draft.md, line 3: ")


def test_only_a_picture_alone_in_its_paragraph_has_a_caption() -> None:
    image = Image("karte.png", "Karte", "Die Städte")
    files = {"karte.png": drawn("PNG")}
    assert pictures_of(image, files=files)
    with pytest.raises(DraftError, match="caption"):
        read_pictures(Document((Paragraph((Text("Hier: "), image)),)), "d", files.__getitem__)
