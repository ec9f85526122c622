"""How text of a Word letterhead looks: styles, their ancestors and direct formatting in one.

Lengths are in points. What is not understood is left at its default, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from presskit.ooxml.markup import Element, parse, q, value

Look = dict[str, Any]

_TWIP = 1 / 20
_OFF = ("0", "false", "off", "none")
_SWITCHES = {"b": "bold", "i": "italic", "caps": "caps", "smallCaps": "smallcaps"}
_ALIGNMENTS = {
    "center": "center",
    "right": "right",
    "end": "right",
    "both": "justify",
    "distribute": "justify",
}
# The families that are shipped run as wide as these; any other is set in the plain one.
_FAMILIES = {
    **dict.fromkeys(("arial", "helvetica", "liberation sans"), "Liberation Sans"),
    **dict.fromkeys(
        ("times new roman", "times", "liberation serif", "cambria", "garamond", "georgia"),
        "Liberation Serif",
    ),
    **dict.fromkeys(("courier new", "courier", "liberation mono", "consolas"), "Liberation Mono"),
}
PLAIN = "Liberation Sans"


class Looks:
    """The looks of one letterhead; ``styles`` and ``theme`` are the parts' roots."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        self._styles = {} if styles is None else {_id(each): each for each in _each_style(styles)}
        self._names = {_name(each): each for each in self._styles.values()}
        defaults = None if styles is None else styles.find(q("w:docDefaults"))
        self._defaults = _found(defaults, "w:rPrDefault/w:rPr")
        self._paragraph_defaults = _found(defaults, "w:pPrDefault/w:pPr")
        self._standard = next((each for each in self._styles.values() if _is_standard(each)), None)
        self._fonts = _theme_fonts(theme)

    def paragraph(self, properties: Element | None) -> Look:
        """Spacing, indents, tabs, borders and the like of a paragraph."""
        look: Look = {"tabs": {}}
        for each in (self._paragraph_defaults, *self._paragraph_chain(properties), properties):
            if each is not None:
                _add_paragraph(look, each)
        look["tabs"] = [
            {"position": position, "align": align}
            for position, align in sorted(look["tabs"].items())
        ]
        return look

    def text(self, paragraph: Element | None, properties: Element | None) -> Look:
        """Size, weight, colour and the like of a run in a paragraph."""
        look: Look = {"size": 10.0, "font": PLAIN}
        character = _style_of(properties, "w:rStyle")
        for each in (
            self._defaults,
            *self._run_chain(self._paragraph_style(paragraph)),
            *self._run_chain(self._styles.get(character)),
            properties,
        ):
            if each is not None:
                _add_text(look, each, self._fonts)
        return look

    def named(self, name: str) -> tuple[Look, Look] | None:
        """The looks of a paragraph style and of its text; None where there is none of the name."""
        style = self._names.get(name)
        if style is None:
            return None
        properties = parse(
            f'<w:pPr xmlns:w="{q("w:p")[1:-2]}"><w:pStyle w:val="{_id(style)}"/></w:pPr>'.encode()
        )
        return self.paragraph(properties), self.text(properties, None)

    def character(self, name: str) -> Look | None:
        """The look of a character style alone; None where there is none of the name."""
        style = self._names.get(name)
        if style is None:
            return None
        look: Look = {}
        for each in self._run_chain(style):
            _add_text(look, each, self._fonts)
        return look

    def style_name(self, properties: Element | None) -> str:
        """The language-neutral name of a paragraph's style, in small letters."""
        style = self._paragraph_style(properties)
        return "" if style is None else _name(style)

    def _paragraph_style(self, properties: Element | None) -> Element | None:
        return self._styles.get(_style_of(properties, "w:pStyle"), self._standard)

    def _paragraph_chain(self, properties: Element | None) -> Iterator[Element]:
        for style in self._ancestry(self._paragraph_style(properties)):
            found = style.find(q("w:pPr"))
            if found is not None:
                yield found

    def _run_chain(self, style: Element | None) -> Iterator[Element]:
        for each in self._ancestry(style):
            found = each.find(q("w:rPr"))
            if found is not None:
                yield found

    def _ancestry(self, style: Element | None) -> list[Element]:
        """A style after those it is based on; a circle ends where it closes."""
        chain: list[Element] = []
        while style is not None and style not in chain:
            chain.append(style)
            style = self._styles.get(value(style.find(q("w:basedOn"))))
        return chain[::-1]


def points(written: str | None) -> float:
    """Twentieths of a point as Word writes them (``567``, also ``28.35pt``) in points."""
    text = (written or "0").strip()
    try:
        return float(text.removesuffix("pt")) if text.endswith("pt") else float(text) * _TWIP
    except ValueError:
        return 0.0


def border(node: Element | None) -> Look | None:
    """A line: width, colour, and its distance from the text; None where there is none."""
    if node is None or node.get(q("w:val")) in (None, "nil", "none"):
        return None
    eighths = _number(node.get(q("w:sz"), "4"), 4.0)
    return {
        "width": eighths / 8,
        "color": colour(node.get(q("w:color"))) or "000000",
        "space": _number(node.get(q("w:space"), "0"), 0.0),
    }


def fill(node: Element | None) -> str | None:
    """The background colour of a shading."""
    return None if node is None else colour(node.get(q("w:fill")))


def colour(written: str | None) -> str | None:
    """Six hexadecimal digits; None for automatic or none."""
    text = (written or "").lstrip("#")
    return (
        text.lower()
        if len(text) == 6 and all(c in "0123456789abcdefABCDEF" for c in text)
        else None
    )


def _add_paragraph(look: Look, properties: Element) -> None:
    for node in properties:
        match node.tag.rpartition("}")[2]:
            case "jc":
                look["align"] = _ALIGNMENTS.get(value(node), "left")
            case "spacing":
                _add_spacing(look, node)
            case "ind":
                _add_indents(look, node)
            case "tabs":
                _add_tabs(look["tabs"], node)
            case "pBdr":
                look["borders"] = {
                    side: line
                    for side in ("top", "bottom", "left", "right")
                    if (line := border(node.find(q(f"w:{side}"))))
                }
            case "shd":
                look["fill"] = fill(node)
            case "outlineLvl":
                look["outline"] = int(_number(value(node), 9.0))
            case "keepNext":
                look["keep"] = value(node) not in _OFF


def _add_spacing(look: Look, node: Element) -> None:
    for name in ("before", "after"):
        if (written := node.get(q(f"w:{name}"))) is not None:
            look[name] = points(written)
    if (line := node.get(q("w:line"))) is not None:
        rule = node.get(q("w:lineRule"), "auto")
        number = _number(line, 240.0)
        look["line"] = {"rule": rule, "value": number / 240 if rule == "auto" else number * _TWIP}


def _add_indents(look: Look, node: Element) -> None:
    for names, key in ((("left", "start"), "left"), (("right", "end"), "right")):
        for name in names:
            if (written := node.get(q(f"w:{name}"))) is not None:
                look[key] = points(written)
    if (written := node.get(q("w:firstLine"))) is not None:
        look["first"] = points(written)
    if (written := node.get(q("w:hanging"))) is not None:
        look["first"] = -points(written)


def _add_tabs(tabs: dict[float, str], node: Element) -> None:
    for tab in node:
        position, kind = points(tab.get(q("w:pos"))), tab.get(q("w:val"), "left")
        if kind == "clear":
            tabs.pop(position, None)
        elif kind != "bar":
            tabs[position] = kind if kind in ("center", "right") else "left"


def _add_text(look: Look, properties: Element, fonts: dict[str, str]) -> None:
    for node in properties:
        name = node.tag.rpartition("}")[2]
        if name in _SWITCHES:
            look[_SWITCHES[name]] = value(node) not in _OFF
            continue
        match name:
            case "sz":
                look["size"] = _number(value(node), 20.0) / 2
            case "color":
                look["color"] = colour(value(node))
            case "u":
                look["underline"] = value(node) not in _OFF
            case "spacing":
                look["tracking"] = points(value(node))
            case "vertAlign":
                look["vertical"] = value(node)
            case "rFonts":
                _add_font(look, node, fonts)
            case "vanish":
                look["hidden"] = value(node) not in _OFF


def _add_font(look: Look, node: Element, fonts: dict[str, str]) -> None:
    theme = node.get(q("w:asciiTheme"), "")
    written = fonts.get("major" if theme.startswith("major") else "minor") if theme else None
    written = written or node.get(q("w:ascii")) or node.get(q("w:hAnsi"))
    if written:
        look["font"] = _FAMILIES.get(written.lower(), PLAIN)


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    found = {}
    if theme is None:
        return {}
    for kind in ("major", "minor"):
        latin = theme.find(f".//{q(f'a:{kind}Font')}/{q('a:latin')}")
        if latin is not None:
            found[kind] = latin.get("typeface", "")
    return found


def _number(text: str, default: float) -> float:
    try:
        return float(text)
    except ValueError:
        return default


def _each_style(root: Element) -> Iterator[Element]:
    return root.iterchildren(q("w:style"))


def _found(root: Element | None, path: str) -> Element | None:
    return None if root is None else root.find("/".join(q(part) for part in path.split("/")))


def _style_of(properties: Element | None, tag: str) -> str:
    return "" if properties is None else value(properties.find(q(tag)))


def _id(style: Element) -> str:
    return style.get(q("w:styleId"), "")


def _name(style: Element) -> str:
    return value(style.find(q("w:name"))).lower()


def _is_standard(style: Element) -> bool:
    standard = style.get(q("w:default")) in ("1", "true", "on")
    return style.get(q("w:type")) == "paragraph" and standard
