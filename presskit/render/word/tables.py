"""Tables, made so that Word, LibreOffice and a screen reader agree about them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from presskit.document import Table, plain
from presskit.ooxml.markup import Element, q, w

# How many characters of a column count for its width: short ones stay readable, long ones wrap.
_NARROWEST, _WIDEST = 6, 40
MARGINS = 170  # of a cell, left and right together, in twips


def column_widths(table: Table, width: int) -> list[int]:
    """The width of each column in twips, by its longest cell; together exactly ``width``."""
    columns = zip(table.header, *table.rows, strict=True)
    longest = [max(len(plain(cell)) for cell in column) for column in columns]
    weights = [min(max(length, _NARROWEST), _WIDEST) for length in longest]
    ends = [width * sum(weights[:count]) // sum(weights) for count in range(len(weights) + 1)]
    return [end - start for start, end in itertools.pairwise(ends)]


def table(
    rows: Sequence[Sequence[Element]], widths: Sequence[int], style: str, indent: int
) -> Element:
    """A table of cells with one paragraph each, whose first row is its header."""
    node = w("tbl", _table_properties(sum(widths), style, indent))
    node.append(w("tblGrid", *(w("gridCol", w=width) for width in widths)))
    for position, row in enumerate(rows):
        header = w("tblHeader") if position == 0 else None
        cells = (_cell(text, width) for text, width in zip(row, widths, strict=True))
        node.append(w("tr", w("trPr", w("cantSplit"), header), *cells))
    return node


def closing_paragraph() -> Element:
    """What has to follow a table where no text does.

    Word takes two tables without a paragraph between them for one, and lets no text end with one.
    """
    spacing = w("spacing", before=0, after=0, line=20, lineRule="exact")
    return w("p", w("pPr", spacing, w("rPr", w("vanish"))))


def is_table(node: Element) -> bool:
    """Whether a block is a table."""
    return node.tag == q("w:tbl")


def _cell(text: Element, width: int) -> Element:
    return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), text)


def _table_properties(width: int, style: str, indent: int) -> Element:
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
    return w(
        "tblPr",
        w("tblStyle", val=style),
        w("tblW", w=width, type="dxa"),
        w("tblInd", w=indent, type="dxa") if indent else None,
        w("tblLayout", type="fixed"),
        w("tblLook", val="0620", **look, noHBand=1, noVBand=1),
    )
