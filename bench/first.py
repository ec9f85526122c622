"""How fast: the three renditions of a release, and the messages of a dispatch.

``python bench/first.py``; what is compared with what stands in ``bench/README.md``.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path

import css_inline
import docx
import jinja2
import premailer
from docx.document import Document as WordDocument
from specimens import person, release
from timing import Contender, race, show

from presskit import german
from presskit.dispatch.skeleton import Enclosure, FiledMail, Personal, compile_skeleton
from presskit.document import Block, BulletList, OrderedList, Quote, Table, Text, nodes, plain
from presskit.markers import GREETING, NOTICE, pieces
from presskit.office import Office
from presskit.people import DistributionList
from presskit.release import Release
from presskit.render import mail, render_all, text, word
from presskit.render.house import House
from presskit.wording import word as wording

ROUNDS = 5
DOCUMENTS = 25
PRESS = DistributionList(key="press", title="Presseverteiler", file="press.csv", basis="press")


def main() -> None:
    """Run both."""
    house = Office.open(Path(__file__).resolve().parent.parent).house
    measure_renditions(house)
    for size in (0, 100_000):
        measure_messages(house, size)


# Renditions


def measure_renditions(house: House) -> None:
    """Each rendition, and what is usual instead."""
    _check_renditions(house)
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(dict(house.templates)), autoescape=True, trim_blocks=True
    )
    environment.filters["phone_uri"] = german.phone_uri
    page = partial(_plain_page, environment, house)

    def all_of(render: Callable[[Release], object]) -> Callable[[Sequence[Release]], None]:
        def work(releases: Sequence[Release]) -> None:
            for each in releases:
                render(each)

        return work

    jobs: Sequence[tuple[str, Callable[[Release], object], str]] = (
        ("Word", lambda each: word.render(each, house), "python-docx, plain"),
        ("python-docx, plain", _plain_word, ""),
        ("mail", lambda each: mail.render(each, house), "jinja2 + premailer"),
        ("jinja2 + premailer", lambda each: premailer.transform(page(each)), ""),
        ("jinja2 + css-inline", lambda each: css_inline.inline(page(each)), ""),
        ("text", lambda each: text.render(each, house), ""),
        ("all three", lambda each: render_all(each, house), ""),
    )
    contenders = [Contender(name, all_of(job), DOCUMENTS, peer) for name, job, peer in jobs]

    def releases(number: int, count: int) -> Sequence[Release]:
        return [release(309 + each, number) for each in range(count)]

    show("Renditions of a release", contenders, race(contenders, releases, ROUNDS))


def _plain_page(environment: jinja2.Environment, house: House, release: Release) -> str:
    values = mail.values(release, house.association)
    return environment.get_template("mail.html.j2").render(values)


def _plain_word(release: Release) -> bytes:
    """The words alone on an empty page: no letterhead, links, notes or table."""
    document = docx.Document()
    document.add_heading(release.draft.title, 1)
    for block in release.blocks():
        _add(document, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _add(document: WordDocument, block: Block) -> None:
    match block:
        case Quote(children):
            for each in children:
                _add(document, each)
        case BulletList(items) | OrderedList(items):
            for item in items:
                for each in item.children:
                    _add(document, each)
        case Table(header, rows):
            for row in (header, *rows):
                document.add_paragraph("\t".join(plain(cell) for cell in row))
        case _ if hasattr(block, "level"):
            document.add_heading(plain(block.children), block.level)
        case _:
            document.add_paragraph(plain(getattr(block, "children", ())))


def _check_renditions(house: House) -> None:
    """Every word is in every rendition, or something easier would be measured."""
    specimen = release(309, 0)
    texts = [each.content for each in nodes(specimen.draft.text) if isinstance(each, Text)]
    print(f"A release has {sum(map(len, texts)):,} characters of text.\n")
    contents = {each.format: each.content for each in render_all(specimen, house)}
    with zipfile.ZipFile(io.BytesIO(contents["docx"])) as package:
        parts = [package.read(f"word/{name}.xml") for name in ("document", "footnotes")]
    forms = (b"".join(parts).decode(), contents["mail"].decode(), contents["text"].decode())
    for form in forms:
        for each in " ".join(texts).split():
            assert each in html.unescape(form), each


# Messages


def measure_messages(house: House, size: int) -> None:
    """The skeleton against a message built anew for each recipient."""
    filed = _filed(house, size)
    build = _by_hand(filed)
    _check_messages(filed, build)

    def with_skeleton(people: Sequence[Personal]) -> None:
        skeleton = compile_skeleton(filed, PRESS)
        for each in people:
            skeleton.message(each)

    def by_hand(people: Sequence[Personal]) -> None:
        for each in people:
            build(each).as_bytes(policy=policy.SMTP)

    contenders = (
        Contender("skeleton, compiled once", with_skeleton, 1_000, "EmailMessage each"),
        Contender("skeleton, 20,000 recipients", with_skeleton, 20_000, "EmailMessage each"),
        Contender("EmailMessage each", by_hand, 100),
    )

    def people(number: int, count: int) -> Sequence[Personal]:
        return [person(each, number) for each in range(count)]

    octets = len(compile_skeleton(filed, PRESS).message(person(1, 0)))
    title = f"Messages of {octets:,} octets, attachment of {size:,}"
    show(title, contenders, race(contenders, people, ROUNDS))


def _filed(house: House, size: int) -> FiledMail:
    specimen = release(309, 0)
    content = bytes(number * number % 251 for number in range(size))
    paper = Enclosure(file_name="Übersicht.pdf", media_type="application/pdf", content=content)
    return FiledMail(
        subject=specimen.mail_subject,
        sender=("Städtetag Baden-Württemberg", "presse@example.org"),
        reply_to=("Christiane Conzen", "christiane.conzen@example.org"),
        language="de",
        html=mail.render(specimen, house).decode(),
        text=text.render(specimen, house).decode(),
        enclosures=(paper,) if size else (),
        key="5" * 64,
    )


def _by_hand(filed: FiledMail) -> Callable[[Personal], EmailMessage]:
    """The same mail by the standard library's means; it may choose its own encodings."""
    sender = filed.sender[1]
    why = f"{wording('why', 'de')} „{PRESS.title}“."
    leave = wording("unsubscribe", "de")
    address = f"mailto:{sender}?subject=unsubscribe%20{PRESS.key}"
    link = f'{html.escape(why)} <a href="{address}">{leave}</a>'
    parts = pieces(filed.html) or ()

    def build(each: Personal) -> EmailMessage:
        message = EmailMessage()
        message["From"] = Address(filed.sender[0], addr_spec=sender)
        message["To"] = Address(each.name, addr_spec=each.address)
        message["Reply-To"] = Address(filed.reply_to[0], addr_spec=filed.reply_to[1])
        message["Subject"] = filed.subject
        message["Date"] = format_datetime(each.date)
        message["Message-ID"] = f"<{filed.key[:16]}.{each.token}@{sender.rpartition('@')[2]}>"
        message["List-Id"] = f"<{PRESS.key}.{sender.rpartition('@')[2]}>"
        message["List-Unsubscribe"] = f"<mailto:{sender}?subject=unsubscribe%20{each.token}>"
        greeting = f"{each.greeting},"
        message.set_content(
            f"{greeting}\n\n{filed.text.rstrip()}\n\n-- \n{why}\n{leave}: {sender}\n"
        )
        said = {GREETING: html.escape(greeting), NOTICE: link}
        page = "".join(part if isinstance(part, str) else said[part] for part in parts)
        message.add_alternative(page, subtype="html")
        for paper in filed.enclosures:
            kind, _, subtype = paper.media_type.partition("/")
            message.add_attachment(
                paper.content, maintype=kind, subtype=subtype, filename=paper.file_name
            )
        message["Content-Language"] = "de"  # set earlier, it would move into the first part
        return message

    return build


def _check_messages(filed: FiledMail, build: Callable[[Personal], EmailMessage]) -> None:
    """Read back, both ways must say the same, or something easier would be measured."""
    skeleton = compile_skeleton(filed, PRESS)
    for number in range(20):
        each = person(number, 0)
        ours = _content(skeleton.message(each))
        theirs = _content(build(each).as_bytes(policy=policy.SMTP))
        for mine, other in zip(ours, theirs, strict=True):
            assert mine == other, f"{mine!s:.2000}\n\n{other!s:.2000}"


def _content(message: bytes) -> list[object]:
    """Headers by name, and type, file name and content of each part."""
    parsed = message_from_bytes(message, policy=policy.default)
    assert not any(each.defects for each in parsed.walk())
    headers = {name: str(value).strip() for name, value in parsed.items() if name != "Content-Type"}
    found: list[object] = [headers]
    for part in parsed.walk():
        content = None if part.is_multipart() else part.get_content()
        if isinstance(content, str):
            content = content.replace("\r\n", "\n").rstrip("\n")
        found.append((part.get_content_type(), part.get_filename(), content))
    return found


if __name__ == "__main__":
    main()
