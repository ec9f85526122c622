"""What a Word file says about itself: title, author, times (ECMA-376 part 2, clause 11)."""

from __future__ import annotations

import datetime as dt

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap
from lxml import etree

from presskit.letterhead import Association
from presskit.ooxml.markup import Element, clean
from presskit.ooxml.package import Package
from presskit.release import Release
from presskit.wording import Language

_NAMESPACES = {prefix: nsmap[prefix] for prefix in ("cp", "dc", "dcterms", "xsi")}


def set_properties(package: Package, release: Release, association: Association) -> None:
    """Let the file say whose release it is, in place of what the letterhead's maker left there."""
    draft = release.draft
    moment = release.published_at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    numbers = (str(release.reference), *(str(each) for each in draft.file_references))
    root = etree.Element(f"{{{nsmap['cp']}}}coreProperties", nsmap=_NAMESPACES)
    _add(root, "dc:title", draft.title)
    _add(root, "dc:subject", draft.subject)
    _add(root, "dc:creator", association.name)
    _add(root, "cp:keywords", "; ".join(numbers))
    _add(root, "cp:lastModifiedBy", association.name)
    _add(root, "cp:revision", "1")
    _add(root, "dcterms:created", moment)
    _add(root, "dcterms:modified", moment)
    _add(root, "dc:language", language_tag(draft.language, association.language))
    names = package.related("", RELATIONSHIP_TYPE.CORE_PROPERTIES)
    if not names:
        package.relate("", RELATIONSHIP_TYPE.CORE_PROPERTIES, "docProps/core.xml")
    package.put(names[0] if names else "docProps/core.xml", root, CONTENT_TYPE.OPC_CORE_PROPERTIES)


def language_tag(language: Language, own: str) -> str:
    """``de-DE``, ``en-GB``: the association's own form of a language where it has one (BCP 47)."""
    if own.partition("-")[0].lower() == language and "-" in own:
        return own
    return {"de": "de-DE", "en": "en-GB"}[language]


def _add(root: Element, name: str, text: str) -> None:
    prefix, _, local = name.partition(":")
    node = etree.SubElement(root, f"{{{_NAMESPACES[prefix]}}}{local}")
    node.text = " ".join(clean(text).split("\n"))
    if prefix == "dcterms":
        node.set(f"{{{_NAMESPACES['xsi']}}}type", "dcterms:W3CDTF")
