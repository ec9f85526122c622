"""What was left in a letterhead by those who made it, and would go out with every release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.ooxml.markup import q
from presskit.ooxml.strangers import StrangerKind, strangers
from presskit.render.word.checkup.page import codes_of
from presskit.render.word.finding import Finding, Severity
from presskit.render.word.sheet import Sheet

_TRACKED = tuple(
    f"w:{name}"
    for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange")
)
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_TAKE_OUT = "Click it, press Shift+F9 to see what it is, and delete it or write the text itself."
_NEWEST_MODE = 15

# Word's own fields that show something else on another day or another machine.
_MOVING: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("DATE", "TIME"),
            ("warning", "shows the day on which somebody opens the file, not that of the release"),
        ),
        **dict.fromkeys(
            ("SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME"),
            ("warning", "shows a day of the file's history, not that of the release"),
        ),
        **dict.fromkeys(
            ("INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD"),
            ("warning", "takes something from another file, which readers do not have"),
        ),
        **dict.fromkeys(
            ("MERGEFIELD", "ADDRESSBLOCK", "GREETINGLINE", "NEXT", "NEXTIF", "MERGEREC"),
            ("warning", "belongs to a mail merge and stays empty here"),
        ),
        **dict.fromkeys(
            ("ASK", "FILLIN", "MACROBUTTON"), ("warning", "asks whoever opens the file something")
        ),
        **dict.fromkeys(
            ("USERNAME", "USERINITIALS", "USERADDRESS"),
            ("warning", "shows the name of whoever opens the file"),
        ),
        **dict.fromkeys(
            ("FILENAME", "TEMPLATE", "LASTSAVEDBY"),
            ("hint", "shows a file's name or who saved it, which changes on its way"),
        ),
    }
)

_OUTSIDE: Mapping[StrangerKind, tuple[str, str]] = MappingProxyType(
    {
        "picture": (
            "a picture is not in the file but fetched from {name} whenever somebody opens it: "
            "readers see a gap, or their address becomes known there.",
            "Choose File > Info > Edit Links to Files, mark it and choose Break Link.",
        ),
        "template": (
            "the file is attached to the template {name}, which readers do not have; its path "
            "tells how your network is built.",
            "Choose Developer > Document Template, and take Normal in its place.",
        ),
        "insert": (
            "the file takes in another one, {name}.",
            "Open the other file, copy its content into this one, and delete the link.",
        ),
        "file": (
            "something is linked that is not in the file: {name}.",
            "Choose File > Info > Edit Links to Files, and break the link.",
        ),
    }
)


def moving_fields(sheet: Sheet) -> Iterator[Finding]:
    """Fields that Word fills by itself, with something that is not the release's."""
    for story in sheet.stories:
        for code in codes_of(sheet.package.tree(story)):
            if code in _MOVING:
                severity, why = _MOVING[code]
                yield Finding(
                    rule="moving-field",
                    severity=severity,
                    sentence="a field {code} of Word's own {why}.",
                    remedy=_TAKE_OUT
                    if code not in ("DATE", "TIME")
                    else "Delete it, and put a content control tagged press.date in its place.",
                    place=sheet.place(story),
                    facts={"code": code, "why": why},
                )


def tracked_changes(sheet: Sheet) -> Iterator[Finding]:
    """Changes that nobody has accepted or rejected are seen in every release."""
    for story in dict.fromkeys(story for story, _ in sheet.elements(*_TRACKED)):
        yield Finding(
            rule="tracked-changes",
            severity="warning",
            sentence="tracked changes are still open.",
            remedy="Choose Review > Accept > Accept All Changes and Stop Tracking.",
            place=sheet.place(story),
        )
    settings = sheet.settings
    if settings is not None and settings.find(q("w:trackRevisions")) is not None:
        yield Finding(
            rule="tracked-changes",
            severity="hint",
            sentence="the file tracks changes: whoever edits a release leaves traces in it.",
            remedy="Choose Review > Track Changes to turn it off.",
        )


def comments(sheet: Sheet) -> Iterator[Finding]:
    """Comments would be seen in every release."""
    for name in sheet.package.related(sheet.document, RELATIONSHIP_TYPE.COMMENTS):
        count = len(list(sheet.package.tree(name).iter(q("w:comment"))))
        if count:
            yield Finding(
                rule="comments",
                severity="warning",
                sentence="there are comments in the file ({count}).",
                remedy="Choose Review > Delete > Delete All Comments in Document.",
                facts={"count": count},
            )


def mail_merge(sheet: Sheet) -> Iterator[Finding]:
    """Word asks whoever opens such a file for a database."""
    settings = sheet.settings
    if settings is not None and settings.find(q("w:mailMerge")) is not None:
        yield Finding(
            rule="mail-merge",
            severity="warning",
            sentence="the file is set up for a mail merge: Word asks for its data on opening.",
            remedy="Choose Mailings > Start Mail Merge > Normal Word Document, and save.",
        )


def from_outside(sheet: Sheet) -> Iterator[Finding]:
    """What is not in the file but comes from elsewhere; presskit never fetches it."""
    for each in strangers(sheet.package):
        if each.kind in _OUTSIDE:
            sentence, remedy = _OUTSIDE[each.kind]
            yield Finding(
                rule=f"outside-{each.kind}",
                severity="warning",
                sentence=sentence,
                remedy=remedy,
                place=sheet.place(each.where) if each.where in sheet.stories else "",
                facts={"name": each.name},
            )


def protection(sheet: Sheet) -> Iterator[Finding]:
    """A protected letterhead makes protected releases."""
    settings = sheet.settings
    node = None if settings is None else settings.find(q("w:documentProtection"))
    if node is not None and node.get(q("w:enforcement"), "0") in ("1", "true", "on"):
        yield Finding(
            rule="protection",
            severity="hint",
            sentence="editing is restricted: nobody can correct a release in Word.",
            remedy="Choose Review > Restrict Editing > Stop Protection.",
        )


def old_mode(sheet: Sheet) -> Iterator[Finding]:
    """Word shows “Compatibility Mode” above every release, and sets lines as it did years ago."""
    settings = sheet.settings
    marks = () if settings is None else settings.iter(q("w:compatSetting"))
    named = {each.get(q("w:name"), ""): each.get(q("w:val"), "") for each in marks}
    mode = named.get("compatibilityMode", "")
    if not (mode.isdecimal() and int(mode) >= _NEWEST_MODE):
        yield Finding(
            rule="old-mode",
            severity="hint",
            sentence="the file is in the mode of an older Word.",
            remedy="Choose File > Info > Convert, if it is offered, and save.",
        )


def personal_data(sheet: Sheet) -> Iterator[Finding]:
    """presskit replaces author and title, but not what Word keeps of company and manager."""
    for name in sheet.package.related("", RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
        root = sheet.package.tree(name)
        for key in ("Company", "Manager", "HyperlinkBase"):
            text = root.findtext(f"{{{_EXTENDED}}}{key}") or ""
            if text.strip():
                yield _told(key.lower(), text.strip())
    for name in sheet.package.related("", RELATIONSHIP_TYPE.CUSTOM_PROPERTIES):
        names = [each.get("name", "") for each in sheet.package.tree(name)]
        if names:
            yield _told("custom properties", ", ".join(names))


def _told(what: str, text: str) -> Finding:
    return Finding(
        rule="personal-data",
        severity="hint",
        sentence="what the file's properties say goes out with every release: {what}, {text!r}.",
        remedy="Choose File > Info > Check for Issues > Inspect Document, and remove Document "
        "Properties, if nobody should read that.",
        facts={"what": what, "text": text},
    )
