"""Where the text of a release stands in a Word file, and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass

from presskit.document import Block
from presskit.intake.found import Found
from presskit.intake.word.fields import labelled_fields, words_of
from presskit.intake.word.reader import WordFile
from presskit.intake.word.stories import read_story
from presskit.letterhead import BODY
from presskit.ooxml.controls import tagged
from presskit.ooxml.markup import Element, q, w

BOOKMARK = "press_body"
# A letterhead without tags is looked for no further down than this many paragraphs.
_LONGEST_HEAD = 30


@dataclass(frozen=True)
class Body:
    """The text, and what was found above it."""

    blocks: tuple[Block, ...]
    found: tuple[Found, ...] = ()


def body_of(file: WordFile, fields: tuple[Found, ...]) -> Body:
    """The text between the bookmark's ends, else in its control, else what no field holds."""
    root = file.package.tree(file.document)
    marked = _between_marks(root)
    if marked is not None:
        return Body(read_story(file, file.document, _holding(marked)))
    for tag, control in tagged(root):
        content = control.find(q("w:sdtContent"))
        if tag == BODY and content is not None:
            return Body(read_story(file, file.document, _as_blocks(control, content)))
    body = root.find(q("w:body"))
    return Body(()) if body is None else _whole(file, body, fields)


def _whole(file: WordFile, body: Element, fields: tuple[Found, ...]) -> Body:
    nodes = [each for each in body if not _holds_field(each)]
    title = next((n for n, each in enumerate(nodes) if _is_title(file, each)), None)
    found: list[Found] = []
    has_title = any(each.key == "title" for each in fields)
    above = nodes[: title if title is not None else 0]
    if title is None and not has_title:
        above = []
    kept, labelled = _below_labels(above[:_LONGEST_HEAD])
    found += labelled
    rest = nodes[len(above) :]
    if title is not None and not has_title:
        words = words_of(nodes[title])
        found.append(Found(key="title", value=words, confidence="likely", source=words))
        rest = rest[1:]
    kept += above[_LONGEST_HEAD:]
    return Body(read_story(file, file.document, _holding([*kept, *rest])), tuple(found))


def _below_labels(nodes: list[Element]) -> tuple[list[Element], list[Found]]:
    """The nodes above a title that no label explains, and what the others say."""
    paragraphs = [p for node in nodes for p in node.iter(q("w:p"))]
    found, used = labelled_fields([words_of(each) for each in paragraphs])
    spent = {paragraphs[number - 1] for number in used}
    kept = []
    for node in nodes:
        inside = [each for each in node.iter(q("w:p")) if words_of(each)]
        if node.tag != q("w:p") or not inside or inside[0] not in spent:
            if inside and all(each in spent for each in inside):
                continue
            kept.append(node)
    return kept, list(found)


def _is_title(file: WordFile, node: Element) -> bool:
    if node.tag != q("w:p") or not words_of(node):
        return False
    return file.styles.is_title(node.find(q("w:pPr")))


def _holds_field(node: Element) -> bool:
    """Whether a block is there for a field alone."""
    tags = [tag for tag, _ in tagged(node)]
    return any(tag.startswith("press.") for tag in tags)


def _between_marks(root: Element) -> list[Element] | None:
    for start in root.iter(q("w:bookmarkStart")):
        if start.get(q("w:name")) != BOOKMARK:
            continue
        identity = start.get(q("w:id"))
        nodes: list[Element] = []
        for node in start.itersiblings():
            if node.tag == q("w:bookmarkEnd") and node.get(q("w:id")) == identity:
                return nodes
            nodes.append(node)
            if any(each.get(q("w:id")) == identity for each in node.iter(q("w:bookmarkEnd"))):
                return nodes
        return [each for each in nodes if each.tag != q("w:sectPr")] if nodes else None
    return None


def _as_blocks(control: Element, content: Element) -> Element:
    """The content of a control; one within a line is taken with its paragraph."""
    if next(content.iterchildren(q("w:p"), q("w:tbl"), q("w:sdt")), None) is not None:
        return content
    paragraph = next(control.iterancestors(q("w:p")), None)
    return content if paragraph is None else _holding([paragraph])


def _holding(nodes: list[Element]) -> Element:
    """An element that stands for some neighbouring ones; they are moved, for none is written."""
    holder = w("sdtContent")
    holder.extend(nodes)
    return holder
