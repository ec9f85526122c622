"""A letterhead as one looks at it: its fields and where they stand, in the words of a Word user."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from docx.opc.constants import RELATIONSHIP_TYPE

from presskit.ooxml.controls import paragraph_of, tagged
from presskit.ooxml.markup import Element, q, value
from presskit.ooxml.package import Package

PAGE = "page"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = ("0", "false", "off")
_PAGES = {"first": "first page", "even": "even pages", "default": "pages"}


@dataclass(frozen=True)
class Field:
    """A content control with a tag, the part it stands in, and that place in words."""

    tag: str
    control: Element
    story: str
    place: str
    in_box: bool

    @property
    def paragraph(self) -> Element | None:
        """The paragraph around the control, or the one in it."""
        return paragraph_of(self.control)


@dataclass(frozen=True)
class Sheet:
    """An opened letterhead: ``stories`` are the parts with text, the document first."""

    package: Package
    document: str
    stories: tuple[str, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every tagged control; the second copy of a text box, for old programs, does not count."""
        return tuple(
            Field(tag, control, story, self.place(story, control), in_box(control))
            for story in self.stories
            for tag, control in tagged(self.package.tree(story))
            if not is_copy(control)
        )

    def with_tag(self, *tags: str) -> tuple[Field, ...]:
        """The fields of some tags."""
        return tuple(each for each in self.fields if each.tag in tags)

    def elements(self, *names: str) -> Iterator[tuple[str, Element]]:
        """Every element of some names in all stories, with the part it stands in."""
        for story in self.stories:
            for element in self.package.tree(story).iter(*(q(name) for name in names)):
                if not is_copy(element):
                    yield story, element

    def place(self, story: str, element: Element | None = None) -> str:
        """Where something stands: ``text box in the header of the first page``."""
        where = self.places.get(story, PAGE)
        if element is None or not in_box(element):
            return where
        return f"text box on the {where}" if where == PAGE else f"text box in the {where}"

    @cached_property
    def places(self) -> dict[str, str]:
        """Each story's name in words."""
        names = {self.document: PAGE}
        for story in self.stories[1:]:
            names[story] = "footnotes"
        for kind, pages, story in self._heads_and_feet():
            names[story] = f"{kind} of {self._pages(kind, pages)}"
        return names

    @cached_property
    def unused(self) -> frozenset[str]:
        """Headers and footers for pages that the letterhead does not tell apart."""
        found = {story for _, pages, story in self._heads_and_feet() if not self._apart(pages)}
        used = {story for _, pages, story in self._heads_and_feet() if self._apart(pages)}
        return frozenset(found - used)

    @cached_property
    def settings(self) -> Element | None:
        """The root of Word's settings for the file."""
        names = self.package.related(self.document, RELATIONSHIP_TYPE.SETTINGS)
        return self.package.tree(names[0]) if names else None

    @cached_property
    def style_root(self) -> Element | None:
        """The root of the styles."""
        names = self.package.related(self.document, RELATIONSHIP_TYPE.STYLES)
        return self.package.tree(names[0]) if names else None

    @cached_property
    def style_names(self) -> dict[str, str]:
        """The language-neutral name of each paragraph style by its id, in small letters."""
        styles = () if self.style_root is None else self.style_root.iterchildren(q("w:style"))
        return {
            each.get(q("w:styleId"), ""): value(each.find(q("w:name"))).lower() for each in styles
        }

    @property
    def sections(self) -> list[Element]:
        """The section properties of the document: paper, margins, headers."""
        return list(self.package.tree(self.document).iter(q("w:sectPr")))

    def style_of(self, paragraph: Element) -> Element | None:
        """The style of a paragraph, by default the one for all."""
        identity = value(paragraph.find(f"{q('w:pPr')}/{q('w:pStyle')}"))
        root = () if self.style_root is None else self.style_root.iterchildren(q("w:style"))
        styles = {each.get(q("w:styleId"), ""): each for each in root}
        return styles.get(identity)

    def _heads_and_feet(self) -> Iterator[tuple[str, str, str]]:
        """The kind, the pages and the part of each header and footer that a section names."""
        parts = {each.identity: each.part for each in self.package.links(self.document)}
        for section in self.sections:
            for kind in ("header", "footer"):
                for each in section.findall(q(f"w:{kind}Reference")):
                    part = parts.get(each.get(q("r:id"), ""), "")
                    if part:
                        yield kind, each.get(q("w:type"), "default"), part

    def _pages(self, kind: str, pages: str) -> str:
        if pages == "default":
            return "the later pages" if self._apart("first") else "every page"
        return f"the {_PAGES.get(pages, 'pages')}"

    def _apart(self, pages: str) -> bool:
        if pages == "even":
            settings = self.settings
            return settings is not None and is_on(settings.find(q("w:evenAndOddHeaders")))
        if pages == "first":
            return any(is_on(each.find(q("w:titlePg"))) for each in self.sections)
        return True


def is_on(node: Element | None) -> bool:
    """Whether a switch such as ``w:titlePg`` is there and not turned off."""
    return node is not None and node.get(q("w:val"), "1").lower() not in _OFF


def in_box(element: Element) -> bool:
    """Whether something stands in a text box."""
    return next(element.iterancestors(q("w:txbxContent")), None) is not None


def is_copy(element: Element) -> bool:
    """Whether it is the copy that Word keeps for programs without today's drawings."""
    return next(element.iterancestors(_FALLBACK), None) is not None
