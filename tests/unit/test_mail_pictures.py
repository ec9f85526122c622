"""Pictures in a mail: small enough, named rightly, the same bytes each time."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from PIL import Image as Pillow

from presskit.document import Document, Image, Paragraph, Text
from presskit.pictures import Picture
from presskit.release import Release
from presskit.render import mail, page
from presskit.render.house import House
from presskit.render.pictures import fit_for_mail, mail_parts, page_pictures
from presskit.testing import sample_release
from tests.unit.specimens import photo, picture, png
from tests.unit.test_mail import house

SOURCE = "bilder/rathaus.jpg"


def shown(pictures: dict[str, Picture]) -> Release:
    blocks = tuple(Paragraph((Image(source, "Rathaus", "Foto: Amt"),)) for source in pictures)
    return sample_release(text=Document(blocks), pictures=pictures)


def dressed(**changes: object) -> House:
    return dataclasses.replace(house(), **changes)  # type: ignore[arg-type]


def test_a_wide_photo_is_made_as_wide_as_a_mail_needs_it() -> None:
    small, form = fit_for_mail(picture(photo(3000, 1000)))
    with Pillow.open(io.BytesIO(small)) as opened:
        assert opened.size == (1200, 400)
        assert (form, opened.format) == ("jpeg", "JPEG")


def test_a_small_picture_keeps_its_bytes() -> None:
    content = png(900, 40)
    assert fit_for_mail(picture(content)) == (content, "png")


def test_a_photo_given_as_png_becomes_a_jpeg_and_a_drawing_stays_one() -> None:
    assert fit_for_mail(picture(photo(1600, 900, "png")))[1] == "jpeg"
    assert fit_for_mail(picture(png(1600, 900)))[1] == "png"


def test_a_drawing_that_is_see_through_stays_so() -> None:
    buffer = io.BytesIO()
    Pillow.new("RGBA", (1600, 100), (0, 80, 140, 90)).save(buffer, "PNG")
    small, form = fit_for_mail(picture(buffer.getvalue()))
    with Pillow.open(io.BytesIO(small)) as opened:
        assert (form, opened.mode) == ("png", "RGBA")


def test_a_moving_picture_goes_on_moving() -> None:
    buffer = io.BytesIO()
    frames = [Pillow.new("L", (1400, 10), shade) for shade in (10, 200)]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert fit_for_mail(picture(buffer.getvalue())) == (buffer.getvalue(), "gif")


def test_the_same_picture_gives_the_same_bytes() -> None:
    content = photo(1500, 500)
    first = fit_for_mail(picture(content))
    fit_for_mail.cache_clear()
    assert fit_for_mail(picture(content)) == first


def test_a_mail_names_the_parts_it_carries() -> None:
    release = shown({SOURCE: picture(photo(2000, 1000), "rathaus.jpg")})
    (part,) = mail_parts(release, house())
    html = mail.render(release, house()).decode()
    assert re.fullmatch(r"[0-9a-f]{24}@presskit", part.content_id)
    assert (part.media_type, part.file_name[:8]) == ("image/jpeg", "rathaus-")
    image = re.search(r"<img [^>]*>", html)
    assert image
    assert f'src="cid:{part.content_id}"' in image[0]
    assert 'alt="Rathaus"' in image[0]
    assert 'width="536" height="268"' in image[0]
    assert re.search(r'style="[^"]*max-width:100%', image[0])
    beside = mail.with_files_beside(html, mail_parts(release, house()))
    assert f'src="mail/{part.file_name}"' in beside
    assert "cid:" not in beside


def test_a_picture_is_as_large_as_on_paper() -> None:
    release = shown({SOURCE: picture(png(600, 300), dpi=300)})
    assert mail_parts(release, house())[0].shown.width == 192
    assert page_pictures(release)[SOURCE].width == 192


def test_hosted_pictures_are_shown_from_the_press_room() -> None:
    release = shown({SOURCE: picture(png(60, 30), "rathaus.png")})
    hosted = dressed(mail_pictures="hosted", base_url="https://presse.example.org")
    (part,) = mail_parts(release, hosted)
    assert part.content_id == ""
    address = f"https://presse.example.org/P-309-2017/mail/{part.file_name}"
    assert f'src="{address}"' in mail.render(release, hosted).decode()


@pytest.mark.parametrize(("carriage", "parts"), [("embedded", 1), ("hosted", 1), ("none", 0)])
def test_the_logo_comes_as_the_settings_say(carriage: str, parts: int) -> None:
    logo = picture(png(480, 96), "logo.png")
    dress = dressed(logo=logo, mail_logo=carriage, base_url="https://presse.example.org")
    release = sample_release()
    found = mail_parts(release, dress)
    html = mail.render(release, dress).decode()
    assert len(found) == html.count("<img ") == parts
    assert [each.content_id != "" for each in found] == [carriage == "embedded"] * parts
    assert all((each.shown.width, each.shown.height) == (240, 48) for each in found)


def test_the_same_picture_twice_is_carried_once() -> None:
    content = png(40, 20)
    release = shown({"a.png": picture(content, "a.png"), "b.png": picture(content, "a.png")})
    assert len(mail_parts(release, house())) == 1


def test_a_page_looks_for_its_pictures_beside_it_and_has_the_logo_within() -> None:
    release = shown({SOURCE: picture(png(60, 30), "rathaus.png")})
    html = page.render(release, dressed(logo=picture(png(96, 48), "logo.png"))).decode()
    assert 'src="pictures/rathaus.png" alt="Rathaus" width="60" height="30"' in html
    assert "<figcaption>Foto: Amt</figcaption>" in html
    assert html.count('src="data:image/png;base64,') == 1


def test_a_text_without_pictures_has_no_parts() -> None:
    assert mail_parts(sample_release(text=Document((Paragraph((Text("a"),)),))), house()) == ()
