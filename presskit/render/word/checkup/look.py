"""Language, styles and fonts."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.letterhead import BODY, FIELDS
from presskit.ooxml.markup import Element, q, value
from presskit.render.word.finding import Finding
from presskit.render.word.sheet import Sheet
from presskit.render.word.styles import defined_styles

# Fonts that Word, LibreOffice or both bring along, or replace by one of the same width.
_USUAL = frozenset(
    each.strip()
    for each in """
    aptos, aptos display, arial, arial black, arial narrow, book antiqua, bookman old style,
    calibri, calibri light, cambria, cambria math, candara, carlito, caladea, century
    gothic, comic sans ms, consolas, constantia, corbel, courier, courier new, dejavu sans,
    dejavu serif, franklin gothic book, garamond, georgia, gill sans mt, helvetica, impact,
    liberation mono, liberation sans, liberation serif, lucida console, lucida sans unicode,
    microsoft sans serif, ms gothic, ms mincho, noto sans, noto sans symbols, noto serif,
    open sans, opensymbol, palatino linotype, segoe ui, segoe ui light, segoe ui semibold,
    segoe ui symbol, symbol, tahoma, times, times new roman, trebuchet ms, verdana,
    webdings, wingdings, wingdings 2, wingdings 3
    """.replace("\n", " ").split(",")
)
_SCRIPTS = ("ascii", "hAnsi")
_EMBEDDED = tuple(q(f"w:embed{kind}") for kind in ("Regular", "Bold", "Italic", "BoldItalic"))
_LOOK = tuple(q(f"w:{name}") for name in ("b", "i", "sz", "color", "rFonts", "caps", "u"))
_LANGUAGE = "Select all with Ctrl+A, choose Review > Language > Set Proofing Language > German"


def language(sheet: Sheet) -> Iterator[Finding]:
    """Screen readers speak, and Word checks and divides words, in the language a file names."""
    root = sheet.style_root
    defaults = f"{q('w:docDefaults')}/{q('w:rPrDefault')}/{q('w:rPr')}/{q('w:lang')}"
    node = None if root is None else root.find(defaults)
    named = value(node)
    if not named.lower().startswith("de"):
        yield Finding(
            rule="language",
            severity="hint",
            sentence="the language of the text is {named}, not German; presskit sets it for each "
            "release, but not in this file."
            if named
            else "the file does not name its language; presskit does so for each release.",
            remedy=f"{_LANGUAGE} (Germany), and Set As Default.",
            facts={"named": named},
        )


def foreign_words(sheet: Sheet) -> Iterator[Finding]:
    """Text marked as another language would be read out in it."""
    for each in sheet.fields:
        for mark in each.control.iter(q("w:lang")):
            if each.tag in FIELDS and value(mark) and not value(mark).lower().startswith("de"):
                yield Finding(
                    rule="foreign-words",
                    severity="warning",
                    sentence="the field {tag} is marked as {language}: screen readers would speak "
                    "it so.",
                    remedy=f"{_LANGUAGE}.",
                    place=each.place,
                    facts={"tag": each.tag, "language": value(mark)},
                )


def missing_styles(sheet: Sheet) -> Iterator[Finding]:
    """What the letterhead does not define gets a quiet look of presskit's."""
    names = set(sheet.style_names.values())
    missing = [name for name in defined_styles() if name.lower() not in names]
    if missing:
        yield Finding(
            rule="missing-styles",
            severity="hint",
            sentence="{count} styles are not defined here, and presskit gives them a quiet look "
            "where a release needs them: {missing}.",
            remedy="To choose the look yourself, use each once in the file (Home > Styles, "
            "Alt+Ctrl+Shift+S), change it with Modify, and save.",
            facts={"count": len(missing), "missing": ", ".join(missing)},
        )


def look_by_hand(sheet: Sheet) -> Iterator[Finding]:
    """A look made by hand stays with the one place; a style holds everywhere."""
    for each in sheet.fields:
        paragraph = each.paragraph
        if each.tag == BODY or each.tag not in FIELDS or paragraph is None:
            continue
        styled = value(paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}"))
        if not styled and _is_formatted(each.control):
            yield Finding(
                rule="look-by-hand",
                severity="hint",
                sentence="the field {tag} is formatted by hand and has no style of its own.",
                remedy="Click it and choose Home > Styles > Create a Style; then one change holds "
                "everywhere.",
                place=each.place,
                facts={"tag": each.tag},
            )


def fonts(sheet: Sheet) -> Iterator[Finding]:
    """A font that the readers do not have is replaced by one of another width."""
    embedded = _embedded(sheet)
    for name in sorted(_named(sheet)):
        if name.lower() not in _USUAL and name.lower() not in embedded:
            yield Finding(
                rule="font",
                severity="hint",
                sentence="the font {font!r} is not embedded and not on every machine; others see "
                "another one, and lines break elsewhere.",
                remedy="Take a usual font such as Arial, or choose File > Options > Save > Embed "
                "fonts in the file, if its licence allows.",
                facts={"font": name},
            )


def _is_formatted(control: Element) -> bool:
    return any(
        next(each.iterchildren(*_LOOK), None) is not None for each in control.iter(q("w:rPr"))
    )


def _named(sheet: Sheet) -> set[str]:
    """The fonts that styles, the theme and the text of a file name."""
    roots = [sheet.package.tree(story) for story in sheet.stories]
    if sheet.style_root is not None:
        roots.append(sheet.style_root)
    marks = [mark for root in roots for mark in root.iter(q("w:rFonts"))]
    named = {mark.get(q(f"w:{script}"), "") for mark in marks for script in _SCRIPTS}
    if any(mark.get(q(f"w:{script}Theme")) for mark in marks for script in _SCRIPTS):
        named |= _theme_fonts(sheet)
    return {name for name in named if name and not name.startswith("+")}


def _theme_fonts(sheet: Sheet) -> set[str]:
    names = sheet.package.related(sheet.document, RELATIONSHIP_TYPE.THEME)
    roots = [sheet.package.tree(name) for name in names]
    schemes = [q("a:majorFont"), q("a:minorFont")]
    faces = (each.find(q("a:latin")) for root in roots for each in root.iter(*schemes))
    return {face.get("typeface", "") for face in faces if face is not None}


def _embedded(sheet: Sheet) -> set[str]:
    names = sheet.package.related(sheet.document, RELATIONSHIP_TYPE.FONT_TABLE)
    fonts = (font for name in names for font in sheet.package.tree(name).iter(q("w:font")))
    return {
        font.get(q("w:name"), "").lower()
        for font in fonts
        if next(font.iterchildren(*_EMBEDDED), None) is not None
    }
