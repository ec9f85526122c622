"""Content controls: the places of a letterhead that bear a tag, found and filled."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from presskit.ooxml.markup import Element, q, run, value

_BESIDE_TEXT = tuple(q(f"w:{name}") for name in ("drawing", "pict", "object"))
_BLOCKS = tuple(q(f"w:{name}") for name in ("p", "tbl", "sdt"))


def tagged(root: Element) -> Iterator[tuple[str, Element]]:
    """Every content control of a part that has a tag, in reading order."""
    for control in root.iter(q("w:sdt")):
        tag = value(control.find(f"{q('w:sdtPr')}/{q('w:tag')}"))
        if tag:
            yield tag, control


def write_text(control: Element, text: str, placeholder: str) -> None:
    """Set the text of a control in the look it has; ``placeholder`` is the style of its prompt."""
    content = control.find(q("w:sdtContent"))
    if content is None:
        return
    filled = run(text, _look(control, content, placeholder))
    paragraphs = list(content.iter(q("w:p")))
    for surplus in paragraphs[1:]:
        _drop(surplus)
    holder = paragraphs[0] if paragraphs else content
    for child in list(holder):
        if child.tag != q("w:pPr"):
            holder.remove(child)
    holder.append(filled)
    _settle(control, many_lines="\n" in text)


def paragraph_of(control: Element) -> Element | None:
    """The paragraph in which a control stands, or which stands in it."""
    around = next(control.iterancestors(q("w:p")), None)
    return next(control.iter(q("w:p")), None) if around is None else around


def remove_paragraph(paragraph: Element) -> None:
    """Take a paragraph away, or only its words where Word insists on a paragraph."""
    if next(paragraph.iter(*_BESIDE_TEXT), None) is not None:
        return
    node = paragraph
    while _stands_alone_in_control(node):
        node = next(node.iterancestors(q("w:sdt")))
    if _is_indispensable(node, paragraph):
        for child in list(paragraph):
            if child.tag != q("w:pPr"):
                paragraph.remove(child)
    else:
        _drop(node)


def _look(control: Element, content: Element, placeholder: str) -> Element | None:
    """The run properties of a control's text, without those of the prompt that stood there."""
    properties = control.find(f"{q('w:sdtPr')}/{q('w:rPr')}")
    prompted = control.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None
    if not (prompted and properties is not None):
        properties = next((each.find(q("w:rPr")) for each in content.iter(q("w:r"))), None)
    if properties is None:
        return None
    properties = copy.deepcopy(properties)
    for style in properties.findall(q("w:rStyle")):
        if value(style) == placeholder:
            properties.remove(style)
    return properties


def _settle(control: Element, *, many_lines: bool) -> None:
    """Tell Word that the control holds its text, not its prompt."""
    properties = control.find(q("w:sdtPr"))
    if properties is None:
        return
    for prompt in properties.findall(q("w:showingPlcHdr")):
        properties.remove(prompt)
    plain = properties.find(q("w:text"))
    if many_lines and plain is not None:
        plain.set(q("w:multiLine"), "1")


def _stands_alone_in_control(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == q("w:sdtContent") and len(parent) == 1


def _is_indispensable(node: Element, paragraph: Element) -> bool:
    """Whether a section, a table cell or a header would be broken without the paragraph."""
    parent = node.getparent()
    if parent is None or paragraph.find(f"{q('w:pPr')}/{q('w:sectPr')}") is not None:
        return True
    if parent.tag == q("w:body"):
        return False
    before, after = node.getprevious(), node.getnext()
    if after is not None:
        return not any(each.tag in _BLOCKS for each in parent if each is not node)
    return before is None or before.tag != q("w:p")


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
