"""The fields of a letterhead: missing, misspelled, of the wrong kind, or soon lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree

from presskit.letterhead import BODY, FIELDS
from presskit.ooxml.markup import NAMESPACES, Element, q, value
from presskit.render.word.binding import is_bound_to_something
from presskit.render.word.finding import Finding, Severity
from presskit.render.word.sheet import Field, Sheet, is_on

_INSERT = "Insert a plain text content control with this tag (tab Developer)."
_PROPERTIES = "Click the control, choose Developer > Properties"

# What a release loses without a field: any of these tags will do.
_ADVISED: tuple[tuple[tuple[str, ...], Severity, str], ...] = (
    (("press.embargo",), "warning", "an embargo would not be seen on the Word file"),
    (("press.contact.name",), "warning", "readers would not learn whom they can ask"),
    (
        ("press.contact.phone", "press.contact.email"),
        "warning",
        "readers would not learn how to reach the contact",
    ),
    (
        ("press.file_reference", "press.reference_line"),
        "hint",
        "the file reference (Az) would not be seen",
    ),
    (("press.kind",), "hint", "nothing would say whether this is a release or a statement"),
    (("press.kicker",), "hint", "a line above the headline would not be seen"),
    (
        ("press.association.name",),
        "hint",
        "the association's name would not follow presskit.toml",
    ),
)

# Controls whose content is chosen, not written; text can be shown only by the latter ones.
_KINDS: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        "w14:checkbox": ("warning", "a check box"),
        "w:picture": ("warning", "for a picture"),
        "w:group": ("warning", "a group"),
        "w15:repeatingSection": ("warning", "a repeating section"),
        "w:dropDownList": ("hint", "a drop-down list"),
        "w:comboBox": ("hint", "a combo box"),
        "w:date": ("hint", "a date picker"),
    }
)
_PREFIXES = {
    NAMESPACES["w"]: "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
}


def misplaced_tags(sheet: Sheet) -> Iterator[Finding]:
    """A tag written as the title, or in another spelling, is no tag for presskit."""
    known = {_letters(tag): tag for tag in (*FIELDS, BODY)}
    for story, control in sheet.elements("w:sdt"):
        properties = control.find(q("w:sdtPr"))
        if properties is None:
            continue
        tag = value(properties.find(q("w:tag")))
        written = tag or value(properties.find(q("w:alias")))
        meant = known.get(_letters(written), "")
        if meant and not tag.startswith("press."):
            yield Finding(
                rule="near-field",
                severity="warning",
                sentence="a content control is called {written!r}, but its tag is {tag!r}: it "
                "would not be filled.",
                remedy=f"{_PROPERTIES} and write {{meant}} into the line “Tag”.",
                place=sheet.place(story, control),
                facts={"written": written, "tag": tag, "meant": meant},
            )


def advised_fields(sheet: Sheet) -> Iterator[Finding]:
    """Fields without which a release can be written, but with less on it."""
    found = {each.tag for each in sheet.fields}
    for tags, severity, loss in _ADVISED:
        if not found & set(tags):
            yield Finding(
                rule="advised-field",
                severity=severity,
                sentence="there is no field {tags}: {loss}.",
                remedy=_INSERT,
                facts={"tags": " or ".join(tags), "loss": loss},
            )


def repeated_fields(sheet: Sheet) -> Iterator[Finding]:
    """The same field twice in one place is mostly one too many."""
    counted = Counter(
        (each.tag, each.place) for each in sheet.fields if each.tag in FIELDS and not each.in_box
    )
    for (tag, place), count in counted.items():
        if count > 1:
            yield Finding(
                rule="repeated-field",
                severity="warning" if tag == "press.title" else "hint",
                sentence="the field {tag} stands there {count} times.",
                remedy="Delete the others if that was not meant.",
                place=place,
                facts={"tag": tag, "count": count},
            )


def wrong_kinds(sheet: Sheet) -> Iterator[Finding]:
    """Text is written into the control, but Word offers something else there."""
    for each in _pressed(sheet):
        for severity, kind in _kinds(each.control):
            yield Finding(
                rule="wrong-kind",
                severity=severity,
                sentence="the field {tag} is {kind}, not a place for text.",
                remedy="Delete the control and insert a plain text one (tab Developer) with the "
                "same tag.",
                place=each.place,
                facts={"tag": each.tag, "kind": kind},
            )


def vanishing_fields(sheet: Sheet) -> Iterator[Finding]:
    """Such a control is gone after the first change; the file cannot be read back by its tags."""
    for each in _pressed(sheet):
        if is_on(each.control.find(f"{q('w:sdtPr')}/{q('w:temporary')}")):
            yield Finding(
                rule="vanishing-field",
                severity="warning",
                sentence="the field {tag} vanishes as soon as somebody edits it.",
                remedy=f"{_PROPERTIES} and untick “Remove content control when contents are "
                "edited”.",
                place=each.place,
                facts={"tag": each.tag},
            )


def locked_fields(sheet: Sheet) -> Iterator[Finding]:
    """presskit fills a locked control, but nobody can correct it in Word."""
    for each in _pressed(sheet):
        lock = value(each.control.find(f"{q('w:sdtPr')}/{q('w:lock')}"))
        if lock in ("contentLocked", "sdtContentLocked"):
            yield Finding(
                rule="locked-field",
                severity="hint",
                sentence="the field {tag} is locked: presskit fills it, but nobody can correct "
                "it in Word.",
                remedy=f"{_PROPERTIES} and untick “Contents cannot be edited”, if people should.",
                place=each.place,
                facts={"tag": each.tag},
            )


def lost_bindings(sheet: Sheet) -> Iterator[Finding]:
    """A control bound to data that is not there."""
    for each in _pressed(sheet):
        if not is_bound_to_something(sheet.package, sheet.document, each.control):
            yield Finding(
                rule="lost-binding",
                severity="hint",
                sentence="the field {tag} is bound to data that presskit cannot write; it takes "
                "the binding off.",
                remedy="Nothing has to be done. To be rid of this, insert a new control in place "
                "of the bound one.",
                place=each.place,
                facts={"tag": each.tag},
            )


def _pressed(sheet: Sheet) -> Iterator[Field]:
    """The fields that presskit writes."""
    return (each for each in sheet.fields if each.tag in FIELDS)


def _kinds(control: Element) -> Iterator[tuple[Severity, str]]:
    properties = control.find(q("w:sdtPr"))
    for child in () if properties is None else properties.iterchildren("*"):
        name = etree.QName(child)
        kind = _KINDS.get(f"{_PREFIXES.get(name.namespace or '')}:{name.localname}")
        if kind is not None:
            yield kind


def _letters(tag: str) -> str:
    """A tag without what people spell differently: ``Press_Title`` is meant as ``press.title``."""
    return re.sub(r"[^a-z]", "", tag.lower())
