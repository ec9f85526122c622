"""Lines of plain text set in columns: widths, wrapping, hanging indents, tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from presskit.document import Alignment

# Every blank at which a line may end.
BREAKABLE = re.compile("[^\\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}]+")


def columns(text: str) -> int:
    """How many columns a text takes: wide signs and emoji two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def fold(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than ``width`` unless by one word; no-break spaces hold."""
    return [folded for line in text.split("\n") for folded in _fold_line(line, width)]


def _fold_line(text: str, width: int) -> list[str]:
    lines: list[str] = []
    room = 0
    for piece in filter(None, BREAKABLE.split(text)):
        need = columns(piece) + 1
        if lines and need <= room:
            lines[-1] += f" {piece}"
            room -= need
        else:
            lines.append(piece)
            room = width - need + 1
    return [line.rstrip() for line in lines] or [""]


def joined(parts: Iterable[list[str]]) -> list[str]:
    """The parts with one blank line between them; empty parts leave no gap."""
    lines: list[str] = []
    for part in parts:
        while part and not part[-1]:
            part = part[:-1]
        lines += [""] * bool(lines and part) + part
    return lines


def hung(mark: str, lines: list[str]) -> list[str]:
    """The lines behind a mark, the second and following ones under the first."""
    first, *rest = lines or [""]
    indent = " " * columns(mark)
    return [f"{mark}{first}".rstrip(), *(f"{indent}{line}".rstrip() for line in rest)]


def underlined(lines: list[str], sign: str) -> list[str]:
    """A line of text with a rule of its own width below it."""
    longest = max(map(columns, lines), default=0)
    return [*lines, sign * longest] if longest else []


def _row(cells: list[str], widths: list[int], alignments: tuple[Alignment, ...]) -> str:
    padded = []
    for cell, width, alignment in zip(cells, widths, alignments, strict=True):
        gap = width - columns(cell)
        left = {"right": gap, "center": gap // 2}.get(alignment, 0)
        padded.append(" " * left + cell + " " * (gap - left))
    return "  ".join(padded).rstrip()


def aligned(
    header: list[str],
    rows: list[list[str]],
    widths: list[int],
    alignments: tuple[Alignment, ...],
) -> list[str]:
    """A table in columns, its headings underlined."""
    lines = [_row(row, widths, alignments) for row in (header, *rows)]
    underline = "  ".join("-" * each for each in widths).rstrip()
    return [lines[0], underline, *lines[1:]] if any(header) else lines[1:]


def records(header: list[str], rows: list[list[str]], width: int) -> list[str]:
    """A table too wide for its columns: a paragraph a row, each value behind its heading."""
    if not rows:
        return [line for name in header for line in fold(name, width)]
    return joined(
        [
            line
            for name, value in zip(header, row, strict=True)
            for line in fold(f"{name}: {value}" if name else value, width)
        ]
        for row in rows
    )
