"""Tables of a Word file: those with data become tables, those that only place text do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from presskit.document import Alignment, Cell, Table
from presskit.intake.word.reader import WordFile
from presskit.intake.word.runs import Leaf, dressed
from presskit.ooxml.markup import Element, q, value

_ALIGNMENTS: dict[str, Alignment] = {
    "left": "left",
    "start": "left",
    "center": "center",
    "right": "right",
    "end": "right",
}
_MOST_COLUMNS = 200

CellReader = Callable[[Element], tuple[tuple[Leaf, ...], str]]


def rows_of(table: Element) -> list[list[Element]]:
    """The cells of a table, row by row, through content controls around them."""
    return [cells for row in _within(table, "w:tr") if (cells := list(_within(row, "w:tc")))]


def is_layout(rows: list[list[Element]]) -> bool:
    """Whether a table only places text: one column, or one row of cells that hold long text."""
    if all(len(row) == 1 for row in rows):
        return True
    return len(rows) == 1


def table_of(file: WordFile, rows: list[list[Element]], read: CellReader) -> Table:
    """A table of data; its first row is the header, every row as long as the longest."""
    written = [_row(file, row, read) for row in rows]
    width = max(len(row) for row in written)
    cells = [[*row, *[((), "")] * (width - len(row))] for row in written]
    alignments = tuple(_aligned(column) for column in zip(*cells, strict=True))
    header, *body = (tuple(cell for cell, _ in row) for row in cells)
    return Table(header, tuple(body), alignments)


def _row(file: WordFile, row: list[Element], read: CellReader) -> list[tuple[Cell, str]]:
    cells: list[tuple[Cell, str]] = []
    for cell in row:
        properties = cell.find(q("w:tcPr"))
        span = "" if properties is None else value(properties.find(q("w:gridSpan")))
        leaves, aligned = read(cell)
        cells.append((dressed(leaves), aligned))
        more = min(int(span), _MOST_COLUMNS) - 1 if span.isdigit() else 0
        cells += [((), aligned)] * more
        merged = None if properties is None else properties.find(q("w:vMerge"))
        if more > 0 or (merged is not None and value(merged) != "restart"):
            file.note("merged-cells")
    return cells


def _aligned(column: tuple[tuple[Cell, str], ...]) -> Alignment:
    """How most cells of a column are aligned, those of the body before the header."""
    cells = column[1:] or column
    written = [_ALIGNMENTS.get(aligned, "") for _, aligned in cells]
    return max(dict.fromkeys(written), key=written.count)


def _within(node: Element, name: str) -> Iterator[Element]:
    for child in node:
        if child.tag == q(name):
            yield child
        elif child.tag in (q("w:sdt"), q("w:sdtContent"), q("w:customXml"), q("w:ins")):
            yield from _within(child, name)
