"""The skeleton says what an EmailMessage of the same content says, for any names and texts."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import fast_mail_parser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.dispatch.skeleton import Enclosure, FiledMail, Personal, compile_skeleton
from presskit.errors import ArchiveError
from presskit.markers import GREETING, NOTICE
from presskit.people import DistributionList

PRESS = DistributionList(key="press", title="Presse & <Funk>", file="press.csv", basis="press")
NOON = dt.datetime(2017, 7, 31, 12, 0, tzinfo=dt.UTC)
PAGE = (
    f"<html><p>{GREETING.opening}Sehr geehrte Damen und Herren,{GREETING.closing}</p>"
    f"<p>BODY</p><p>{NOTICE.opening}{NOTICE.closing}</p></html>"
)

# Anything a list or a release may hold: one line, no control characters, no half surrogates.
lines = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=300
).map(lambda text: " ".join(text.split(" ")).strip() or "x")
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"))


def filed(**changes: object) -> FiledMail:
    values: dict[str, object] = {
        "subject": "Statement zum „Quartier 2020“",
        "sender": ("Städtetag", "presse@example.org"),
        "reply_to": ("Christiane Conzen", "conzen@example.org"),
        "language": "de",
        "html": PAGE,
        "text": "Stuttgart. Ein Satz.\n",
        "enclosures": (),
        "key": "a" * 64,
    }
    return FiledMail(**{**values, **changes})  # type: ignore[arg-type]


def person(**changes: object) -> Personal:
    values: dict[str, object] = {
        "name": "Kim Beispiel",
        "address": "kim@example.org",
        "greeting": "Guten Tag Kim Beispiel",
        "token": "t0ken",
        "date": NOON,
    }
    return Personal(**{**values, **changes})  # type: ignore[arg-type]


def parsed(mail: FiledMail, to: Personal) -> EmailMessage:
    raw = compile_skeleton(mail, PRESS).message(to)
    assert_well_formed(raw)
    return message_from_bytes(raw, policy=policy.default)  # type: ignore[return-value]


def assert_well_formed(raw: bytes) -> None:
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    head, _, body = raw.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, body.split(b"\r\n"))) <= 78


def shown_name(message: EmailMessage) -> str:
    """The recipient's name; Python's own address parser puts blanks between encoded words."""
    raw = message_from_bytes(message.as_bytes(), policy=policy.compat32)["To"]
    name, _address = parseaddr(raw)
    return str(make_header(decode_header(name)))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_message_has_the_headers_a_reader_and_a_server_need() -> None:
    message = parsed(filed(), person())
    assert message["From"] == "Städtetag <presse@example.org>"
    assert message["To"] == "Kim Beispiel <kim@example.org>"
    assert message["Reply-To"] == "Christiane Conzen <conzen@example.org>"
    assert message["Subject"] == "Statement zum „Quartier 2020“"
    assert message["Message-ID"] == f"<{'a' * 16}.t0ken@example.org>"
    assert message["List-Id"] == "<press.example.org>"
    assert message["List-Unsubscribe"] == "<mailto:presse@example.org?subject=unsubscribe%20t0ken>"
    assert message["Date"].datetime == NOON
    assert [each.get_content_type() for each in message.iter_parts()] == [
        "text/plain",
        "text/html",
    ]


def test_greeting_text_and_notice_stand_in_both_parts() -> None:
    message = parsed(filed(), person(greeting="Sehr geehrte Frau Dr. <Müller>"))
    assert part(message, "plain").startswith("Sehr geehrte Frau Dr. <Müller>,\n\nStuttgart.")
    assert "<p>Sehr geehrte Frau Dr. &lt;Müller&gt;,</p>" in part(message, "html")
    assert "„Presse & <Funk>“" in part(message, "plain")
    assert "„Presse &amp; &lt;Funk&gt;“" in part(message, "html")
    assert "presskit:" not in part(message, "html")


def test_attachments_keep_bytes_and_names() -> None:
    content = bytes(range(256)) * 9
    enclosure = Enclosure(
        file_name="Übersicht „Städte“; 2017" + "ß" * 90 + ".pdf",
        media_type="application/pdf",
        content=content,
    )
    message = parsed(filed(enclosures=(enclosure,)), person())
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == enclosure.file_name
    assert attached.get_content() == content


def test_no_name_leaves_the_bare_address() -> None:
    assert parsed(filed(), person(name=""))["To"] == "kim@example.org"


@pytest.mark.parametrize(
    "hostile",
    [
        "Kim\r\nBcc: everyone@example.org",
        "Kim\nX-Evil: 1",
        "Kim\u2028Bcc: x",
        '"Kim" <kim@example.org>, evil@example.org',
        "=?utf-8?q?Kim?=",
        "K" * 300,
        "💐" * 100,
        "\\",
        'a" <b',
        "Kim, (Redaktion) [a]; b: c.",
    ],
)
def test_a_hostile_name_adds_no_header_and_loses_no_word(hostile: str) -> None:
    message = parsed(filed(subject=hostile), person(name=hostile))
    usual = parsed(filed(), person())
    assert message.keys() == usual.keys()
    plain = " ".join(hostile.split())
    assert message["To"].addresses[0].addr_spec == "kim@example.org"
    assert len(message["To"].addresses) == 1
    assert shown_name(message) == plain
    assert message["Subject"] == plain


@settings(deadline=None, max_examples=120)
@given(name=lines, greeting=lines, subject=lines, text=texts, body=texts)
def test_it_equals_an_email_message(
    name: str, greeting: str, subject: str, text: str, body: str
) -> None:
    body = body.replace("<", "").replace("&", "")
    message = parsed(
        filed(subject=subject, text=text, html=PAGE.replace("BODY", body)),
        person(name=name, greeting=greeting),
    )
    peer = EmailMessage()
    peer.set_content(f"{greeting},\n\n{text.rstrip()}\n\n-- \n")
    expected = peer.get_content().replace("\r\n", "\n")
    assert part(message, "plain").startswith(expected)
    assert f"<p>{body}</p>" in part(message, "html")
    assert _squeezed(message["Subject"]) == _squeezed(subject)
    assert _squeezed(shown_name(message)) == _squeezed(name)


def _squeezed(text: str) -> str:
    """Without blanks: readers of headers disagree on those beside encoded words."""
    return re.sub(r"\s", "", text)


def test_a_page_without_its_places_is_not_sent() -> None:
    with pytest.raises(ArchiveError, match="places for greeting"):
        compile_skeleton(filed(html="<p>no marks</p>"), PRESS)


def test_the_message_id_is_the_same_for_every_attempt() -> None:
    skeleton = compile_skeleton(filed(), PRESS)
    later = person(date=NOON + dt.timedelta(hours=1))
    assert skeleton.message_id(person()) == skeleton.message_id(later)


# Pictures that the mail shows, and what other readers of mail make of it

names = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=80
)
contents = st.binary(max_size=300)
media_types = st.sampled_from(("image/png", "image/jpeg", "image/gif"))
pictures = st.lists(st.tuples(names, media_types, contents), min_size=1, max_size=3)


def shown(given_pictures: list[tuple[str, str, bytes]]) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(file_name=name, media_type=kind, content=content, content_id=f"{number}@presskit")
        for number, (name, kind, content) in enumerate(given_pictures)
    )


def peer_of(parts: tuple[Enclosure, ...], enclosures: tuple[Enclosure, ...]) -> EmailMessage:
    """The same mail as Python's library builds it."""
    peer = EmailMessage()
    peer.set_content("text")
    peer.add_alternative("<p>html</p>", subtype="html")
    html = peer.get_payload()[1]
    for each in parts:
        main, _, sub = each.media_type.partition("/")
        html.add_related(
            each.content,
            maintype=main,
            subtype=sub,
            cid=f"<{each.content_id}>",
            filename=each.file_name,
            disposition="inline",
        )
    for each in enclosures:
        main, _, sub = each.media_type.partition("/")
        peer.add_attachment(each.content, maintype=main, subtype=sub, filename=each.file_name)
    return peer


def outline(message: EmailMessage) -> list[tuple[object, ...]]:
    """Its parts in their order: kind, place among the others, name and content."""
    return [
        (
            part.get_content_type(),
            part["Content-ID"],
            part.get_content_disposition(),
            part.get_filename(),
            part.get_content() if part.get_content_maintype() in ("image", "application") else "",
        )
        for part in message.walk()
    ]


@settings(deadline=None, max_examples=80)
@given(pictures, st.booleans())
def test_pictures_come_as_an_email_message_would_bring_them(
    given_pictures: list[tuple[str, str, bytes]], attached: bool
) -> None:
    parts = shown(given_pictures)
    file = Enclosure(file_name="Übersicht.pdf", media_type="application/pdf", content=b"%PDF")
    enclosures = (file,) * attached
    message = parsed(filed(parts=parts, enclosures=enclosures), person())
    assert outline(message) == outline(peer_of(parts, enclosures))


def test_the_related_parts_say_what_they_belong_to() -> None:
    parts = shown([("ulm.png", "image/png", b"\x89PNG")])
    message = parsed(filed(parts=parts, html=PAGE.replace("BODY", "cid:0@presskit")), person())
    (related,) = (each for each in message.walk() if each.get_content_subtype() == "related")
    assert related.get_param("type") == "text/html"  # RFC 2387, 3.1
    html, picture = related.iter_parts()
    assert "cid:0@presskit" in html.get_content()
    assert picture["Content-ID"] == "<0@presskit>"
    assert message.get_body(("related", "html")) is not None
    assert list(message.iter_attachments()) == []


@settings(deadline=None, max_examples=40)
@given(pictures)
def test_another_reader_of_mail_finds_the_same_names_and_bytes(
    given_pictures: list[tuple[str, str, bytes]],
) -> None:
    file = Enclosure(
        file_name="Übersicht „Städte“; 2017 " + "ß" * 60 + ".pdf",
        media_type="application/pdf",
        content=b"%PDF",
    )
    mail = filed(parts=shown(given_pictures), enclosures=(file,))
    read = fast_mail_parser.parse_email(compile_skeleton(mail, PRESS).message(person()))
    assert read.subject == mail.subject
    expected = [*given_pictures, (file.file_name, file.media_type, file.content)]
    assert [(each.filename, each.mimetype, each.content) for each in read.attachments] == expected


def test_a_message_is_as_large_as_it_says() -> None:
    parts = shown([("ulm.png", "image/png", bytes(60_000))])
    skeleton = compile_skeleton(filed(parts=parts), PRESS)
    assert 0 < len(skeleton.message(person())) - skeleton.octets < 500
