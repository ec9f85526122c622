"""Paper and margins (DIN 5008:2020), and what the pages after the first one say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from presskit.ooxml.markup import Element, q
from presskit.render.word.finding import Finding
from presskit.render.word.sheet import Sheet

_TWIPS = 1440 / 25.4  # a millimetre in twentieths of a point
_A4 = (210, 297)
_NEAR = 1.5  # millimetres that nobody sees
_LAYOUT = "Layout > Margins > Custom Margins"


@dataclass(frozen=True)
class Edge:
    """A margin as DIN 5008 has it, in millimetres."""

    name: str
    least: float
    most: float
    norm: str


# The norm fixes the left edge; of the right one it says that lines end 20 mm (at least 10) from it.
EDGES = (
    Edge("left", 24, 26, "25 mm"),
    Edge("right", 10, 30, "20 mm"),
)


def paper(sheet: Sheet) -> Iterator[Finding]:
    """German offices print on A4, upright."""
    for section in sheet.sections:
        size = section.find(q("w:pgSz"))
        if size is None:
            yield _paper_unsaid()
            continue
        width, height = (_millimetres(size, side) for side in ("w", "h"))
        if abs(width - _A4[0]) > _NEAR or abs(height - _A4[1]) > _NEAR:
            yield Finding(
                rule="paper",
                severity="warning",
                sentence="the paper is {width:.0f} × {height:.0f} mm, not A4 upright "
                "(210 × 297 mm).",
                remedy="Choose Layout > Size > A4 and Layout > Orientation > Portrait.",
                facts={"width": width, "height": height},
            )


def margins(sheet: Sheet) -> Iterator[Finding]:
    """The edges of the text, which the folds, the punch and the window of an envelope rely on."""
    for found in (each.find(q("w:pgMar")) for each in sheet.sections[-1:]):
        if found is None:
            continue
        for edge in EDGES:
            length = _millimetres(found, edge.name)
            if not edge.least <= length <= edge.most:
                yield Finding(
                    rule="margins",
                    severity="hint",
                    sentence="the {side} margin is {length:.1f} mm; DIN 5008 has {norm}.",
                    remedy=f"Set it with {_LAYOUT}, if the house style does not want it so.",
                    facts={"side": edge.name, "length": length, "norm": edge.norm},
                )


def later_pages(sheet: Sheet) -> Iterator[Finding]:
    """Sheets get separated: each should tell its number, its page, and the embargo."""
    stories = [story for story in sheet.stories[1:] if _is_for_later_pages(sheet, story)]
    fields = {each.tag for each in sheet.fields if each.story in stories}
    codes = {code for story in stories for code in codes_of(sheet.package.tree(story))}
    number = {"press.reference", "press.reference_line"} & fields
    for there, what, how in (
        (bool(number), "the number of the release", "the field press.reference"),
        ("press.embargo" in fields, "an embargo", "the field press.embargo"),
        ("PAGE" in codes, "the page number", "Header & Footer > Page Number"),
    ):
        if not there:
            yield Finding(
                rule="later-pages",
                severity="hint",
                sentence="the second page does not show {what}.",
                remedy="Double-click the top of the second page and put it there: {how}.",
                facts={"what": what, "how": how},
            )


def _paper_unsaid() -> Finding:
    return Finding(
        rule="paper",
        severity="warning",
        sentence="the file does not say how large the paper is; Word then takes Letter.",
        remedy="Choose Layout > Size > A4.",
    )


def _is_for_later_pages(sheet: Sheet, story: str) -> bool:
    place = sheet.places.get(story, "")
    return place.endswith(("later pages", "every page")) and story not in sheet.unused


def codes_of(root: Element) -> list[str]:
    """The kinds of Word's own fields in a part: ``PAGE``, ``NUMPAGES`` …

    Word spreads what a field says over several runs, between marks of its beginning and end.
    """
    said = [each.get(q("w:instr"), "") for each in root.iter(q("w:fldSimple"))]
    said.append("")
    for each in root.iter(q("w:fldChar"), q("w:instrText")):
        if each.tag == q("w:instrText"):
            said[-1] += each.text or ""
        elif each.get(q("w:fldCharType")) == "begin":
            said.append("")
    return [words[0].upper() for each in said if (words := each.split())]


def _millimetres(node: Element, side: str) -> float:
    try:
        return float(node.get(q(f"w:{side}"), "0")) / _TWIPS
    except ValueError:
        return 0.0
