"""Bytes of a text, an HTML page or a PDF -> its lines, each with what kind of line it was."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from presskit.document import Inline, LineBreak, Link, Text
from presskit.errors import DraftError, Place

MOST_BYTES = 20_000_000
_MOST_PAGES = 500
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|p|div|h1|table)\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
_UNSHOWN = ("script", "style", "noscript", "template", "head", "title", "svg", "iframe", "form")
_OWN_LINE = (
    *("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "dt", "dd", "blockquote", "pre"),
    *("section", "article", "header", "footer", "main", "nav", "aside", "table", "ul", "ol", "hr"),
    *("figure", "figcaption", "address", "body", "html", "tbody", "thead", "dl"),
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")

Kind = Literal["", "heading", "item"]


@dataclass(frozen=True)
class PageLine:
    """A line of a page; ``number`` counts from 1. ``whole`` says that it is a paragraph by itself.

    ``inlines`` holds the line's links where the source has them.
    """

    number: int
    text: str
    kind: Kind = ""
    whole: bool = False
    inlines: tuple[Inline, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be read there."""
        return not self.text.replace("\N{NO-BREAK SPACE}", " ").strip()


def lines_of(content: bytes, file: str) -> tuple[PageLine, ...]:
    """The lines of a page in reading order; raises :class:`DraftError` where there are none."""
    if len(content) > MOST_BYTES:
        sentence = "the file has more than {most} megabytes, too much for a release."
        remedy = "Import the release alone."
        most = MOST_BYTES // 1_000_000
        raise DraftError(sentence, remedy=remedy, place=Place(file), most=most)
    if content[:1024].lstrip().startswith(b"%PDF"):
        found = _of_pdf(content, file)
    elif _HTML.search(content[:4000]):
        found = _of_html(content, file)
    else:
        text = _decoded(content, file).replace("\r\n", "\n").replace("\r", "\n")
        lines = re.split("[\n\f\v\u2028\u2029]", _CONTROL.sub(" ", text))
        found = tuple(PageLine(number, line) for number, line in enumerate(lines, start=1))
    if all(line.is_blank for line in found):
        remedy = "Is it a scan? Only pages with text can be read."
        raise DraftError("the file holds no text.", remedy=remedy, place=Place(file))
    return found


def _decoded(content: bytes, file: str) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\0" in content[:4000]:
        raise DraftError(
            "this is neither a text nor a page nor a PDF.",
            remedy="Import Word files (.docx), text, HTML or PDF.",
            place=Place(file),
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows' own encoding, the only other one of German offices; five bytes have no letter.
        return content.decode("cp1252", "replace")


def _of_html(content: bytes, file: str) -> tuple[PageLine, ...]:
    from lxml import etree, html

    declared = _CHARSET.search(content[:4000])
    encoding = declared[1].decode("ascii", "ignore") if declared else None
    try:
        text = content.decode(encoding) if encoding else _decoded(content, file)
    except (LookupError, UnicodeDecodeError):
        text = _decoded(content, file)
    try:
        parser = html.HTMLParser(huge_tree=True, no_network=True)
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text), parser=parser)
    except (etree.ParserError, ValueError) as fault:
        remedy = "Save the page again from the browser."
        raise DraftError("the page cannot be read.", remedy=remedy, place=Place(file)) from fault
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        remedy = "Open it in a browser, copy the release and save it as text."
        raise DraftError("the page is nested too deeply.", remedy=remedy, place=Place(file))
    flow = _Flow()
    flow.walk(root)
    flow.end_line()
    return tuple(flow.lines)


class _Flow:
    """The text of a page as it flows, cut into lines where blocks begin and end."""

    def __init__(self) -> None:
        self.lines: list[PageLine] = []
        self._inlines: list[Inline] = []
        self._kind: Kind = ""

    def walk(self, root: object) -> None:
        """Walk without recursion: pages may be nested as deeply as they like."""
        from lxml import etree

        target: list[str] = []
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(node.tag, str) or any(
                each in _UNSHOWN for each in (node.tag, *_tags_above(node))
            ):
                if event == "end" and (node.tag in _UNSHOWN or not isinstance(node.tag, str)):
                    self._add(node.tail, target)
                continue
            if event == "start":
                self._begin(node, target)
                self._add(node.text, target)
            else:
                self._finish(node, target)
                self._add(node.tail, target)

    def end_line(self) -> None:
        text = "".join(
            each.content if isinstance(each, Text) else _words(each) for each in self._inlines
        )
        text = " ".join(text.split(" "))
        if self._inlines and text.strip():
            line = PageLine(
                len(self.lines) + 1,
                text.strip(),
                self._kind,
                whole=True,
                inlines=_tidy(self._inlines),
            )
            self.lines.append(line)
        self._inlines, self._kind = [], ""

    def _begin(self, node: object, target: list[str]) -> None:
        tag = node.tag  # type: ignore[attr-defined]
        if tag in _OWN_LINE:
            self.end_line()
            if tag == "li":
                self._kind = "item"
            elif tag in ("h2", "h3", "h4", "h5", "h6"):
                self._kind = "heading"
        elif tag == "br":
            self._inlines.append(LineBreak())
        elif tag == "a":
            target.append(node.get("href", ""))  # type: ignore[attr-defined]
        elif tag in ("td", "th") and self._inlines:
            self._inlines.append(Text(" | "))

    def _finish(self, node: object, target: list[str]) -> None:
        tag = node.tag  # type: ignore[attr-defined]
        if tag == "a" and target:
            target.pop()
        elif tag in _OWN_LINE:
            self.end_line()

    def _add(self, text: str | None, target: list[str]) -> None:
        words = re.sub(r"[\t\n\r\f ]+", " ", _CONTROL.sub(" ", text or ""))
        if not words:
            return
        goal = target[-1] if target else ""
        if goal.startswith(("http://", "https://", "mailto:", "tel:")) and words.strip():
            self._inlines.append(Link((Text(words),), goal))
        else:
            self._inlines.append(Text(words))


def _tags_above(node: object) -> Iterator[str]:
    above = node.getparent()  # type: ignore[attr-defined]
    depth = 0
    while above is not None and depth < 60:
        if isinstance(above.tag, str):
            yield above.tag
        above, depth = above.getparent(), depth + 1


def _words(inline: Inline) -> str:
    match inline:
        case Link((Text(content),)):
            return content
        case LineBreak():
            return "\n"
    return ""


def _tidy(inlines: list[Inline]) -> tuple[Inline, ...]:
    """Neighbouring words as one, no blanks at either end."""
    joined: list[Inline] = []
    for each in inlines:
        last = joined[-1] if joined else None
        if isinstance(each, Text) and isinstance(last, Text):
            joined[-1] = Text(re.sub(" +", " ", last.content + each.content))
        else:
            joined.append(each)
    while joined and isinstance(joined[0], LineBreak):
        del joined[0]
    while joined and isinstance(joined[-1], LineBreak):
        del joined[-1]
    if joined and isinstance(joined[0], Text):
        joined[0] = Text(joined[0].content.lstrip(" "))
    if joined and isinstance(joined[-1], Text):
        joined[-1] = Text(joined[-1].content.rstrip(" "))
    return tuple(each for each in joined if each != Text(""))


def _of_pdf(content: bytes, file: str) -> tuple[PageLine, ...]:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            remedy = "Ask for a copy without a password."
            sentence = "the PDF is protected by a password."
            raise DraftError(sentence, remedy=remedy, place=Place(file))
        if len(reader.pages) > _MOST_PAGES:
            remedy = "Import the release alone."
            sentence = "the PDF has more than {most} pages."
            raise DraftError(sentence, remedy=remedy, place=Place(file), most=_MOST_PAGES)
        pages = [page.extract_text() for page in reader.pages]
    except DraftError:
        raise
    except Exception as fault:
        # pypdf has no one parent for what damaged files make it raise.
        remedy = "Open it in a PDF reader and print it into a new file."
        raise DraftError("the PDF cannot be read.", remedy=remedy, place=Place(file)) from fault
    text = _CONTROL.sub(" ", "\n".join(pages))
    return tuple(PageLine(number, line) for number, line in enumerate(text.split("\n"), start=1))
