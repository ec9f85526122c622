"""What a mail uses: its elements, attributes, styles and rules, as keys of caniemail's features."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from presskit.render.clients import grounds
from presskit.render.clients.styles import Declaration, declarations, rules
from presskit.render.clients.support import NOWHERE, attributes, properties

_CLOSED_TO_OUTLOOK = re.compile(r"\s*\[if\s+!\s*mso", re.I)
_OPEN_AGAIN = re.compile(r"\s*(?:<!)?\[endif\]", re.I)
_PICTURE_ENDING = re.compile(r"\.(avif|heic|heif|mp4|svg|tiff?|webp)(?:[?#]|$)", re.I)
_SAME_FORMAT = {"heic": "heif", "tif": "tiff"}
_SIDE_BY_SIDE = {
    **dict.fromkeys(("flex", "inline-flex"), "css-display-flex"),
    **dict.fromkeys(("grid", "inline-grid"), "css-display-grid"),
}
_OUT_OF_PLACE = ("absolute", "fixed")
_ELEMENTS = {
    **{name: name for name in NOWHERE},
    **{
        name: f"html-{name}"
        for name in (
            *("abbr", "acronym", "address", "audio", "base", "bdi", "dfn", "dialog", "form"),
            *("marquee", "meter", "object", "picture", "progress", "rp", "rt", "ruby", "select"),
            *("small", "svg", "textarea", "video", "wbr"),
        )
    },
    **dict.fromkeys(("article", "aside", "details", "figure", "figcaption"), "html-semantics"),
    **dict.fromkeys(("footer", "header", "main", "nav", "section", "time"), "html-semantics"),
    "map": "html-image-maps",
}
# Elements whose content stands in for them where they are not known.
_WITH_STAND_IN = ("audio", "canvas", "iframe", "meter", "object", "progress", "video")


@dataclass(frozen=True)
class Use:
    """One use of a feature: as it is written, and whether its want costs the reader nothing.

    ``outlook`` is false within a part that Outlook for Windows never sees.
    """

    feature: str
    written: str
    eased: bool = False
    outlook: bool = True


def uses(html: str) -> Iterator[Use]:
    """Everything a page uses after its styles were worked into its elements."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        page = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        return
    outlook = True
    hidden: set[object] = set()
    for node in page.iter():
        if isinstance(node, etree._Comment):
            outlook = _seen_by_outlook(node.text or "", outlook)
        elif isinstance(node.tag, str):
            styles = declarations(node.get("style") or "")
            if node.getparent() in hidden or Declaration("display", "none") in styles:
                hidden.add(node)
            for feature, written, eased in _of_element(node, styles):
                yield Use(feature, written, eased or node in hidden, outlook)


def _seen_by_outlook(comment: str, before: bool) -> bool:
    if _CLOSED_TO_OUTLOOK.match(comment):
        return False
    return True if _OPEN_AGAIN.match(comment) else before


_Found = tuple[str, str, bool]


def _of_element(
    element: lxml_html.HtmlElement, styles: tuple[Declaration, ...]
) -> Iterator[_Found]:
    tag = str(element.tag).lower()
    if feature := _element_feature(element, tag):
        yield feature, f"<{tag}>", _stands_in(element, tag)
    for name in element.attrib:
        if key := attributes().get(str(name)):
            yield key, f"{name}=", False
    if tag == "html" and any("4email" in str(name) for name in element.attrib):
        yield "amp", "<html amp4email>", False
    if tag == "img":
        yield from _of_picture(element.get("src") or "")
    if tag == "style":
        yield from _of_rules(element.text or "")
    yield from _of_styles(element, styles)
    yield from ((*each, False) for each in grounds.lost(element, styles))


def _element_feature(element: lxml_html.HtmlElement, tag: str) -> str | None:
    kind = (element.get("type") or "").strip().lower()
    if tag == "script" and "json" in kind:
        return None  # data for the mail program, not for the reader
    if tag == "link":
        return "html-link" if "stylesheet" in (element.get("rel") or "").lower() else None
    if tag == "input":
        known = ("checkbox", "radio", "reset", "submit", "hidden")
        return f"html-input-{kind if kind in known else 'text'}"
    if tag == "button":
        return "html-button-reset" if kind == "reset" else "html-button-submit"
    return _ELEMENTS.get(tag)


def _stands_in(element: lxml_html.HtmlElement, tag: str) -> bool:
    """Whether nothing is lost with it: something stands in for it, or it is mere ornament."""
    ornament = element.get("aria-hidden") == "true" or element.get("role") in (
        *("presentation", "none"),
    )
    if tag == "svg":
        return ornament
    within = "".join(element.itertext()).strip() or element.find(".//img") is not None
    return tag in _WITH_STAND_IN and bool(within)


def _of_picture(address: str) -> Iterator[_Found]:
    address = address.strip()
    if address[:5].lower() == "data:":
        yield "image-base64", "data:", False
    elif found := _PICTURE_ENDING.search(address):
        ending = found[1].lower()
        yield f"image-{_SAME_FORMAT.get(ending, ending)}", f".{ending}", False


def _of_styles(element: lxml_html.HtmlElement, styles: tuple[Declaration, ...]) -> Iterator[_Found]:
    shown = dict.fromkeys(styles)
    for each in shown:
        written = f"{each.name}: {each.value}"
        if each.name == "display" and each.value in _SIDE_BY_SIDE:
            column = any(
                s.name in ("flex-direction", "flex-flow") and "column" in s.value for s in styles
            )
            alone = sum(isinstance(child.tag, str) for child in element) < 2
            yield _SIDE_BY_SIDE[each.value], written, column or alone
        elif each.name == "position" and each.value in _OUT_OF_PLACE:
            yield "css-position", written, not _has_words(element)
        elif key := properties().get(each.name):
            yield key, f"{each.name}:", key.startswith("css-background")


def _has_words(element: lxml_html.HtmlElement) -> bool:
    return bool("".join(element.itertext()).strip()) or element.find(".//img") is not None


def _of_rules(css: str) -> Iterator[_Found]:
    for rule in rules(css):
        for pseudo in ("before", "after"):
            if pseudo in rule.pseudo_elements:
                yield f"css-pseudo-element-{pseudo}", f":{pseudo}", rule.sometimes or not rule.words
        if rule.at:
            yield f"css-at-{rule.at}", f"@{rule.at}", True
