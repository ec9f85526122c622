"""The head of a release in a Word file: by the tags of its controls, else by labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.found import Found
from presskit.intake.labels import SourceLine, read_date, read_letterhead
from presskit.intake.word.reader import WordFile
from presskit.ooxml.controls import tagged
from presskit.ooxml.markup import Element, q
from presskit.wording import LANGUAGES, word

_KEYS = {
    "press.kind": "kind",
    "press.sender.office": "contact.office",
    "press.contact.role": "contact.role_label",
    "press.contact.name": "contact.name",
    "press.contact.email": "contact.email",
    "press.contact.phone": "contact.phone",
    "press.contact.fax": "contact.fax",
    "press.contact.initials": "contact.initials",
    "press.reference": "reference",
    "press.kicker": "kicker",
    "press.title": "title",
}
_SIGNS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "softHyphen": ""}
_TIME = re.compile(r"(?P<date>\d{1,2}\. \w+ \d{4}), (?P<hour>\d{1,2})[:.](?P<minute>\d{2}) Uhr")


def tagged_fields(file: WordFile, stories: tuple[str, ...]) -> tuple[Found, ...]:
    """The value of every tagged control, each key once; prompts are no values."""
    found: dict[tuple[str, str], Found] = {}
    for story in stories:
        for tag, control in tagged(file.package.tree(story)):
            if control.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None:
                continue
            text = words_of(control)
            for each in _of_tag(tag, text) if text else ():
                found.setdefault((each.key, each.value), each)
    return tuple(found.values())


def labelled_fields(paragraphs: list[str]) -> tuple[tuple[Found, ...], set[int]]:
    """What the paragraphs above a title tell by their labels, and which of them are spent."""
    lines = [SourceLine(number, text) for number, text in enumerate(paragraphs, start=1)]
    known = read_letterhead(lines)
    return tuple(known.found), known.used


def words_of(node: Element) -> str:
    """The words below an element, without what was deleted."""
    parts = []
    for each in node.iter(q("w:t"), *(q(f"w:{name}") for name in _SIGNS)):
        name = each.tag.rpartition("}")[2]
        parts.append(each.text or "" if name == "t" else _SIGNS[name])
    return " ".join("".join(parts).replace("\N{NON-BREAKING HYPHEN}", "-").split())


def _of_tag(tag: str, text: str) -> Iterator[Found]:
    if tag in _KEYS:
        yield Found(key=_KEYS[tag], value=text, confidence="certain", source=text)
    elif tag == "press.file_reference":
        for each in text.split(";"):
            yield Found(key="file_reference", value=each.strip(), confidence="certain", source=text)
    elif tag == "press.reference_line":
        yield from read_letterhead([SourceLine(1, text)]).found
    elif tag == "press.date" and (date := read_date(text)) is not None:
        yield Found(key="date", value=date.isoformat(), confidence="certain", source=text)
    elif tag == "press.date":
        yield Found(key="date", value=text, confidence="unsure", source=text)
    elif tag == "press.embargo":
        yield _embargo(text)


def _embargo(text: str) -> Found:
    """``Sperrfrist: 31. Juli 2017, 10:00 Uhr`` as a moment, anything else as an event."""
    for language in LANGUAGES:
        text = text.removeprefix(f"{word('embargo', language)}:").strip()
    found = _TIME.fullmatch(text)
    date = read_date(found["date"]) if found else None
    if found is None or date is None:
        return Found(key="embargo", value=text, confidence="likely", source=text)
    moment = f"{date.isoformat()}T{int(found['hour']):02}:{found['minute']}"
    return Found(key="embargo", value=moment, confidence="certain", source=text)
