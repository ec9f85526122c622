"""Series and references: ``P 309/2017`` read, written, ordered, and as a file name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from presskit.errors import NumberError

Restart = Literal["never", "yearly"]
SeriesKind = Literal["release", "newsletter", "statement"]

RESTARTS: tuple[Restart, ...] = ("never", "yearly")
SERIES_KINDS: tuple[SeriesKind, ...] = ("release", "newsletter", "statement")

_FIELDS = re.compile(r"\{([^{}]*)\}")
_LETTERS = re.compile(r"[A-Z]{1,8}")
# Names that Windows keeps for devices; a folder of the archive is called like its series.
_RESERVED = ("CON", "PRN", "AUX", "NUL")
_SPELLING = re.compile(
    r"(?:(?!Nr\.)(?P<series>[A-Za-z]+)(?: ?[#.\-_])?|#)? ?(?:Nr\. ?)?(?P<number>[0-9]{1,9})"
    r"(?: ?[/\-_] ?(?P<year>[0-9]{4}|[0-9]{2}))?"
    r"(?:[._]v[0-9]{1,9})?"
)
_DASHES = str.maketrans(
    dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}", "-")
)


@dataclass(frozen=True)
class Reference:
    """One number of a series; ``year`` is None where the series counts without years.

    References sort by series, year and number, as they stand on an archivist’s shelf.
    """

    series: str
    number: int
    year: int | None
    written: str = field(compare=False)

    def __str__(self) -> str:
        return self.written

    def __lt__(self, other: Reference) -> bool:
        return self._shelf < other._shelf

    @property
    def _shelf(self) -> tuple[str, int, int]:
        return self.series, self.year or 0, self.number

    @property
    def file_name(self) -> str:
        """The reference as an ASCII file name: ``P-309-2017``, ``QR-10``."""
        year = "" if self.year is None else f"-{self.year}"
        return f"{self.series}-{self.number}{year}"


@dataclass(frozen=True, kw_only=True)
class Series:
    """A lettered count.

    With ``restart="never"`` the count goes on over the years and the year is only a suffix;
    with ``"yearly"`` each year counts from ``start`` again.
    """

    letter: str
    pattern: str
    kind: SeriesKind = "release"
    restart: Restart = "never"
    start: int = 1
    title: str = ""

    def __post_init__(self) -> None:
        if not _LETTERS.fullmatch(self.letter) or self.letter in _RESERVED:
            raise NumberError(
                "{letter!r} cannot name a series.",
                remedy="Use one to eight capital letters from A to Z, as in P.",
                letter=self.letter,
            )
        fields = _FIELDS.findall(self.pattern)
        rest = _FIELDS.sub("", self.pattern)
        if fields.count("number") != 1 or fields.count("year") > 1 or "{" in rest or "}" in rest:
            raise _bad_pattern(self.pattern)
        if set(fields) - {"number", "year"} or re.search(r"[0-9]", rest):
            raise _bad_pattern(self.pattern)
        if self.restart == "yearly" and not self.has_year:
            raise NumberError(
                "the series {letter!r} counts by the year, its pattern {pattern!r} has none.",
                remedy="Write {{year}} into the pattern, or set restart = “never”.",
                letter=self.letter,
                pattern=self.pattern,
            )
        self._check_readable()

    @property
    def has_year(self) -> bool:
        """Whether references of this series show a year."""
        return "{year}" in self.pattern

    def cycle(self, year: int) -> int:
        """The count a number belongs to: the year where it restarts, else 0."""
        return year if self.restart == "yearly" else 0

    def reference(self, number: int, year: int) -> Reference:
        """The reference of a number given in a year."""
        written = self.pattern.format(number=number, year=year)
        return Reference(self.letter, number, year if self.has_year else None, written)

    def _check_readable(self) -> None:
        """Refuse a pattern whose references could not be found again by their spelling."""
        reference = self.reference(123, 2017)
        try:
            readable = Spelling.read(reference.written).matches(reference)
        except NumberError:
            readable = False
        if not readable:
            raise NumberError(
                "the pattern {pattern!r} of the series {letter!r} gives references such as "
                "{written!r}, which cannot be read back.",
                remedy="Begin it with the series letters, as in “{letter} {{number}}/{{year}}”.",
                pattern=self.pattern,
                letter=self.letter,
                written=reference.written,
            )


def _bad_pattern(pattern: str) -> NumberError:
    return NumberError(
        "the pattern {pattern!r} is no pattern for a reference.",
        remedy="Write {{number}} once and {{year}} at most once, as in “P {{number}}/{{year}}”.",
        pattern=pattern,
    )


@dataclass(frozen=True)
class Spelling:
    """A reference as a person typed it; what was left out is None.

    A year of two digits stands for any year that ends so.
    """

    series: str | None
    number: int
    year: int | None

    @classmethod
    def read(cls, text: str) -> Spelling:
        """Understand ``P 309/2017``, ``p309/17``, ``P-309-2017``, ``309``, ``QR#10``, ``qr 10``."""
        found = _SPELLING.fullmatch(" ".join(text.translate(_DASHES).split()))
        if not found:
            raise NumberError(
                "{text!r} is not a reference.",
                remedy="Write it like “P 309/2017”, “P-309-2017”, “309/17” or “QR#10”.",
                text=text,
            )
        year = found["year"]
        return cls(
            series=found["series"].upper() if found["series"] else None,
            number=int(found["number"]),
            year=int(year) if year else None,
        )

    def matches(self, reference: Reference) -> bool:
        """Whether this spelling can mean the reference."""
        return (
            self.number == reference.number
            and self.series in (None, reference.series.upper())
            and self._matches_year(reference.year)
        )

    def _matches_year(self, year: int | None) -> bool:
        if self.year is None:
            return True
        return year is not None and self.year in (year, year % 100)
