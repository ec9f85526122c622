"""Quotation marks of a passage gone through from left to right, in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from presskit.intake.prose import MARK
from presskit.wording import Language

# foreign: a mark of another language or a straight one in a pair of good ones; straight: a pair of
# straight ones; nested: straight or foreign ones within a quotation; blank: a blank inside a pair.
Fault = Literal["foreign", "straight", "nested", "blank", "unopened", "unclosed"]
PAIRS: dict[Language, tuple[str, str]] = {"de": ("„", "“"), "en": ("“", "”")}
_INNER: dict[Language, tuple[str, str]] = {"de": ("‚", "‘"), "en": ("‘", "’")}

_SIGNS = re.compile('[„“”"]')
_BEFORE = " \n\t\xa0([{–—-/\u201a\u2018\u00bb\u00ab>:"
_BEHIND = " \n\t\xa0)]}–—-/.,;:!?…\u2018\u2019\u00bb\u00ab<|"


@dataclass(frozen=True)
class QuoteFault:
    """A fault from ``start`` to ``end`` of a passage; ``by`` is what should stand there."""

    fault: Fault
    start: int
    end: int
    by: str | None = None


@dataclass
class Quotes:
    """The faults of one passage; ``left_open`` is where a quotation opens that does not close."""

    faults: list[QuoteFault] = field(default_factory=list)
    left_open: int | None = None


def look_through(text: str, language: Language, *, carried: bool = False) -> Quotes:
    """Go through a passage; ``carried`` says that a quotation of an earlier one is still open."""
    return _Walk(text, language, carried).through()


class _Walk:
    def __init__(self, text: str, language: Language, carried: bool) -> None:
        self.text = text
        self.opening, self.closing = PAIRS[language]
        self.language = language
        self.signs = [found.start() for found in _SIGNS.finditer(text)]
        self.is_open = carried
        self.opened: int | None = None
        self.done = Quotes()

    def through(self) -> Quotes:
        position = 0
        while position < len(self.signs):
            position += self._open(position) if self.is_open else self._closed(position)
        if self.is_open and self.opened is not None:
            self.done.left_open = self.opened
        self._inner()
        return self.done

    def _closed(self, position: int) -> int:
        """A sign outside of quotations; gives how many signs are done."""
        at = self.signs[position]
        sign = self.text[at]
        begins = self._begins(at) and not self._ends(at)
        if sign == '"' and begins:
            return self._straight(position)
        if sign == self.opening or begins:
            if sign != self.opening:
                self._note("foreign", at, at + 1, self.opening)
            self._enter(at)
        elif sign != '"':
            self._note("unopened", at, at + 1)
        return 1

    def _straight(self, position: int) -> int:
        at = self.signs[position]
        end = self.signs[position + 1] if position + 1 < len(self.signs) else None
        if end is None or not self._ends(end):
            return 1
        if self.text[end] == '"':
            self._note("straight", at, end + 1, f"{self.opening}…{self.closing}")
            return 2
        self._note("foreign", at, at + 1, self.opening)
        self._enter(at)
        return 1

    def _open(self, position: int) -> int:
        """A sign within a quotation; gives how many signs are done."""
        at = self.signs[position]
        sign = self.text[at]
        begins = self._begins(at) and not self._ends(at)
        if sign == self.opening and (begins or self.language == "de"):
            if self.opened is not None:
                self._note("unclosed", self.opened, self.opened + 1)
            self._enter(at)
            return 1
        if begins and sign != self.closing:
            return self._nested(position)
        if sign == '"' and not self._ends(at):
            return 1
        if sign != self.closing:
            self._note("foreign", at, at + 1, self.closing)
        if self._before(at) in " \xa0":
            self._note("blank", self._blanks_before(at), at, "")
        self.is_open, self.opened = False, None
        return 1

    def _nested(self, position: int) -> int:
        at = self.signs[position]
        end = self.signs[position + 1] if position + 1 < len(self.signs) else None
        if end is None or not self._ends(end) or position + 2 >= len(self.signs):
            return 1
        inner = _INNER[self.language]
        self._note("nested", at, at + 1, inner[0])
        self._note("nested", end, end + 1, inner[1])
        return 2

    def _enter(self, at: int) -> None:
        self.is_open, self.opened = True, at
        if self._behind(at) in " \xa0":
            end = at + 1
            while self.text[end : end + 1] in (" ", "\xa0"):
                end += 1
            self._note("blank", at + 1, end, "")

    def _inner(self) -> None:
        """A German ‚ that is closed by ’ where no ‘ follows."""
        if self.language != "de":
            return
        for found in re.finditer("‚([^‚‘’„“]{1,300})’(?![^‚]{0,300}‘)", self.text):
            if self._ends(found.end() - 1):
                self._note("foreign", found.end() - 1, found.end(), "‘")

    def _note(self, fault: Fault, start: int, end: int, by: str | None = None) -> None:
        self.done.faults.append(QuoteFault(fault, start, end, by))

    def _blanks_before(self, at: int) -> int:
        start = at
        while start and self.text[start - 1] in " \xa0":
            start -= 1
        return start

    def _begins(self, at: int) -> bool:
        return self._before(at) in _BEFORE and self._behind(at) not in " \n\t\xa0"

    def _ends(self, at: int) -> bool:
        return self._behind(at) in _BEHIND and self._before(at) not in " \n\t\xa0"

    def _before(self, at: int) -> str:
        """The sign before a place, marks left out; a blank at the beginning."""
        at -= 1
        while at >= 0 and self.text[at] == MARK:
            at -= 1
        return self.text[at] if at >= 0 else "\n"

    def _behind(self, at: int) -> str:
        at += 1
        while at < len(self.text) and self.text[at] == MARK:
            at += 1
        return self.text[at] if at < len(self.text) else "\n"
