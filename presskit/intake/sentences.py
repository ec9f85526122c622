"""Sentences of a passage, told apart by their ends; rather too few than too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_END = re.compile(r"[.!?…:;][\"“”‘’»«)\]\ue000]*(?=\s)")
# A full stop behind these ends no sentence.
_GOES_ON = re.compile(
    r"(?:\b(?:[A-Za-zÄÖÜäöü]|\d{1,2}|[IVX]{1,5}|Abs|Art|Nr|Dr|Prof|St|ca|bzw|vgl|Mio|Mrd|Tsd|Tel|Ziff|Str|"
    r"evtl|ggf|inkl|Bd|Kap|Jan|Feb|Aug|Sept|Okt|Nov|Dez|Mr|Mrs|Ms|No|approx|Dipl|Ing|Rn|sog|max|mind))\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of each sentence; what a colon or semicolon parts counts as two."""
    start = 0
    for found in _END.finditer(text):
        if found[0][0] == "." and _GOES_ON.search(
            text[max(0, found.start() - 7) : found.start() + 1]
        ):
            continue
        yield start, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)
