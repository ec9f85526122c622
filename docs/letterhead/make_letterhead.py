"""Make the first ``templates/letterhead.docx``; from then on it is designed in Word.

How it is built, and how to change it in Word, stands in README.md beside this file.

Run it in a checkout: ``python docs/letterhead/make_letterhead.py [FILE]``. Measures are those of
DIN 5008; lengths in the file are twentieths of a point, so :func:`mm` turns millimetres into them.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from presskit.ooxml.markup import NAMESPACES, STEP, Element, parse, q, run, w
from presskit.ooxml.package import Package, empty_package
from presskit.render.word.footnotes import empty_footnotes
from presskit.render.word.letterhead import DOCUMENT_TYPE
from presskit.render.word.styles import Styles, defined_styles

RELATION = NAMESPACES["r"]
FILE = Path(__file__).parents[2] / "templates" / "letterhead.docx"
DOCUMENT = "word/document.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_THEME_TYPE = "application/vnd.openxmlformats-officedocument.theme+xml"


def mm(length: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(length * 1440 / 25.4)


LEFT, RIGHT, PAGE = mm(25), mm(20), mm(210)
WIDTH = PAGE - LEFT - RIGHT
INFORMATION = mm(125) - LEFT  # DIN 5008: the information block begins 125 mm from the edge.

# What a person sees in Word where a field stands.
NAMES = {
    "press.kind": "Presseinformation",
    "press.sender.office": "Amt des Absenders",
    "press.contact.role": "Bearbeitung",
    "press.contact.name": "Name",
    "press.contact.email": "E-Mail",
    "press.contact.phone": "Telefon",
    "press.contact.fax": "Telefax",
    "press.reference": "Nummer",
    "press.reference_label": "Az",
    "press.reference_line": "Aktenzeichen - Nummer · Kürzel",
    "press.date": "Datum",
    "press.embargo": "Sperrfrist",
    "press.kicker": "Dachzeile",
    "press.title": "Überschrift",
    "press.body": "Hier steht der Text.",
    "press.association.name": "Name des Verbands",
    "press.association.address": "Anschrift des Verbands",
    "press.association.phone": "Telefon des Verbands",
    "press.association.fax": "Telefax des Verbands",
    "press.association.email": "E-Mail des Verbands",
    "press.association.web": "Internet des Verbands",
}

# Colours of the theme, so that Design > Colors in Word changes the whole letterhead at once.
ACCENT, GREY, ALERT = "17496F", "595959", "9B1C1C"
_ACCENT = f'w:val="{ACCENT}" w:themeColor="accent1"'
_GREY = f'w:val="{GREY}" w:themeColor="accent2"'
_ALERT = f'w:val="{ALERT}" w:themeColor="accent6"'


def _rule(side: str, size: int, space: int, colour: str = ACCENT, theme: str = "accent1") -> str:
    """A line at one side of a paragraph; ``size`` in eighths of a point, ``space`` in points."""
    return (
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}" '
        f'w:themeColor="{theme}"/>'
    )


_BOX = "".join(_rule(side, 12, 6, ALERT, "accent6") for side in ("top", "left", "bottom", "right"))

STYLES = f"""<w:styles xmlns:w="{NAMESPACES["w"]}">
<w:docDefaults><w:rPrDefault><w:rPr>
  <w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>
  <w:sz w:val="21"/><w:szCs w:val="21"/>
  <w:lang w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
  <w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
  <w:pPr><w:widowControl/><w:spacing w:after="140" w:line="300" w:lineRule="auto"/></w:pPr>
</w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
  <w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
    <w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
  <w:uiPriority w:val="99"/><w:semiHidden/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>
    <w:spacing w:before="0" w:after="240" w:line="252" w:lineRule="auto"/>
    <w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="300"
    w:after="80" w:line="264" w:lineRule="auto"/><w:outlineLvl w:val="1"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:color {_ACCENT}/><w:sz w:val="25"/><w:szCs w:val="25"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:suppressAutoHyphens/><w:spacing w:before="220"
    w:after="60" w:line="264" w:lineRule="auto"/><w:outlineLvl w:val="2"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:color {_ACCENT}/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="29"/><w:qFormat/>
  <w:pPr><w:pBdr>{_rule("left", 18, 10)}</w:pBdr><w:ind w:left="{STEP}" w:right="{STEP}"/></w:pPr>
</w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
  <w:uiPriority w:val="99"/><w:rPr><w:color w:val="0B4F8A" w:themeColor="hyperlink"/>
  <w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="99"/>
  <w:pPr><w:pBdr>{_rule("bottom", 6, 5)}</w:pBdr>
    <w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>
    <w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:color {_GREY}/><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
  <w:uiPriority w:val="99"/><w:pPr><w:spacing w:after="0" w:line="264" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:color {_GREY}/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressHeaderEmbargo">
  <w:name w:val="Press Header Embargo"/><w:basedOn w:val="Header"/><w:qFormat/>
  <w:rPr><w:b/><w:bCs/><w:color {_ALERT}/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressSender">
  <w:name w:val="Press Sender"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:pBdr>{_rule("top", 36, 9)}</w:pBdr><w:suppressAutoHyphens/>
    <w:spacing w:after="640" w:line="252" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:color {_ACCENT}/><w:sz w:val="30"/><w:szCs w:val="30"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressKind">
  <w:name w:val="Press Kind"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:suppressAutoHyphens/><w:spacing w:after="0" w:line="252" w:lineRule="auto"/>
    <w:ind w:right="170"/></w:pPr>
  <w:rPr><w:caps/><w:color {_GREY}/><w:spacing w:val="30"/><w:sz w:val="32"/>
    <w:szCs w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressInformation">
  <w:name w:val="Press Information"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:suppressAutoHyphens/><w:spacing w:after="0" w:line="276" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressReach">
  <w:name w:val="Press Reach"/><w:basedOn w:val="PressInformation"/><w:qFormat/>
  <w:pPr><w:tabs><w:tab w:val="left" w:pos="{mm(5)}"/></w:tabs>
    <w:ind w:left="{mm(5)}" w:hanging="{mm(5)}"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressRole">
  <w:name w:val="Press Role"/><w:basedOn w:val="PressInformation"/><w:qFormat/>
  <w:pPr><w:keepNext/></w:pPr>
  <w:rPr><w:color {_GREY}/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressImprint">
  <w:name w:val="Press Imprint"/><w:basedOn w:val="Footer"/><w:qFormat/>
  <w:pPr><w:ind w:right="140"/></w:pPr>
  <w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="character" w:customStyle="1" w:styleId="PressLabel">
  <w:name w:val="Press Label"/><w:qFormat/>
  <w:rPr><w:color {_GREY}/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressEmbargo">
  <w:name w:val="Press Embargo"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:pBdr>{_BOX}</w:pBdr><w:suppressAutoHyphens/>
    <w:spacing w:after="400" w:line="264" w:lineRule="auto"/><w:ind w:left="150" w:right="150"/>
  </w:pPr><w:rPr><w:b/><w:bCs/><w:color {_ALERT}/><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr>
</w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressKicker">
  <w:name w:val="Press Kicker"/><w:basedOn w:val="Normal"/><w:next w:val="Heading1"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:suppressAutoHyphens/>
    <w:spacing w:after="60" w:line="264" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:color {_ACCENT}/></w:rPr></w:style>
</w:styles>"""

SETTINGS = f"""<w:settings xmlns:w="{NAMESPACES["w"]}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
  w:val="15"/></w:compat>
<w:themeFontLang w:val="de-DE"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>
</w:settings>"""

# Liberation Sans runs exactly as wide as Arial: lines break at the same places without Arial.
FONTS = f"""<w:fonts xmlns:w="{NAMESPACES["w"]}"><w:font w:name="Arial">
<w:altName w:val="Liberation Sans"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="Courier New"><w:altName w:val="Liberation Mono"/><w:family w:val="modern"/>
<w:pitch w:val="fixed"/></w:font></w:fonts>"""

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "262626",
    "lt2": "F2F2F2",
    "accent1": ACCENT,
    "accent2": GREY,
    "accent3": "A6A6A6",
    "accent4": "7F6000",
    "accent5": "375623",
    "accent6": ALERT,
    "hlink": "0B4F8A",
    "folHlink": "5B3A78",
}
_FACE = '<a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"

# The colours and faces that Word offers first; the styles above take theirs from here.
THEME = f"""<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Presse">
<a:themeElements><a:clrScheme name="Presse">
{"".join(f'<a:{name}><a:srgbClr val="{rgb}"/></a:{name}>' for name, rgb in _COLOURS.items())}
</a:clrScheme><a:fontScheme name="Presse"><a:majorFont>{_FACE}</a:majorFont>
<a:minorFont>{_FACE}</a:minorFont></a:fontScheme><a:fmtScheme name="Presse">
<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>
<a:lnStyleLst>{f'<a:ln w="9525">{_FILL}</a:ln>' * 3}</a:lnStyleLst>
<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>
<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"""

_numbers = itertools.count(1001)


def field(tag: str) -> Element:
    """A plain-text content control; it can be filled and moved, but not deleted by mistake.

    Its look is that of the paragraph: LibreOffice 7.4 forgets the look of a control's own text.
    """
    return _control(tag, w("text"), run(NAMES[tag]))


def _control(tag: str, kind: Element, content: Element) -> Element:
    properties = w(
        "sdtPr",
        w("alias", val=NAMES[tag].rstrip(".")),
        w("tag", val=tag),
        w("id", val=next(_numbers)),
        w("lock", val="sdtLocked"),
        kind,
    )
    return w("sdt", properties, w("sdtContent", content))


def label(text: str) -> Element:
    """A small grey word before a field."""
    return run(text, w("rPr", w("rStyle", val="PressLabel")))


def line(style: str, *content: Element, before: int = 0, after: int | None = None) -> Element:
    """A paragraph; space above and below in twentieths of a point where not that of the style."""
    spacing = w("spacing", before=before) if before or after is not None else None
    if spacing is not None and after is not None:
        spacing.set(q("w:after"), str(after))
    return w("p", w("pPr", w("pStyle", val=style), spacing), *content)


def layout_table(*columns: tuple[int, list[Element]], rule: bool = False) -> Element:
    """Columns side by side: one row, no header, so that reading aloud goes cell by cell.

    A frame could hold the information block too, but then nothing keeps the headline below it.
    """
    border = w("tblBorders", w("top", val="single", sz=4, space=0, color="A6A6A6"))
    inside = {"top": 100 if rule else 0, "left": 0, "bottom": 0, "right": 0}
    none = dict.fromkeys(("firstRow", "lastRow", "firstColumn", "lastColumn"), 0)
    properties = w(
        "tblPr",
        w("tblW", w=sum(width for width, _ in columns), type="dxa"),
        border if rule else None,
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=space, type="dxa") for side, space in inside.items())),
        w("tblLook", val="0600", **none, noHBand=1, noVBand=1),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width, _ in columns))
    cells = (
        w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content) for width, content in columns
    )
    return w("tbl", properties, grid, w("tr", w("trPr", w("cantSplit")), *cells))


def information_block() -> list[Element]:
    """Who writes, how to reach them, number and date, in the order people know from the office."""
    style = "PressInformation"
    rows = [("E", "email"), ("T", "phone"), ("F", "fax")]
    return [
        line(style, field("press.sender.office"), after=120),
        line("PressRole", field("press.contact.role")),
        line(style, field("press.contact.name"), after=80),
        *(
            line("PressReach", label(f"{sign}\t"), field(f"press.contact.{tag}"))
            for sign, tag in rows
        ),
        line("PressRole", field("press.reference_label"), before=80),
        line(style, field("press.reference_line")),
        line(style, field("press.date"), before=80, after=360),
    ]


def first_page() -> list[Element]:
    """All that stands above and around the text; on the page itself, for all who read it aloud."""
    text = w("p", run(NAMES["press.body"]))
    return [
        line("PressSender", field("press.association.name")),
        layout_table(
            (INFORMATION, [line("PressKind", field("press.kind"))]),
            (WIDTH - INFORMATION, information_block()),
        ),
        line("PressEmbargo", field("press.embargo")),
        line("PressKicker", field("press.kicker")),
        line("Heading1", field("press.title")),
        _control("press.body", w("richText"), text),
    ]


def imprint() -> list[Element]:
    """The foot of the first page: where the association is, how to reach it."""
    name = line("PressImprint", field("press.association.name"))
    columns = (
        (mm(75), [name, _foot("address")]),
        (mm(40), [_foot("phone", "Telefon "), _foot("fax", "Telefax ")]),
        (WIDTH - mm(115), [_foot("web"), _foot("email")]),
    )
    page = line("Footer", *page_number(), before=40)
    page[0].append(w("jc", val="right"))
    return [layout_table(*columns, rule=True), page]


def _foot(tag: str, before: str = "") -> Element:
    words = [run(before)] if before else []
    return line("Footer", *words, field(f"press.association.{tag}"))


def page_number() -> list[Element]:
    """``Seite 1 von 2``, counted by Word."""
    page, pages = (w("fldSimple", run("1"), instr=f" {name} ") for name in ("PAGE", "NUMPAGES"))
    return [run("Seite "), page, run(" von "), pages]


def later_head() -> list[Element]:
    """The head of the second page and those after it: sheets get separated.

    The line of the embargo disappears where there is none.
    """
    tags = ["press.association.name", "press.reference", "press.date"]
    name, reference, date = map(field, tags)
    words = (name, run("\t"), reference, run(" · "), date, run(" · "), *page_number())
    return [line("Header", *words), line("PressHeaderEmbargo", field("press.embargo"))]


def page(references: dict[tuple[str, str], str]) -> Element:
    """The page, with its head and foot by kind and by the pages they are for."""
    parts = []
    for (kind, pages), identity in references.items():
        part = w(f"{kind}Reference", type=pages)
        part.set(q("r:id"), identity)
        parts.append(part)
    edges = {"top": mm(27), "right": RIGHT, "bottom": mm(32), "left": LEFT}
    margins = w("pgMar", **edges, header=mm(12), footer=mm(10), gutter=0)
    return w("sectPr", *parts, w("pgSz", w=PAGE, h=mm(297)), margins, w("titlePg"))


def make() -> bytes:
    """The letterhead as a file."""
    package = empty_package()
    package.relate("", f"{RELATION}/officeDocument", DOCUMENT)
    styles = parse(STYLES.encode(), trim=True)
    for name in defined_styles():
        Styles(styles).id_of(name)
    _add(package, "styles", "styles", styles)
    _add(package, "settings", "settings", parse(SETTINGS.encode(), trim=True))
    _add(package, "fontTable", "fontTable", parse(FONTS.encode(), trim=True))
    _add(package, "theme/theme1", "theme", parse(THEME.encode(), trim=True), _THEME_TYPE)
    _add(package, "footnotes", "footnotes", empty_footnotes())
    references = {
        ("header", "default"): _add(package, "header1", "header", w("hdr", *later_head())),
        ("footer", "first"): _add(package, "footer1", "footer", w("ftr", *imprint())),
    }
    document = w("document", w("body", *first_page(), page(references)))
    package.put(DOCUMENT, document, DOCUMENT_TYPE)
    return package.zipped()


def _add(package: Package, name: str, kind: str, root: Element, content_type: str = "") -> str:
    package.put(f"word/{name}.xml", root, content_type or _TYPE.format(kind))
    return package.relate(DOCUMENT, f"{RELATION}/{kind}", f"word/{name}.xml")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    target.write_bytes(make())
