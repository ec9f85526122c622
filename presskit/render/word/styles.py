"""The styles of a letterhead, found by the names that are the same in every language of Word."""

from __future__ import annotations

import copy
from functools import cache

from presskit.ooxml.markup import NAMESPACES, STEP, Element, parse, q, value, w

# Wherever the letterhead has a style of the name, the office's own look wins over these.
_DEFINITIONS = f"""<w:styles xmlns:w="{NAMESPACES["w"]}">
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="0" w:after="200" w:line="264"
    w:lineRule="auto"/><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="36"/><w:szCs w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="280" w:after="80"/>
    <w:outlineLvl w:val="1"/></w:pPr>
  <w:rPr><w:b/><w:bCs/><w:sz w:val="25"/><w:szCs w:val="25"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="220" w:after="60"/>
    <w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading4"><w:name w:val="heading 4"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/>
    <w:outlineLvl w:val="3"/></w:pPr><w:rPr><w:b/><w:bCs/><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading5"><w:name w:val="heading 5"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/>
    <w:outlineLvl w:val="4"/></w:pPr><w:rPr><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading6"><w:name w:val="heading 6"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/>
  <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="60"/>
    <w:outlineLvl w:val="5"/></w:pPr>
  <w:rPr><w:i/><w:iCs/><w:color w:val="404040"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="29"/><w:qFormat/>
  <w:pPr><w:pBdr><w:left w:val="single" w:sz="12" w:space="10" w:color="A6A6A6"/></w:pBdr>
    <w:ind w:left="{STEP}" w:right="{STEP}"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="34"/><w:qFormat/>
  <w:pPr><w:ind w:left="{STEP}"/><w:contextualSpacing/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="35"/><w:qFormat/>
  <w:pPr><w:keepLines/><w:spacing w:line="252" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:color w:val="404040"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="HTMLPreformatted"><w:name w:val="HTML Preformatted"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/>
  <w:pPr><w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>
    <w:spacing w:line="252" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/>
    <w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressRule"><w:name w:val="Press Rule"/>
  <w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
  <w:pPr><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="A6A6A6"/></w:pBdr>
    <w:spacing w:before="0" w:after="240" w:line="160" w:lineRule="exact"/></w:pPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PressTableText">
  <w:name w:val="Press Table Text"/><w:basedOn w:val="Normal"/><w:qFormat/>
  <w:pPr><w:spacing w:before="50" w:after="50" w:line="252" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="PressTable"><w:name w:val="Press Table"/>
  <w:qFormat/>
  <w:tblPr><w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="262626"/>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="262626"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/></w:tblBorders>
    <w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="262626"/>
      </w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/></w:tcPr></w:tblStylePr>
</w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/>
  <w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/>
  <w:pPr><w:spacing w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="17"/><w:szCs w:val="17"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
  <w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
  <w:uiPriority w:val="99"/><w:rPr><w:color w:val="0B4F8A"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="HTMLCode"><w:name w:val="HTML Code"/>
  <w:uiPriority w:val="99"/>
  <w:rPr><w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/>
    <w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr></w:style>
</w:styles>"""


class Styles:
    """The styles of one document; a name that is asked for and missing is added."""

    def __init__(self, root: Element) -> None:
        self._root = root
        styles = list(root.iterchildren(q("w:style")))
        self._ids = {_name(style): style.get(q("w:styleId"), "") for style in styles}
        self._default = next((_id(style) for style in styles if _is_default(style)), "")

    def find(self, name: str) -> str:
        """The id of a style, empty where the letterhead has none of the name."""
        return self._ids.get(name.lower(), "")

    def id_of(self, name: str) -> str:
        """The id of a style, which is added with a quiet look where the letterhead has none."""
        return self.find(name) or self._add(name)

    def set_language(self, language: str) -> None:
        """Make a language such as ``de-DE`` the one of all text that says nothing else."""
        for properties in (self._default_properties(), *self._default_style_properties()):
            found = properties.find(q("w:lang"))
            if found is None:
                # w:lang stands before the few rare properties that may follow it.
                found = w("lang")
                properties.append(found)
            found.set(q("w:val"), language)

    def _add(self, name: str) -> str:
        style = copy.deepcopy(_definitions()[name.lower()])
        identity = _id(style)
        while identity in self._ids.values():
            identity += "Press"
        style.set(q("w:styleId"), identity)
        for tag in ("w:basedOn", "w:next"):
            for link in style.findall(q(tag)):
                link.set(q("w:val"), self._default)
                if not self._default:
                    style.remove(link)
        self._root.append(style)
        self._ids[name.lower()] = identity
        return identity

    def _default_properties(self) -> Element:
        """The run properties of the document's defaults, made where they are missing."""
        node = self._root
        for position, name in enumerate(("docDefaults", "rPrDefault", "rPr")):
            child = node.find(q(f"w:{name}"))
            if child is None:
                child = w(name)
                node.insert(0, child) if position < 2 else node.append(child)
            node = child
        return node

    def _default_style_properties(self) -> list[Element]:
        """The default style's run properties, where they name a language of their own."""
        found = (each.find(q("w:rPr")) for each in self._root if _is_default(each))
        return [each for each in found if each is not None and each.find(q("w:lang")) is not None]


def defined_styles() -> tuple[str, ...]:
    """The names of all styles that the writer may ask for."""
    return tuple(value(style.find(q("w:name"))) for style in _definitions().values())


@cache
def _definitions() -> dict[str, Element]:
    return {_name(style): style for style in parse(_DEFINITIONS.encode(), trim=True)}


def _name(style: Element) -> str:
    return value(style.find(q("w:name"))).lower()


def _id(style: Element) -> str:
    return style.get(q("w:styleId"), "")


def _is_default(style: Element) -> bool:
    return style.get(q("w:type")) == "paragraph" and style.get(q("w:default")) in (
        "1",
        "true",
        "on",
    )
