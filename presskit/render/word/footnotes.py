"""Notes at the foot of the page, in a part of their own."""

from __future__ import annotations

from presskit.ooxml.markup import Element, q, w

# Word keeps its two separators among the notes; those of a text count from 1.
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))


def empty_footnotes() -> Element:
    """The root of a part without notes, with the two separators Word asks for."""
    root = w("footnotes")
    for kind, identity in _SEPARATORS:
        spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
        root.append(w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=identity))
    return root


def add_footnote(root: Element) -> Element:
    """A new, still empty note with a number of its own."""
    taken = (int(each.get(q("w:id"), "0")) for each in root)
    note = w("footnote", id=max(taken, default=0) + 1)
    root.append(note)
    return note
