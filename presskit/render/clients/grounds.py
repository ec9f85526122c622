"""Grounds that some mail programs leave out, and whether the text on them is still legible then."""

from __future__ import annotations

import re
from collections.abc import Iterator

import tinycss2.color3
from lxml import html as lxml_html

from presskit.render.clients.styles import Declaration, declarations

_LEFT_OUT = (
    (re.compile(r"\burl\("), "css-background-image"),
    (re.compile(r"\blinear-gradient\("), "css-linear-gradient"),
    (re.compile(r"\bradial-gradient\("), "css-radial-gradient"),
    (re.compile(r"\bconic-gradient\("), "css-conic-gradient"),
    (re.compile(r"\bvar\("), "css-variables"),
    (re.compile(r"\blight-dark\("), "css-function-light-dark"),
    (re.compile(r"\b(?:ok)?l(?:ab|ch)\("), "css-modern-color"),
    (re.compile(r"\b(?:rgba|hsla)\("), "css-rgba"),
)
_PLAIN = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b|\brgb\([^()]*\)|^[a-z]+$|^[a-z]+(?=\s)")
_LIGHT = 0.5  # relative luminance (WCAG 2.2) of a middle grey is 0.2, of pale yellow 0.9


def lost(
    element: lxml_html.HtmlElement, styles: tuple[Declaration, ...]
) -> Iterator[tuple[str, str]]:
    """The grounds of an element without which its light text could not be read."""
    found = list(_left_out(element, styles))
    if found and not _has_plain_ground(element, styles) and _has_light_text(element):
        yield from found


def _left_out(
    element: lxml_html.HtmlElement, styles: tuple[Declaration, ...]
) -> Iterator[tuple[str, str]]:
    if element.get("background"):
        yield "css-background-image", "background="
    for each in styles:
        if each.name in ("background", "background-color", "background-image"):
            for pattern, feature in _LEFT_OUT:
                if pattern.search(each.value):
                    yield feature, f"{each.name}: {each.value}"


def _has_plain_ground(element: lxml_html.HtmlElement, styles: tuple[Declaration, ...]) -> bool:
    """Whether a colour that every program knows stands beside, here or on what is around it."""
    if element.get("bgcolor") or any(_is_plain_ground(each) for each in styles):
        return True
    around = element.getparent()
    return around is not None and _has_dark_ground(around)


def _is_plain_ground(each: Declaration) -> bool:
    return each.name in ("background", "background-color") and colour(each.value) is not None


def _has_dark_ground(element: lxml_html.HtmlElement | None) -> bool:
    while element is not None:
        for each in (*declarations(element.get("style") or ""), *_attribute_ground(element)):
            if each.name in ("background", "background-color") and (shade := colour(each.value)):
                return shade < _LIGHT
        element = element.getparent()
    return False


def _attribute_ground(element: lxml_html.HtmlElement) -> Iterator[Declaration]:
    if ground := element.get("bgcolor"):
        yield Declaration("background-color", ground.strip().lower())


def _has_light_text(element: lxml_html.HtmlElement) -> bool:
    """Whether some text on the ground is light, by the nearest colour set on or around it."""
    return any(
        (node.text or "").strip() and _is_light(node, element)
        for node in element.iter()
        if isinstance(node.tag, str)
    )


def _is_light(node: lxml_html.HtmlElement | None, ground: lxml_html.HtmlElement) -> bool:
    inside = True
    while node is not None:
        styles = declarations(node.get("style") or "")
        if (
            inside
            and node is not ground
            and (node.get("bgcolor") or any(map(_is_plain_ground, styles)))
        ):
            return False  # it has a ground of its own
        written = [each.value for each in styles if each.name == "color"] or [node.get("color")]
        if written[-1]:
            shade = colour(written[-1])
            return shade is not None and shade > _LIGHT
        inside = inside and node is not ground
        node = node.getparent()
    return False


def colour(value: str) -> float | None:
    """The relative luminance of a colour every mail program knows; None for any other value."""
    found = _PLAIN.search(value.strip().lower())
    parsed = tinycss2.color3.parse_color(found[0]) if found else None
    if parsed is None or isinstance(parsed, str) or not parsed.alpha:
        return None
    channels = (parsed.red, parsed.green, parsed.blue)
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
