"""What a reader found -> a draft's file: head and text, with a remark beside what is unsure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from presskit.document import Document, from_json, to_json
from presskit.intake.found import Found, Reading, Remark
from presskit.intake.markdown_writer import write_markdown
from presskit.pictures import Picture
from presskit.release import Contact
from presskit.settings import Settings

_PARTS = ("name", "role_label", "office", "email", "phone", "fax", "initials")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
_PERSON = re.compile(r"inquiries\.(\d+)\.")


@dataclass(frozen=True)
class DraftFile:
    """A draft ready to be written: its text, and the pictures by their path beside it."""

    text: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


def write_draft(reading: Reading, settings: Settings, stem: str, origin: str) -> DraftFile:
    """The draft of a reading; ``stem`` names the folder of its pictures beside it.

    ``origin`` is a line that says where it came from. Values that are unsure stand as remarks in
    the head, for a person to choose.
    """
    document, pictures = _with_pictures_beside(reading, stem)
    written = write_markdown(document)
    changed = "; ".join(written.changed[:5])
    remark = Remark(
        rule="markdown",
        sentence="{count} blocks are not quite as they were: {words}.",
        remedy="Compare them with the original.",
        facts={"count": len(written.changed), "words": changed},
    )
    head = "\n".join(_head(reading, settings, origin))
    return DraftFile(
        text=f"---\n{head}\n---\n{written.text}",
        pictures=pictures,
        remarks=(*reading.remarks, *((remark,) if written.changed else ())),
    )


def _head(reading: Reading, settings: Settings, origin: str) -> Iterator[str]:
    yield f"# {origin}"
    series = _series(reading, settings)
    if series:
        yield f"series: {series}"
    for key in ("kind", "title", "kicker", "subject", "date"):
        yield from _line(key, reading.values(key), needed=key in ("title", "date"))
    numbers = [each.value for each in reading.values("file_reference")]
    if numbers:
        yield f"file_reference: {json.dumps(numbers, ensure_ascii=False)}"
    yield from _person_lines("contact", _person(reading, "contact"), settings)
    yield from _inquiries(reading, settings)
    for key in ("place", "reference"):
        yield from _line(key, reading.values(key))
    yield from _embargo(reading)
    for each in reading.values("documents"):
        yield f"# document named by the source: {each.value}"
    for remark in reading.remarks:
        if remark.open:
            yield f"# {_said(remark)}"


def _line(key: str, found: tuple[Found, ...], *, needed: bool = False) -> Iterator[str]:
    """A key with its value; of several, each is a remark and the key waits."""
    if len(found) == 1:
        unsure = "" if found[0].confidence != "unsure" else f"   # unsure{_where(found[0])}"
        yield f"{key}: {_quoted(found[0].value)}{unsure}"
        return
    for each in found:
        yield f"# {key}: {_quoted(each.value)}   # unsure{_where(each)}"
    if needed:
        yield f'{key}: ""'


def _where(found: Found) -> str:
    return f", line {found.line}" if found.line else ""


def _series(reading: Reading, settings: Settings) -> str:
    """The series whose letters begin the number."""
    references = [each.value for each in reading.values("reference")]
    letters = {re.match("[A-Za-z]*", each)[0].upper() for each in references}  # type: ignore[index]
    known = [letter for letter in settings.series if letter in letters]
    return known[0] if len(known) == 1 else ""


def _person(reading: Reading, key: str) -> dict[str, str]:
    parts = {part: reading.values(f"{key}.{part}") for part in _PARTS}
    return {part: found[0].value for part, found in parts.items() if found}


def _inquiries(reading: Reading, settings: Settings) -> Iterator[str]:
    found = (_PERSON.match(each.key) for each in reading.found)
    numbers = sorted({int(each[1]) for each in found if each})
    people = [_person(reading, f"inquiries.{number}") for number in numbers]
    if people:
        yield "inquiries:"
    for person in people:
        key = _known(person, settings)
        if key:
            yield f"  - {key}"
        else:
            lines = [f"{part}: {_quoted(value)}" for part, value in person.items()]
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])


def _person_lines(key: str, person: dict[str, str], settings: Settings) -> Iterator[str]:
    if not person.get("name"):
        yield from (f"# {key}.{part}: {value}" for part, value in person.items())
        return
    known = _known(person, settings)
    if known:
        yield f"{key}: {known}"
        return
    yield f"{key}:"
    yield from (f"  {part}: {_quoted(value)}" for part, value in person.items())


def _known(person: dict[str, str], settings: Settings) -> str:
    """The key of a contact of the office of whom the source says nothing else."""
    for key, contact in settings.contacts.items():
        if all(_alike(value, contact, part) for part, value in person.items()):
            return key
    return ""


def _alike(value: str, contact: Contact, part: str) -> bool:
    own = str(getattr(contact, part))
    if part in ("phone", "fax"):
        return re.sub(r"\D", "", value) == re.sub(r"\D", "", own)
    return value.casefold() == own.casefold()


def _embargo(reading: Reading) -> Iterator[str]:
    for each in reading.values("embargo")[:1]:
        if _MOMENT.fullmatch(each.value):
            yield f"embargo: {each.value}"
        else:
            yield f"embargo: {{event: {_quoted(each.value)}}}"


def _said(remark: Remark) -> str:
    text = f"{remark.sentence} {remark.remedy}".format(**remark.facts)
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Text as a YAML scalar: a JSON string is one (YAML 1.2)."""
    return json.dumps(" ".join(text.split(" ")), ensure_ascii=False)


def _with_pictures_beside(reading: Reading, stem: str) -> tuple[Document, dict[str, bytes]]:
    """The text with its pictures in a folder beside the draft."""
    paths = {source: f"{stem}/{each.file_name}" for source, each in reading.pictures.items()}
    document = from_json(_moved(to_json(reading.text), paths))
    contents = {paths[source]: each.content for source, each in _sorted(reading.pictures)}
    return document, contents


def _moved(value: object, paths: Mapping[str, str]) -> list[object]:
    def moved(each: object) -> object:
        if isinstance(each, list):
            return [moved(one) for one in each]
        if isinstance(each, dict):
            changed = {key: moved(one) for key, one in each.items()}
            if changed.get("type") == "Image":
                changed["source"] = paths.get(str(changed["source"]), changed["source"])
            return changed
        return each

    result = moved(value)
    return result if isinstance(result, list) else []


def _sorted(pictures: Mapping[str, Picture]) -> list[tuple[str, Picture]]:
    return sorted(pictures.items())
