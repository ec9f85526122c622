"""Pictures in the line of text (DrawingML, ECMA-376 part 1, clause 20)."""

from __future__ import annotations

from lxml import etree

from presskit.document import Image
from presskit.ooxml.markup import NAMESPACES, Element, clean, w
from presskit.pictures import Picture

_EMU = 12_700  # English metric units in a point
_NAMES = {prefix: NAMESPACES[prefix] for prefix in ("wp", "a", "pic", "r")}


def drawing(image: Image, picture: Picture, relation: str, number: int, width: float) -> Element:
    """A run that shows a picture, at most ``width`` points wide, and says what it shows."""
    wide, high = (round(each * _EMU) for each in picture.size_within(width))
    inline = _node("wp:inline", distT=0, distB=0, distL=0, distR=0)
    _node("wp:extent", inline, cx=wide, cy=high)
    _node("wp:docPr", inline, id=number, name=f"Bild {number}", descr=clean(image.alt))
    frame = _node("wp:cNvGraphicFramePr", inline)
    _node("a:graphicFrameLocks", frame, noChangeAspect=1)
    data = _node("a:graphicData", _node("a:graphic", inline), uri=_NAMES["pic"])
    shape = _node("pic:pic", data)
    about = _node("pic:nvPicPr", shape)
    _node("pic:cNvPr", about, id=number, name=picture.file_name)
    _node("pic:cNvPicPr", about)
    filling = _node("pic:blipFill", shape)
    blip = _node("a:blip", filling)
    blip.set(f"{{{_NAMES['r']}}}embed", relation)
    _node("a:fillRect", _node("a:stretch", filling))
    properties = _node("pic:spPr", shape)
    place = _node("a:xfrm", properties)
    _node("a:off", place, x=0, y=0)
    _node("a:ext", place, cx=wide, cy=high)
    _node("a:avLst", _node("a:prstGeom", properties, prst="rect"))
    return w("r", w("drawing", inline))


def _node(tagged: str, parent: Element | None = None, /, **attributes: object) -> Element:
    prefix, _, local = tagged.partition(":")
    tag = f"{{{_NAMES[prefix]}}}{local}"
    node = etree.Element(tag, nsmap=_NAMES) if parent is None else etree.SubElement(parent, tag)
    for key, value in attributes.items():
        node.set(key, str(value))
    return node
