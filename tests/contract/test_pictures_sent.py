"""A picture's way: from beside the draft into the bag, onto the page, and into the inbox."""

from __future__ import annotations

import mailbox
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from conftest import change_settings, write_draft

from presskit.desk.publish import plan_publication, publish
from presskit.desk.renditions import message_size
from presskit.desk.send import send
from presskit.errors import DraftError, OfficeError
from presskit.office import Office
from presskit.release import Release
from presskit.reporter import SilentReporter
from tests.unit.specimens import photo, png

TEXT = "Ein Satz.\n\n![Das Rathaus](rathaus.jpg 'Foto: Amt')\n\nEin ![Punkt](punkt.png) dazu."


def published(office: Office) -> Path:
    """The bag of a release with two pictures and a logo."""
    (office.folder / "drafts/rathaus.jpg").write_bytes(photo(1800, 900))
    (office.folder / "drafts/punkt.png").write_bytes(png(12, 12))
    (office.folder / "templates/logo.png").write_bytes(png(300, 60))
    path = write_draft(office.folder, text=TEXT)
    return publish(office, plan_publication(office, path), "Test").folder


def message_html(message: EmailMessage) -> str:
    (html,) = (each for each in message.walk() if each.get_content_type() == "text/html")
    return str(html.get_content())


def test_the_bag_holds_the_pictures_as_they_came_and_as_the_mail_carries_them(
    any_office: Office,
) -> None:
    data = published(any_office) / "data"
    original = (data / "pictures/rathaus.jpg").read_bytes()
    assert original == (any_office.folder / "drafts/rathaus.jpg").read_bytes()
    in_mail = sorted(each.name for each in (data / "mail").iterdir())
    assert [re.sub(r"-[0-9a-f]{8}\.", ".", name) for name in in_mail] == [
        *("logo.png", "punkt.png", "rathaus.jpg"),
    ]
    html = next(data.glob("*.mail.html")).read_text(encoding="utf-8")
    assert html.count('src="cid:') == 3
    page = (data / "P-309-2017.html").read_text(encoding="utf-8")
    for source in re.findall(r'<img src="((?!data:)[^"]+)"', page):
        assert (data / source).is_file()


def test_the_catalogue_knows_each_parts_media_type_and_content_id(any_office: Office) -> None:
    published(any_office)
    files = any_office.catalogue.files(any_office.catalogue.one("P 309/2017"))
    parts = [each for each in files if each.role == "mail-part"]
    assert sorted(each.media_type for each in parts) == ["image/jpeg", "image/png", "image/png"]
    for each in parts:
        assert each.title == f"{each.sha256[:24]}@presskit"


def test_what_was_filed_is_what_the_readers_programs_show(any_office: Office) -> None:
    folder = published(any_office)
    send(any_office, "P 309/2017", ["press"], "Test", SilentReporter())
    (one, *_) = mailbox.Maildir(any_office.folder / "outbox")
    message = message_from_bytes(bytes(one), policy=policy.default)
    assert isinstance(message, EmailMessage)
    shown = set(re.findall(r'src="cid:([^"]+)"', message_html(message)))
    carried = {
        str(part["Content-ID"]).strip("<>"): part.get_content()
        for part in message.walk()
        if part.get_content_maintype() == "image"
    }
    assert shown == {*carried}
    assert len(carried) == 3
    filed = {each.read_bytes() for each in (folder / "data/mail").iterdir()}
    assert set(carried.values()) == filed


def test_hosted_pictures_are_filed_for_the_press_room_and_not_sent(office: Office) -> None:
    change_settings(
        office.folder,
        lambda text: text.replace('pictures = "embedded"', 'pictures = "hosted"').replace(
            'logo = "embedded"', 'logo = "none"'
        ),
    )
    hosting = Office.open(office.folder, office.clock)
    data = published(hosting) / "data"
    assert len(list((data / "mail").iterdir())) == 2
    send(hosting, "P 309/2017", ["press"], "Test", SilentReporter())
    (one, *_) = mailbox.Maildir(office.folder / "outbox")
    assert b"multipart/related" not in bytes(one)
    hosting.close()


def test_hosting_without_a_press_room_is_refused(office: Office) -> None:
    change_settings(
        office.folder,
        lambda text: text.replace('logo = "embedded"', 'logo = "hosted"').replace(
            "https://presse.example.org", ""
        ),
    )
    with pytest.raises(OfficeError, match=r"key 'mail\.logo': there is no press room"):
        Office.open(office.folder, office.clock)


def test_a_logo_that_is_no_picture_is_named(office: Office) -> None:
    (office.folder / "templates/logo.png").write_bytes(b"no picture")
    with pytest.raises(DraftError, match=r"templates/logo\.png: the picture 'logo\.png'"):
        plan_publication(office, write_draft(office.folder))


def test_the_size_of_a_message_counts_what_it_carries(office: Office) -> None:
    published(office)
    path = write_draft(office.folder, "b.md", text=TEXT)
    plan = plan_publication(office, path)
    release = Release(draft=plan.draft, reference=plan.expected, published_at=office.now())
    size = message_size(office, release, plan.renditions)
    publish(office, plan, "Test")
    send(office, "P 310/2017", ["press"], "Test", SilentReporter())
    sizes = [len(bytes(each)) for each in mailbox.Maildir(office.folder / "outbox")]
    assert all(abs(each - size) < 0.02 * size + 600 for each in sizes)
