"""The page that a Word letterhead describes, read so that the PDF can be set on the same one.

Read are the page, its margins, headers and footers, and what stands around the text: paragraphs,
tables, text boxes and pictures with their looks. Lengths are in points. What cannot be taken over
(shapes without text, charts, WordArt) is left out; ``templates/README.md`` says so to the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.letterhead import BODY
from presskit.ooxml.markup import NAMESPACES, Element, q, value
from presskit.ooxml.package import Package
from presskit.render.pdf.looks import Look, Looks, border, fill, points

Block = dict[str, Any]

_A4 = {"width": 595.3, "height": 841.9}
_MARGINS = {
    "top": 70.85,
    "bottom": 56.7,
    "left": 70.85,
    "right": 56.7,
    "header": 35.4,
    "footer": 35.4,
}
_EMU = 12_700  # English metric units in a point
_PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp"}
_FIELDS = {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}
_TRANSPARENT = {
    q(f"w:{name}") for name in ("smartTag", "hyperlink", "ins", "customXml", "fldSimple")
}
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_REL = "{" + NAMESPACES["r"] + "}"


@dataclass
class Stationery:
    """A letterhead for the PDF; ``data`` is ready for JSON, ``files`` are its pictures by name."""

    data: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)


def read_stationery(package: Package, document: str) -> Stationery:
    """Read a letterhead whose fields are filled; the place of the text is a block ``body``."""
    return _Reader(package, document).read()


class _Reader:
    def __init__(self, package: Package, document: str) -> None:
        self._package = package
        self._document = document
        self._files: dict[str, bytes] = {}
        self._looks = Looks(self._part("styles"), self._part("theme"))

    def read(self) -> Stationery:
        root = self._package.tree(self._document)
        body = root.find(q("w:body"))
        section = None if body is None else body.find(q("w:sectPr"))
        story = _Story(self, self._document)
        data = {
            "page": _page(section),
            "stories": self._stories(section),
            "blocks": [] if body is None else story.blocks(body),
            "styles": self._styles(),
        }
        return Stationery(data, self._files)

    @property
    def looks(self) -> Looks:
        return self._looks

    def picture(self, story: str, relation: str) -> str:
        """The name of a picture's file; empty where it cannot be shown."""
        name = self._package.target(story, relation)
        if not name or name not in self._package:
            return ""
        content = self._package.content(name)
        kind = next((end for start, end in _PICTURES.items() if content.startswith(start)), "")
        if not kind:
            return ""
        file = f"letterhead-{name.rpartition('/')[2].rpartition('.')[0]}.{kind}"
        self._files[file] = content
        return file

    def _part(self, kind: str) -> Element | None:
        relation = {"styles": RELATIONSHIP_TYPE.STYLES, "theme": RELATIONSHIP_TYPE.THEME}[kind]
        for name in self._package.related(self._document, relation):
            return self._package.tree(name)
        return None

    def _stories(self, section: Element | None) -> dict[str, Any]:
        """Header and footer of the first page and of the others."""
        titled = _switched_on(None if section is None else section.find(q("w:titlePg")))
        found: dict[str, Any] = {"titled": titled}
        for kind in ("header", "footer"):
            for page in ("default", "first"):
                found[f"{kind}-{page}"] = self._story(section, kind, page)
        return found

    def _story(self, section: Element | None, kind: str, page: str) -> list[Block]:
        references = [] if section is None else section.findall(q(f"w:{kind}Reference"))
        for reference in references:
            if reference.get(q("w:type"), "default") == page:
                name = self._package.target(self._document, reference.get(f"{_REL}id", ""))
                if name and name in self._package:
                    return _Story(self, name).blocks(self._package.tree(name))
        return []

    def _styles(self) -> dict[str, Any]:
        """The looks of what a release's text is made of, as far as the letterhead has them."""
        found: dict[str, Any] = {
            "normal": {
                "paragraph": self._looks.paragraph(None),
                "text": self._looks.text(None, None),
            }
        }
        names = [f"heading {level}" for level in range(1, 7)]
        for name in (*names, "quote", "caption", "footnote text", "press table text"):
            looks = self._looks.named(name)
            if looks:
                found[name] = {"paragraph": looks[0], "text": looks[1]}
        link = self._looks.character("hyperlink")
        if link is not None:
            found["hyperlink"] = {"text": link}
        return found


class _Story:
    """One part with text, read block by block; a field's code is not text, its result is."""

    def __init__(self, reader: _Reader, name: str) -> None:
        self._reader = reader
        self._name = name

    def blocks(self, parent: Element) -> list[Block]:
        return _with_joined_borders([block for node in parent for block in self._block(node)])

    def _block(self, node: Element) -> Iterator[Block]:
        match node.tag:
            case tag if tag == q("w:p"):
                yield from self._paragraph(node)
            case tag if tag == q("w:tbl"):
                yield self._table(node)
            case tag if tag == q("w:sdt") and _is_body(node):
                yield {"type": "body"}
            case tag if tag == q("w:sdt"):
                content = node.find(q("w:sdtContent"))
                yield from [] if content is None else self.blocks(content)
            case tag if tag in _TRANSPARENT:
                yield from self.blocks(node)

    def _paragraph(self, node: Element) -> Iterator[Block]:
        if any(_is_body(each) for each in node.iter(q("w:sdt"))):
            yield {"type": "body"}
            return
        properties = node.find(q("w:pPr"))
        frames: list[Block] = []
        pieces = self._pieces(node, properties, frames)
        yield from frames
        looks = self._reader.looks
        yield {
            "type": "paragraph",
            "style": looks.style_name(properties),
            "title": any(_tag(each) == "press.title" for each in node.iter(q("w:sdt"))),
            "look": looks.paragraph(properties),
            "text": looks.text(properties, None if properties is None else _mark(properties)),
            "pieces": _merged(pieces),
        }

    def _pieces(
        self, node: Element, properties: Element | None, frames: list[Block]
    ) -> list[Block]:
        """The runs of a paragraph; ``frames`` takes the boxes that are anchored in it."""
        pieces: list[Block] = []
        field = _Field()
        for run in _runs(node):
            if run.tag == q("w:fldSimple"):
                kind = _FIELDS.get(_field_name(run.get(q("w:instr"), "")))
                inside = run.find(q("w:r"))
                look = self._look(properties, inside)
                if kind:
                    pieces.append({"field": kind, "look": look})
                continue
            look = self._look(properties, run)
            if look.get("hidden"):
                continue
            for child in _content(run):
                pieces += self._piece(child, look, field, frames)
        return pieces

    def _look(self, properties: Element | None, run: Element | None) -> Look:
        return self._reader.looks.text(properties, None if run is None else run.find(q("w:rPr")))

    def _piece(self, node: Element, look: Look, field: _Field, frames: list[Block]) -> list[Block]:
        match node.tag.rpartition("}")[2]:
            case "fldChar" | "instrText":
                kind = field.take(node)
                return [{"field": kind, "look": look}] if kind else []
            case _ if field.hides_result:
                return []
            case "t":
                return [{"content": node.text or "", "look": look}]
            case "tab" | "ptab":
                return [{"tab": True}]
            case "br" | "cr":
                return [{"break": True}]
            case "noBreakHyphen":
                return [{"content": "\N{NON-BREAKING HYPHEN}", "look": look}]
            case "drawing":
                return self._drawing(node, frames)
            case "pict":
                frames += self._old_boxes(node)
        return []

    def _drawing(self, node: Element, frames: list[Block]) -> list[Block]:
        """A picture in the line; one that is anchored, and a text box, become frames."""
        inline = node.find(q("wp:inline"))
        holder = node.find(q("wp:anchor")) if inline is None else inline
        if holder is None:
            return []
        width, height = _extent(holder)
        properties = holder.find(q("wp:docPr"))
        alt = "" if properties is None else properties.get("descr") or properties.get("title") or ""
        picture = next(holder.iter(q("a:blip")), None)
        file = ""
        if picture is not None:
            file = self._reader.picture(self._name, picture.get(f"{_REL}embed", ""))
        shown = {"image": file, "width": width, "height": height, "alt": alt}
        if inline is not None:
            return [shown] if file else []
        box = next(holder.iter(q("w:txbxContent")), None)
        blocks = self.blocks(box) if box is not None else []
        if file:
            blocks = [{"type": "picture", **shown}]
        background = _shape_fill(holder)
        if blocks or background:
            size = {"width": width, "height": height, "fill": background}
            frames.append({"type": "frame", **_anchor(holder), **size, "blocks": blocks})
        return []

    def _old_boxes(self, node: Element) -> list[Block]:
        """The text of a VML text box, set where it is anchored."""
        found = []
        for box in node.iter(q("w:txbxContent")):
            found += self.blocks(box)
        return found

    def _table(self, node: Element) -> Block:
        properties = node.find(q("w:tblPr"))
        grid = node.find(q("w:tblGrid"))
        columns = [] if grid is None else [points(each.get(q("w:w"))) for each in grid]
        rows = [self._row(row, properties) for row in _rows(node)]
        widest = max((sum(cell["span"] for cell in row["cells"]) for row in rows), default=0)
        columns += [0.0] * (widest - len(columns))
        indent = None if properties is None else properties.find(q("w:tblInd"))
        return {
            "type": "table",
            "columns": columns,
            "align": "" if properties is None else value(properties.find(q("w:jc"))),
            "indent": 0.0 if indent is None else points(indent.get(q("w:w"))),
            "rows": [row for row in rows if row["cells"]],
        }

    def _row(self, row: Element, table: Element | None) -> Block:
        height = row.find(f"{q('w:trPr')}/{q('w:trHeight')}")
        return {
            "height": 0.0 if height is None else points(height.get(q("w:val"))),
            "cells": [self._cell(cell, table) for cell in _cells(row)],
        }

    def _cell(self, cell: Element, table: Element | None) -> Block:
        properties = cell.find(q("w:tcPr"))
        span = value(_child(properties, "w:gridSpan"))
        borders = _child(properties, "w:tcBorders")
        merged = _child(properties, "w:vMerge")
        continues = merged is not None and value(merged) != "restart"
        return {
            "span": max(1, int(span)) if span.isdigit() else 1,
            "blocks": [] if continues else self.blocks(cell),
            "fill": fill(_child(properties, "w:shd")),
            "valign": value(_child(properties, "w:vAlign")) or "top",
            "inset": _inset(_child(table, "w:tblCellMar"), _child(properties, "w:tcMar")),
            "borders": _borders(_child(table, "w:tblBorders"), borders),
        }


class _Field:
    """A complex field being read: its code, then the result that an older program left there."""

    def __init__(self) -> None:
        self._code: str | None = None
        self._result = False
        self._known = False

    @property
    def hides_result(self) -> bool:
        """Whether what is read is code, or the stale result of a field that is set anew."""
        return self._code is not None and (not self._result or self._known)

    def take(self, node: Element) -> str:
        """Follow the field; gives its kind once, where it is one that is set anew."""
        if node.tag == q("w:instrText"):
            self._code = (self._code or "") + (node.text or "")
            return ""
        match node.get(q("w:fldCharType")):
            case "begin":
                self._code, self._result, self._known = "", False, False
            case "separate":
                self._result = True
                return self._recognise()
            case "end":
                kind = "" if self._result else self._recognise()
                self._code = None
                return kind
        return ""

    def _recognise(self) -> str:
        kind = _FIELDS.get(_field_name(self._code or ""), "")
        self._known = bool(kind)
        return kind


def _field_name(code: str) -> str:
    return code.split()[0].upper() if code.split() else ""


def _page(section: Element | None) -> dict[str, float]:
    size = _child(section, "w:pgSz")
    margins = _child(section, "w:pgMar")
    page = dict(_A4)
    if size is not None:
        page = {"width": points(size.get(q("w:w"))), "height": points(size.get(q("w:h")))}
    edges = dict(_MARGINS)
    for edge in edges if margins is not None else ():
        if margins is not None and margins.get(q(f"w:{edge}")):
            edges[edge] = abs(points(margins.get(q(f"w:{edge}"))))
    return {**page, **edges}


def _runs(node: Element) -> Iterator[Element]:
    """Every run of a paragraph and every simple field, through whatever stands around them."""
    for child in node:
        if child.tag == q("w:r") or (
            child.tag == q("w:fldSimple") and _field_name(child.get(q("w:instr"), "")) in _FIELDS
        ):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _runs(child)
        elif child.tag == q("w:sdt"):
            content = child.find(q("w:sdtContent"))
            yield from () if content is None else _runs(content)


def _content(run: Element) -> Iterator[Element]:
    """What a run holds; of several forms of one thing, the first that can be read."""
    for child in run:
        if child.tag == f"{_MC}AlternateContent":
            chosen = child.find(f"{_MC}Choice")
            yield from () if chosen is None else chosen
        else:
            yield child


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == q("w:tr"):
            yield child
        elif child.tag == q("w:sdt") and (content := child.find(q("w:sdtContent"))) is not None:
            yield from _rows(content)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if child.tag == q("w:tc"):
            yield child
        elif child.tag == q("w:sdt") and (content := child.find(q("w:sdtContent"))) is not None:
            yield from _cells(content)


def _with_joined_borders(blocks: list[Block]) -> list[Block]:
    """Neighbouring paragraphs with the same borders as Word shows them: within one frame."""
    joined = list(blocks)
    for at in range(1, len(joined)):
        upper, lower = joined[at - 1], joined[at]
        if upper["type"] == lower["type"] == "paragraph":
            borders = blocks[at]["look"].get("borders")
            if borders and borders == blocks[at - 1]["look"].get("borders"):
                joined[at - 1] = _without_border(upper, "bottom")
                joined[at] = _without_border(lower, "top")
    return joined


def _without_border(block: Block, side: str) -> Block:
    look = block["look"]
    kept = {name: line for name, line in look["borders"].items() if name != side}
    return {**block, "look": {**look, "borders": kept}}


def _merged(pieces: list[Block]) -> list[Block]:
    """Neighbouring runs of one look as one."""
    merged: list[Block] = []
    for piece in pieces:
        last = merged[-1] if merged else {}
        if "content" in piece and "content" in last and piece["look"] == last["look"]:
            merged[-1] = {**last, "content": last["content"] + piece["content"]}
        else:
            merged.append(piece)
    return merged


def _anchor(holder: Element) -> Block:
    """Where an anchored thing stands: from the page, its margins or the paragraph."""
    place: Block = {}
    for axis, name in (("x", "wp:positionH"), ("y", "wp:positionV")):
        node = holder.find(q(name))
        if node is None:
            place[axis] = {"from": "column" if axis == "x" else "paragraph", "offset": 0.0}
            continue
        offset, align = node.find(q("wp:posOffset")), node.find(q("wp:align"))
        place[axis] = {
            "from": node.get("relativeFrom", "page"),
            "offset": _emu(None if offset is None else offset.text),
            "align": "" if align is None else (align.text or "").strip(),
        }
    return place


def _extent(holder: Element) -> tuple[float, float]:
    extent = holder.find(q("wp:extent"))
    if extent is None:
        return 0.0, 0.0
    return _emu(extent.get("cx")), _emu(extent.get("cy"))


def _emu(written: str | None) -> float:
    try:
        return int((written or "0").strip()) / _EMU
    except ValueError:
        return 0.0


def _shape_fill(holder: Element) -> str | None:
    properties = next(holder.iter(f"{_WPS}spPr"), None)
    solid = None if properties is None else properties.find(f"{q('a:solidFill')}/{q('a:srgbClr')}")
    return None if solid is None else (solid.get("val") or "").lower() or None


def _inset(table: Element | None, cell: Element | None) -> Block:
    inset = {"top": 0.0, "bottom": 0.0, "left": 5.4, "right": 5.4}
    names = {"start": "left", "end": "right"}
    for margins in (table, cell):
        for node in margins if margins is not None else ():
            name = node.tag.rpartition("}")[2]
            inset[names.get(name, name)] = points(node.get(q("w:w")))
    return inset


def _borders(table: Element | None, cell: Element | None) -> Block:
    found: Block = {}
    for side in ("top", "bottom", "left", "right"):
        inner = "w:insideH" if side in ("top", "bottom") else "w:insideV"
        node = _child(cell, f"w:{side}")
        if node is None:
            node = _child(table, f"w:{side}") if table is not None else None
            node = _child(table, inner) if node is None else node
        if line := border(node):
            found[side] = line
    return found


def _mark(properties: Element) -> Element | None:
    """The look of a paragraph's end, which is that of an empty line."""
    return properties.find(q("w:rPr"))


def _child(node: Element | None, name: str) -> Element | None:
    return None if node is None else node.find(q(name))


def _switched_on(node: Element | None) -> bool:
    return node is not None and value(node) not in ("0", "false", "off")


def _tag(control: Element) -> str:
    return value(control.find(f"{q('w:sdtPr')}/{q('w:tag')}"))


def _is_body(control: Element) -> bool:
    return _tag(control) == BODY
