"""Running text as runs, links and marks of footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from presskit.document import (
    Code,
    Emphasis,
    Footnote,
    Image,
    Inline,
    LineBreak,
    Link,
    Strong,
    Text,
)
from presskit.ooxml.markup import Element, clean, q, run, w
from presskit.render.word.manuscript import Manuscript
from presskit.render.word.pictures import drawing


@dataclass(frozen=True)
class Dress:
    """How characters look: a character style by name, stressed, strongly stressed."""

    style: str = ""
    strong: bool = False
    emphasis: bool = False


class Inlines:
    """Writes inlines into one story, whose text is ``width`` points wide.

    ``note`` writes a footnote and gives its number.
    """

    def __init__(
        self,
        manuscript: Manuscript,
        story: str,
        width: float,
        note: Callable[[Footnote], int] | None,
    ) -> None:
        self._manuscript = manuscript
        self._width = width
        self._story = story
        self._note = note

    def narrower(self, width: float) -> Inlines:
        """The same, for a place with less room."""
        return Inlines(self._manuscript, self._story, width, self._note)

    def write(self, children: tuple[Inline, ...], dress: Dress = Dress()) -> Iterator[Element]:
        """The runs of some inlines, in order."""
        for child in children:
            match child:
                case Text(content):
                    yield from self._text(content, dress)
                case Code(content):
                    yield from self._text(content, replace(dress, style="HTML Code"))
                case Emphasis(inner):
                    yield from self.write(inner, replace(dress, emphasis=True))
                case Strong(inner):
                    yield from self.write(inner, replace(dress, strong=True))
                case LineBreak():
                    yield run("\n", self._properties(dress))
                case Link():
                    yield from self._link(child, dress)
                case Image():
                    yield self._picture(child)
                case Footnote():
                    yield self._mark(child)

    def _text(self, content: str, dress: Dress) -> Iterator[Element]:
        if content:
            yield run(content, self._properties(dress))

    def _link(self, link: Link, dress: Dress) -> Iterator[Element]:
        """The words of the link; without an address they lead nowhere and stay plain."""
        if not link.target:
            yield from self.write(link.children, dress)
            return
        words = list(self.write(link.children, replace(dress, style="Hyperlink")))
        if not words:
            return
        node = w("hyperlink", *words, history=1)
        node.set(q("r:id"), self._manuscript.link(self._story, link.target))
        if link.title:
            node.set(q("w:tooltip"), clean(link.title))
        yield node

    def _picture(self, image: Image) -> Element:
        picture, relation, number = self._manuscript.picture(self._story, image.source)
        return drawing(image, picture, relation, number, self._width)

    def _mark(self, footnote: Footnote) -> Element:
        if self._note is None:
            raise ValueError("a footnote within a footnote should have been refused before")
        reference = w("footnoteReference", id=self._note(footnote))
        return w("r", self._properties(Dress("footnote reference")), reference)

    def _properties(self, dress: Dress) -> Element | None:
        if dress == Dress():
            return None
        style = w("rStyle", val=self._manuscript.styles.id_of(dress.style)) if dress.style else None
        strong = (w("b"), w("bCs")) if dress.strong else ()
        emphasis = (w("i"), w("iCs")) if dress.emphasis else ()
        return w("rPr", style, *strong, *emphasis)
