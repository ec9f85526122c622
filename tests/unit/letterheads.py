"""Letterheads as offices make them, in Word's own markup: small ones, and one of a German Word."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
RELATION = f"{OFFICE}/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"


def field(tag: str, text: str = "…", *, look: str = "", extra: str = "") -> str:
    """A plain-text content control within a paragraph."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{extra}<w:text/></w:sdtPr><w:sdtContent>'
        f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def line(*content: str) -> str:
    """A paragraph."""
    return f"<w:p>{''.join(content)}</w:p>"


TITLE = line(field("press.title"))
DATE = line(field("press.date"))
REFERENCE = line("<w:r><w:t>Nr. </w:t></w:r>", field("press.reference"))
BODY = (
    '<w:sdt><w:sdtPr><w:tag w:val="press.body"/></w:sdtPr>'
    "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
)
SMALLEST = (TITLE, DATE, REFERENCE, BODY)


def zipped(files: dict[str, str | bytes]) -> bytes:
    """Files as a ZIP, in their order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def letterhead_files(
    *blocks: str,
    main: str = MAIN.format("document"),
    parts: dict[str, str] | None = None,
    types: str = "",
) -> dict[str, str | bytes]:
    """The files in a small Word file; ``parts`` go beside the document, ``types`` tell of them."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": relationships(f"{RELATION}/officeDocument word/document.xml"),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(blocks)}</w:body>'
        "</w:document>",
        **(parts or {}),
    }


def letterhead(
    *blocks: str,
    main: str = MAIN.format("document"),
    parts: dict[str, str] | None = None,
    types: str = "",
) -> bytes:
    """A small Word file; see :func:`letterhead_files`."""
    return zipped(letterhead_files(*blocks, main=main, parts=parts, types=types))


def relationships(*entries: str) -> str:
    """The relationships of a part, each given as its type, its target and, outside, ``External``.

    They are called rId1, rId2 and so on.
    """
    inner = ""
    for number, entry in enumerate(entries, start=1):
        kind, target, *mode = entry.split()
        outside = f' TargetMode="{mode[0]}"' if mode else ""
        inner += f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"{outside}/>'
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{inner}</Relationships>"
    )


def picture() -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\x00\x80")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


# A template as a German Word writes it

_SPACES = {
    "w": W,
    "r": RELATION,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _SPACES.items())
_STORE = "{5F0C9D3B-6F6B-4B5C-9E0E-2D7C6A1B8F10}"
_DATA = "urn:example:presse"

# The German names of Word become ids by losing their umlauts; the names themselves stay English.
_STYLES = {
    "berschrift1": ("heading 1", "Standard", '<w:outlineLvl w:val="0"/>', '<w:sz w:val="32"/>'),
    "berschrift2": ("heading 2", "Standard", '<w:outlineLvl w:val="1"/>', '<w:sz w:val="26"/>'),
    "Titel": ("Title", "Standard", "", '<w:sz w:val="56"/>'),
    "Zitat": ("Quote", "Standard", '<w:ind w:left="862" w:right="862"/>', "<w:i/>"),
    "Listenabsatz": ("List Paragraph", "Standard", '<w:ind w:left="720"/>', ""),
    "Aufzhlungszeichen": ("List Bullet", "Standard", "", ""),
    "Kopfzeile": ("header", "Standard", '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>', ""),
    "Fuzeile": ("footer", "Standard", '<w:tabs><w:tab w:val="right" w:pos="9072"/></w:tabs>', ""),
    "Funotentext": ("footnote text", "Standard", "", '<w:sz w:val="20"/>'),
}


def german_template() -> bytes:
    """A .dotx with German style ids, bound controls, a text box, a logo and two kinds of header.

    The text box is there twice, as Word writes it: drawn, and in the old markup for old programs.
    ``press.date`` and ``press.reference`` are bound to a custom XML part; the kind of text stands
    in the text box, the number also in the header of the later pages.
    """
    document = "".join(
        (
            _paragraph("Standard", _text_box(line(_bound("press.kind", "kind", "Presseinfo")))),
            _paragraph(
                "Standard", "<w:r><w:t>Aktenzeichen: </w:t></w:r>", _named("file_reference")
            ),
            _paragraph("Standard", _bound("press.reference", "reference", "P 000/0000")),
            _paragraph("Standard", _bound("press.date", "date", "01.01.2000")),
            _table(_paragraph("Standard", _named("contact.name")), _named_cell("contact.phone")),
            _paragraph("Standard", _named("embargo")),
            _paragraph("berschrift1", _prompting("press.title", "Klicken Sie hier, um Text")),
            '<w:sdt><w:sdtPr><w:alias w:val="Text"/><w:tag w:val="press.body"/><w:id w:val="77"/>'
            "<w:richText/></w:sdtPr><w:sdtContent>"
            f"{_paragraph('Standard', '<w:r><w:t>Hier steht der Text.</w:t></w:r>')}"
            "</w:sdtContent></w:sdt>",
            _paragraph("Standard", "<w:r><w:t>Der Text ist zum Abdruck frei.</w:t></w:r>"),
            '<w:sectPr w:rsidR="00A00001"><w:headerReference w:type="default" r:id="rId5"/>'
            '<w:headerReference w:type="first" r:id="rId6"/>'
            '<w:footerReference w:type="first" r:id="rId7"/>'
            '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1134"'
            ' w:left="1418" w:header="709" w:footer="709" w:gutter="0"/><w:cols w:space="708"/>'
            '<w:titlePg/><w:docGrid w:linePitch="360"/></w:sectPr>',
        )
    )
    parts: dict[str, str] = {
        "word/document.xml": _part("document", f"<w:body>{document}</w:body>"),
        "word/_rels/document.xml.rels": relationships(
            f"{RELATION}/customXml ../customXml/item1.xml",
            f"{RELATION}/styles styles.xml",
            f"{RELATION}/settings settings.xml",
            f"{RELATION}/glossaryDocument glossary/document.xml",
            f"{RELATION}/header header1.xml",
            f"{RELATION}/header header2.xml",
            f"{RELATION}/footer footer1.xml",
            f"{RELATION}/numbering numbering.xml",
            f"{RELATION}/fontTable fontTable.xml",
            f"{RELATION}/theme theme/theme1.xml",
        ),
        "word/fontTable.xml": _part(
            "fonts", '<w:font w:name="Calibri"><w:family w:val="swiss"/></w:font>'
        ),
        "word/theme/theme1.xml": _theme(),
        "word/styles.xml": _styles(),
        "word/settings.xml": _part(
            "settings",
            '<w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
            '<w:hyphenationZone w:val="425"/><w:compat><w:compatSetting '
            'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
            'w:val="15"/></w:compat><w:themeFontLang w:val="de-DE"/>',
        ),
        "word/numbering.xml": _part(
            "numbering",
            '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
            '<w:lvlText w:val="–"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        ),
        "word/header1.xml": _part(
            "hdr", _paragraph("Kopfzeile", _named("reference"), _run("Seite "), _page_field())
        ),
        "word/header2.xml": _part("hdr", _paragraph("Kopfzeile", _logo())),
        "word/_rels/header2.xml.rels": relationships(f"{RELATION}/image media/image1.png"),
        "word/footer1.xml": _part("ftr", _paragraph("Fuzeile", _named("association.name"))),
        "word/glossary/document.xml": _part(
            "glossaryDocument",
            "<w:docParts><w:docPart><w:docPartPr><w:name "
            'w:val="0123456789ABCDEF0123456789ABCDEF"/></w:docPartPr><w:docPartBody>'
            f"{_paragraph('Standard', _run('Klicken Sie hier, um Text einzugeben.'))}"
            "</w:docPartBody></w:docPart></w:docParts>",
        ),
        "customXml/item1.xml": f'<presse xmlns="{_DATA}"><kind>Presseinfo</kind>'
        "<reference>P 000/0000</reference><date>01.01.2000</date></presse>",
        "customXml/_rels/item1.xml.rels": relationships(
            f"{RELATION}/customXmlProps itemProps1.xml"
        ),
        "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{_STORE}" '
        f'xmlns:ds="{OFFICE}/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{_DATA}"/>'
        "</ds:schemaRefs></ds:datastoreItem>",
    }
    overrides = {
        "styles": "styles",
        "settings": "settings",
        "numbering": "numbering",
        "fontTable": "fontTable",
        "header1": "header",
        "header2": "header",
        "footer1": "footer",
        "glossary/document": "document.glossary",
    }
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{PART.format(kind)}"/>'
        for name, kind in overrides.items()
    )
    types += (
        '<Override PartName="/word/theme/theme1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
        '<Override PartName="/customXml/itemProps1.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.customXmlProperties+xml"/>'
    )
    files = letterhead_files(main=MAIN.format("template"), parts=parts, types=types)
    return zipped({**files, "word/media/image1.png": picture()})


def _part(root: str, inner: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        f'<w:{root} {_DECLARED} mc:Ignorable="w14 w15">{inner}</w:{root}>'
    )


def _theme() -> str:
    colours = "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"
    inner = "".join(f'<a:{name}><a:srgbClr val="1F3864"/></a:{name}>' for name in colours.split())
    face = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    lines = '<a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{_SPACES["a"]}" name="Larissa"><a:themeElements>'
        f'<a:clrScheme name="Larissa">{inner}</a:clrScheme><a:fontScheme name="Larissa">'
        f"<a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Larissa"><a:fillStyleLst>{fill}</a:fillStyleLst>'
        f"<a:lnStyleLst>{lines}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(style: str, *content: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
    return f'<w:p w:rsidR="00A00001">{properties}{"".join(content)}</w:p>'


def _named(name: str) -> str:
    return field(f"press.{name}", "…", extra='<w15:color w:val="008080"/>')


def _named_cell(name: str) -> str:
    """A control around a paragraph of its own, as Word makes it of a whole cell's text."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="press.{name}"/><w:text/></w:sdtPr><w:sdtContent>'
        f"{_paragraph('Standard', _run('…'))}</w:sdtContent></w:sdt>"
    )


def _bound(tag: str, element: str, text: str) -> str:
    binding = (
        f"<w:dataBinding w:prefixMappings=\"xmlns:ns0='{_DATA}'\" "
        f'w:xpath="/ns0:presse[1]/ns0:{element}[1]" w:storeItemID="{_STORE}"/>'
    )
    return field(tag, text, extra=binding)


def _prompting(tag: str, text: str) -> str:
    prompt = (
        '<w:placeholder><w:docPart w:val="0123456789ABCDEF0123456789ABCDEF"/></w:placeholder>'
        "<w:showingPlcHdr/>"
    )
    return field(tag, text, look='<w:rStyle w:val="Platzhaltertext"/>', extra=prompt)


def _table(*cells: str) -> str:
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="4500" w:type="dxa"/></w:tcPr>{c}</w:tc>' for c in cells
    )
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/></w:tblPr><w:tblGrid>'
        f'<w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid><w:tr>{inner}</w:tr></w:tbl>'
    )


def _page_field() -> str:
    kinds = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds)
    code = '<w:r><w:instrText xml:space="preserve"> PAGE  \\* MERGEFORMAT </w:instrText></w:r>'
    return f"{begin}{code}{separate}{_run('2')}{end}"


def _text_box(inner: str) -> str:
    drawn = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="2880000" cy="720000"/><wp:docPr id="2" name="Textfeld 2"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_SPACES["wps"]}"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="2880000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        f"</a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = (
        '<w:pict><v:rect id="Textfeld 2" style="width:226.8pt;height:56.7pt"><v:textbox>'
        f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:rect></w:pict>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"{drawn}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def _logo() -> str:
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="1080000" cy="360000"/>'
        '<wp:docPr id="1" name="Grafik 1" descr="Wappen der Stadt"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SPACES["pic"]}"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="wappen.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        '<a:xfrm><a:off x="0" y="0"/><a:ext cx="1080000" cy="360000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _styles() -> str:
    inner = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'
        '<w:sz w:val="22"/><w:lang w:val="de-DE" w:eastAsia="en-US" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Standard">'
        '<w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="Absatz-Standardschriftart">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="NormaleTabelle">'
        '<w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="character" w:styleId="Platzhaltertext">'
        '<w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="808080"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Funotenzeichen"><w:name '
        'w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )
    for identity, (name, base, paragraph, run) in _STYLES.items():
        inner += (
            f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="{base}"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )
    return _part("styles", inner)
