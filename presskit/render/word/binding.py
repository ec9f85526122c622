"""Controls bound to data: Word shows the value of a custom XML part instead of their text.

Both places get the text, for Word reads the one and every other program the other. A binding that
is not a plain element is taken off, so that Word shows the text, too.
"""

from __future__ import annotations

import re

from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from presskit.ooxml.markup import Element, clean, q
from presskit.ooxml.package import Package

_PREFIX = re.compile(r"xmlns:([^\s=]+)\s*=\s*['\"]([^'\"]*)['\"]")


def write_bound_value(package: Package, document: str, control: Element, text: str) -> None:
    """Write a control's text into the data it is bound to, or take the binding off."""
    for binding in control.findall(f"{q('w:sdtPr')}/{q('w:dataBinding')}"):
        target = _target(package, document, binding)
        if target is None:
            control[0].remove(binding)
        else:
            target.text = clean(text)


def is_bound_to_something(package: Package, document: str, control: Element) -> bool:
    """Whether a control's text can be written where it is bound to; true if it is not bound."""
    bindings = control.findall(f"{q('w:sdtPr')}/{q('w:dataBinding')}")
    return all(_target(package, document, each) is not None for each in bindings)


def _target(package: Package, document: str, binding: Element) -> Element | None:
    """The one element without children that a binding points to."""
    store = binding.get(q("w:storeItemID"), "").upper()
    prefixes = dict(_PREFIX.findall(binding.get(q("w:prefixMappings"), "")))
    for name in package.related(document, RELATIONSHIP_TYPE.CUSTOM_XML):
        if _store_id(package, name) != store:
            continue
        try:
            found = package.tree(name).xpath(binding.get(q("w:xpath"), ""), namespaces=prefixes)
        except (etree.XPathError, ValueError):
            return None
        match found:
            case [etree._Element() as element] if not len(element):
                return element
    return None


def _store_id(package: Package, name: str) -> str:
    """The name by which bindings know a custom XML part."""
    for properties in package.related(name, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS):
        return package.tree(properties).get(q("ds:itemID"), "").upper()
    return ""
