"""What those need who listen to a release, or jump through it by its headings."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.ooxml.markup import Element, q, value
from presskit.render.word.finding import Finding
from presskit.render.word.sheet import PAGE, Field, Sheet

_KEY_DATA = (
    *("press.title", "press.date", "press.reference", "press.reference_line"),
    *("press.embargo", "press.contact.name", "press.contact.phone", "press.contact.email"),
)
# Either of the two carries the number.
_NUMBERS = ("press.reference", "press.reference_line")
_VML = "{urn:schemas-microsoft-com:vml}"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_ALT_TEXT = (
    "Right-click the picture, choose View Alt Text, and write what it shows, such as “Coat of "
    "arms”; mark a mere ornament as decorative."
)


def title_is_no_heading(sheet: Sheet) -> Iterator[Finding]:
    """The headline is what people jump to; size and bold letters alone do not make it one."""
    titles = [each for each in sheet.with_tag("press.title") if each.story == sheet.document]
    for each in titles:
        level = _outline_level(sheet, each)
        if level != 0:
            yield Finding(
                rule="title-heading",
                severity="warning",
                sentence="the headline (press.title) has the style {style!r}, which is no "
                "heading 1: screen readers do not find it, and the PDF gets no bookmark.",
                remedy="Click it, and choose “Heading 1” under Home > Styles; its look is changed "
                "with a right-click on the style > Modify.",
                place=each.place,
                facts={"style": _style_name(sheet, each)},
            )


def only_in_headers(sheet: Sheet) -> Iterator[Finding]:
    """Screen readers skip headers, footers and often text boxes."""
    for tag in _KEY_DATA:
        tags = _NUMBERS if tag in _NUMBERS else (tag,)
        fields = sheet.with_tag(*tags)
        places = dict.fromkeys(each.place for each in sheet.with_tag(tag))
        if fields and places and not any(each.place == PAGE for each in fields):
            yield Finding(
                rule="only-in-headers",
                severity="warning",
                sentence="the field {tag} stands only in the {places}, which screen readers skip.",
                remedy="Put it on the page as well; it may stay where it is.",
                facts={"tag": tag, "places": " and the ".join(places)},
            )


def unused_headers(sheet: Sheet) -> Iterator[Finding]:
    """A header for pages that the file does not tell apart is never shown."""
    for each in sheet.fields:
        if each.story in sheet.unused and each.tag.startswith("press."):
            yield Finding(
                rule="unused-header",
                severity="warning",
                sentence="this part is never shown, and fields stand in it.",
                remedy="Double-click the header, and tick “Different First Page” or “Different "
                "Odd & Even Pages” (Header & Footer), or delete it.",
                place=each.place,
            )


def pictures_without_words(sheet: Sheet) -> Iterator[Finding]:
    """A picture says nothing to those who cannot see it, unless somebody wrote what it shows."""
    for story, drawing in sheet.elements("w:drawing", "w:pict", "w:object"):
        if _is_picture(drawing) and not _is_told(drawing):
            yield Finding(
                rule="alt-text",
                severity="warning",
                sentence="a picture has no alternative text.",
                remedy=_ALT_TEXT,
                place=sheet.place(story, drawing),
            )


def empty_paragraphs(sheet: Sheet) -> Iterator[Finding]:
    """Screen readers say “blank” for each, and the text moves when a line gets longer."""
    for story in sheet.stories:
        count = sum(
            _is_blank(each) and _is_needless(each)
            for each in sheet.package.tree(story).iter(q("w:p"))
        )
        if count:
            yield Finding(
                rule="empty-paragraphs",
                severity="hint",
                sentence="{count} empty paragraphs keep things apart."
                if count > 1
                else "an empty paragraph keeps things apart.",
                remedy="Delete it, and set the space with Layout > Spacing before or after.",
                place=sheet.place(story),
                facts={"count": count},
            )


def _outline_level(sheet: Sheet, field: Field) -> int | None:
    """The level of a heading, from 0; by the paragraph, its style, or the style it builds on."""
    paragraph = field.paragraph
    if paragraph is None:
        return None
    nodes = [paragraph]
    style = sheet.style_of(paragraph)
    while style is not None and style not in nodes:
        nodes.append(style)
        style = _parent(sheet, style)
    for node in nodes:
        level = value(node.find(f"{q('w:pPr')}/{q('w:outlineLvl')}"))
        if level.isdigit():
            return int(level)
        if value(node.find(q("w:name"))).lower() == "heading 1":
            return 0
    return None


def _parent(sheet: Sheet, style: Element) -> Element | None:
    base = value(style.find(q("w:basedOn")))
    root = sheet.style_root
    styles = () if root is None else root.iterchildren(q("w:style"))
    return next((each for each in styles if base and each.get(q("w:styleId")) == base), None)


def _style_name(sheet: Sheet, field: Field) -> str:
    paragraph = field.paragraph
    style = None if paragraph is None else sheet.style_of(paragraph)
    return "Normal" if style is None else value(style.find(q("w:name")))


def _is_picture(drawing: Element) -> bool:
    """Whether something is shown that is no text: a picture, a chart, a drawing of old."""
    graphics = (q("a:blip"), f"{_VML}imagedata", q("c:chart"))
    return next(drawing.iter(*graphics), None) is not None


def _is_told(drawing: Element) -> bool:
    properties = list(drawing.iter(q("wp:docPr")))
    if properties:
        return any(
            each.get("descr", "").strip() or next(each.iter(_DECORATIVE), None) is not None
            for each in properties
        )
    return any((each.get("alt") or "").strip() for each in drawing.iter(f"{_VML}shape"))


def _is_blank(paragraph: Element) -> bool:
    """Whether nothing but the mark of a paragraph is there."""
    return all(
        each.tag in (q("w:pPr"), q("w:bookmarkStart"), q("w:bookmarkEnd"), q("w:proofErr"))
        or (each.tag == q("w:r") and next(each.iter(*_CONTENT), None) is None)
        for each in paragraph
    )


def _is_needless(paragraph: Element) -> bool:
    """Whether Word could do without the paragraph: it is no cell's only one and ends no section."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None:
        return False
    before, after = paragraph.getprevious(), paragraph.getnext()
    alone = sum(each.tag in (q("w:p"), q("w:tbl"), q("w:sdt")) for each in parent) < 2
    behind_table = before is not None and before.tag == q("w:tbl")
    separates = after is None or after.tag in (q("w:sectPr"), q("w:tbl"))
    return not alone and not (behind_table and separates)


_CONTENT = tuple(
    q(f"w:{name}")
    for name in (
        *("t", "tab", "br", "drawing", "pict", "object", "fldChar", "instrText", "sym"),
        *("footnoteReference", "endnoteReference", "footnoteRef", "ptab", "noBreakHyphen"),
        *("separator", "continuationSeparator", "annotationRef", "endnoteRef"),
    )
)
