"""What stands around the words of a release's text: dateline, people to ask, list of documents.

A published release carries them in its text; a draft has them in its head. Both readers of past
texts take them off again.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from presskit.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    LineBreak,
    Paragraph,
    Strong,
    Text,
    nodes,
    plain,
)
from presskit.intake.found import Found
from presskit.intake.labels import healed_phone
from presskit.wording import LANGUAGES, word

_PLACE = r"[A-ZÄÖÜ][a-zäöüß]+(?:[ /-][A-ZÄÖÜ][a-zäöüß]+)*"
_BOLD_DATELINE = re.compile(rf"({_PLACE})\.")
_PLAIN_DATELINE = re.compile(rf"({_PLACE})\.\s+(?=[A-ZÄÖÜ„\"0-9])")
_INQUIRIES = tuple(f"{word('contact', language)}:" for language in LANGUAGES)
_DOCUMENTS = (*(word("attachments", language) for language in LANGUAGES), "Dokumente", "Dokumente:")
_PHONE = re.compile(r"(?:Telefon|Tel\.|Tel|Phone)[:.]?\s*(?P<value>[+(\d][\d\s()/.+\u2011–-]*\d)")
_EMAIL = re.compile(r"(?:E-Mail|Email|Mail)?[:.]?\s*(?P<value>[\w.+-]+@[\w.-]+\.[A-Za-z]{2,})")


def take_off(text: Document) -> tuple[Document, tuple[Found, ...]]:
    """The text without what belongs into a draft's head, and that as found values."""
    blocks = list(text.blocks)
    found = [*_documents(blocks), *_inquiries(blocks), *_place(blocks)]
    return Document(tuple(blocks)), tuple(found)


def _place(blocks: list[Block]) -> Iterator[Found]:
    first = blocks[0] if blocks else None
    match first:
        case Paragraph((Strong((Text(written),)), Text(rest), *others)):
            bold = _BOLD_DATELINE.fullmatch(written.strip())
            if bold is not None and rest.startswith((" ", "\N{NO-BREAK SPACE}")):
                blocks[0] = dataclasses.replace(first, children=(Text(rest.lstrip()), *others))
                yield Found(key="place", value=bold[1], confidence="certain", source=written)
        case Paragraph((Text(written), *others)):
            dateline = _PLAIN_DATELINE.match(written)
            if dateline is not None:
                rest = written[dateline.end() :]
                blocks[0] = dataclasses.replace(first, children=(Text(rest), *others))
                yield Found(
                    key="place", value=dateline[1], confidence="likely", source=dateline[0].strip()
                )


def _documents(blocks: list[Block]) -> Iterator[Found]:
    """``Anlagen`` and the list below it, at the end of the text."""
    match blocks[-2:]:
        case [Heading(_, words), BulletList(items)] if plain(words).strip() in _DOCUMENTS:
            del blocks[-2:]
            for item in items:
                name = " ".join(_words(Document(item.children)).split())
                yield Found(key="documents", value=name, confidence="certain", source=name)
        case [*_, (Heading(_, words) | Paragraph(words))] if plain(words).strip() in _DOCUMENTS:
            del blocks[-1:]


def _inquiries(blocks: list[Block]) -> Iterator[Found]:
    """``Kontakt: Name, office, Telefon …, E-Mail …``, one person a line."""
    for position in range(len(blocks) - 1, max(len(blocks) - 4, -1), -1):
        block = blocks[position]
        if not isinstance(block, Paragraph):
            continue
        text = plain(block.children)
        label = next((each for each in _INQUIRIES if text.startswith(each)), "")
        people = [_person(line) for line in _lines(block.children, label)] if label else []
        if people and all(people):
            del blocks[position]
            for number, person in enumerate(people):
                for part, value in person.items():
                    key = f"inquiries.{number}.{part}"
                    yield Found(
                        key=key, value=value, confidence="likely", source=text, line=block.line
                    )
            return


def _lines(children: tuple[Inline, ...], label: str) -> list[str]:
    marked = "".join("\n" if isinstance(each, LineBreak) else plain((each,)) for each in children)
    return [each.strip() for each in marked.removeprefix(label).split("\n") if each.strip()]


def _person(line: str) -> dict[str, str]:
    """A person's parts; empty where a part of the line would be lost."""
    phone, email = _PHONE.search(line), _EMAIL.search(line)
    starts = [each.start() for each in (phone, email) if each is not None]
    who = line[: min(starts, default=len(line))].strip(" ,;")
    name, _, office = who.partition(",")
    rest = line
    for each in (phone, email):
        rest = rest.replace(each[0], "") if each is not None else rest
    if not starts or not name or rest.replace(who, "", 1).strip(" ,;.|–-"):
        return {}
    number = phone["value"].replace("\N{NON-BREAKING HYPHEN}", "-") if phone else ""
    parts = {
        "name": name.strip(),
        "office": office.strip(),
        "phone": healed_phone(number),
        "email": email["value"] if email else "",
    }
    return {part: value for part, value in parts.items() if value}


def _words(document: Document) -> str:
    return "".join(node.content for node in nodes(document) if isinstance(node, Text))
