"""For what a letterhead is refused: no release could be set on it, or something would be lost."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator

from presskit.letterhead import BODY, FIELDS, NEEDED, NEEDED_ONE_OF
from presskit.ooxml.markup import Element, q
from presskit.ooxml.strangers import strangers
from presskit.render.word.finding import Finding
from presskit.render.word.sheet import Field, Sheet

Rule = Callable[[Sheet], Iterator[Finding]]

_HOW = (
    "In Word, put the cursor there, insert a content control (tab Developer, plain text; for the "
    "text itself: rich text), choose Properties and write the tag."
)
_NONE_LEFT = (
    "The file has no tagged control at all; LibreOffice and Google Docs drop them on saving."
)
_MEND = "In Word, click the control, choose Properties (tab Developer) and mend the tag."
_OWN_LINE = "Put it into a paragraph of its own on the page, outside header, footer and text boxes."
_WORDS = tuple(q(f"w:{name}") for name in ("t", "drawing", "pict", "object", "fldSimple", "sectPr"))


def objects(sheet: Sheet) -> Iterator[Finding]:
    """Objects of other programs and controls that run code come with every release."""
    for each in strangers(sheet.package):
        if each.kind in ("object", "control"):
            what = "an object of another program" if each.kind == "object" else "an ActiveX control"
            yield Finding(
                rule="objects",
                severity="error",
                sentence="the letterhead holds {what}, {name}, which no release should carry.",
                remedy="Delete it in Word, or put a picture in its place.",
                place=sheet.place(each.where),
                facts={"what": what, "name": each.name},
            )


def unknown_fields(sheet: Sheet) -> Iterator[Finding]:
    """A tag that presskit does not know would never be filled."""
    known = (*FIELDS, BODY)
    for each in _once(sheet.fields):
        if each.tag.startswith("press.") and each.tag not in known:
            nearest = difflib.get_close_matches(each.tag, known, n=1, cutoff=0.0)[0]
            yield Finding(
                rule="unknown-field",
                severity="error",
                sentence="the letterhead has a content control with the unknown tag {tag!r}.",
                remedy=f"Did you mean {{nearest!r}}? {_MEND}",
                place=each.place,
                facts={"tag": each.tag, "nearest": nearest},
            )


def missing_fields(sheet: Sheet) -> Iterator[Finding]:
    """What every release needs has to have a place."""
    found = {each.tag for each in sheet.fields}
    missing = [tag for tag in NEEDED if tag not in found]
    if not found & set(NEEDED_ONE_OF):
        missing.append(" or ".join(NEEDED_ONE_OF))
    if missing:
        yield Finding(
            rule="missing-field",
            severity="error",
            sentence="the letterhead has no content control tagged {missing}.",
            remedy=_HOW if sheet.fields else f"{_NONE_LEFT} {_HOW}",
            facts={"missing": ", ".join(missing)},
        )


def one_body(sheet: Sheet) -> Iterator[Finding]:
    """The text has one place."""
    places = [each.place for each in sheet.with_tag(BODY)]
    if len(places) > 1:
        yield Finding(
            rule="body-twice",
            severity="error",
            sentence="the letterhead has {count} content controls tagged {tag}, but the text has "
            "one place.",
            remedy="Delete all but the one on the page ({places}).",
            facts={"count": len(places), "tag": BODY, "places": ", ".join(dict.fromkeys(places))},
        )


def body_place(sheet: Sheet) -> Iterator[Finding]:
    """The text needs room for paragraphs, and what stands beside it would be lost."""
    for each in sheet.with_tag(BODY):
        sentence = _wrong_place(sheet, each)
        if sentence:
            yield Finding(
                rule="body-place",
                severity="error",
                sentence=sentence,
                remedy=_OWN_LINE,
                place=each.place,
                facts={"tag": BODY, "where": each.place},
            )


# In this order a letterhead is refused for the first fault; all are shown by a check.
REFUSALS: tuple[Rule, ...] = (objects, unknown_fields, missing_fields, one_body, body_place)


def _wrong_place(sheet: Sheet, body: Field) -> str:
    if body.story != sheet.document or body.in_box:
        return "the content control {tag} stands in the {where}, where the text cannot go on."
    if body.control.find(f"{q('w:sdtContent')}/{q('w:tc')}") is not None:
        return "the content control {tag} stands where no paragraphs can follow one another."
    if _has_company(body.control):
        return (
            "the content control {tag} shares its paragraph with other words, pictures or fields."
        )
    return ""


def _has_company(control: Element) -> bool:
    """Whether a control within a paragraph has something beside it there."""
    around = next(control.iterancestors(q("w:p")), None)
    if around is None:
        return False
    own = set(control.iter())
    others = (each for each in around.iter(*_WORDS) if each not in own)
    return any(each.tag != q("w:t") or (each.text or "").strip() for each in others)


def _once(fields: tuple[Field, ...]) -> Iterator[Field]:
    seen: Counter[str] = Counter()
    for each in fields:
        seen[each.tag] += 1
        if seen[each.tag] == 1:
            yield each
