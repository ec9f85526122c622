"""The lines of a letterhead in plain text, known by their labels and shapes.

What the association's releases of 2006, 2017 and 2021 show; dates are strict and nothing is
guessed: a line that is not known stays a line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from presskit.intake.found import Confidence, Found

_NUMBER = r"(?P<reference>P\s?\d{1,4}\s?/\s?\d{4}|QR\s?#\s?\d{1,4}|NL\s?\d{1,4}\s?/\s?\d{4})"
_AZ = r"(?:\d{3}(?:\.\d{1,4})*|ST\s?\d{2,4})"
_AZ_LIST = rf"(?P<az>{_AZ}(?:\s*[;,]\s*{_AZ})*)"
_DASH = r"\s*[-–—]\s*"
_DATE = r"(?P<date>\d{1,2}\.\s?(?:\d{1,2}\.|[A-Za-zäÄ]+)\s?\d{4})"

# 047.43 - P 309/2017 · Co
_REFERENCE_LINE = re.compile(
    rf"(?:Az\.?:?\s*)?(?:{_AZ_LIST}{_DASH})?{_NUMBER}(?:\s*·\s*(?P<initials>[\w/]{{1,8}}))?",
    re.IGNORECASE,
)
# 11.12.2006 – Az: ST 710 – P 94/2006 – St/H – 0711/22921-14 –
_LINE_2006 = re.compile(
    rf"{_DATE}{_DASH}Az\.?:?\s*{_AZ_LIST}{_DASH}{_NUMBER}(?:{_DASH}(?P<initials>[A-Za-zÄÖÜäöü]{{1,3}}(?:/[A-Za-z]{{1,3}})?))?"
    rf"(?:{_DASH}(?P<phone>[0-9(+][0-9()/ .-]{{5,}}\d))?\s*[-–—]?",
    re.IGNORECASE,
)
# P 309/2017 Az.: 047.43 / Titel (31.07.2017)
_PAGE_TITLE = re.compile(
    rf"(?:Pressemitteilung|Presseinformation)?\s*{_NUMBER}\s*/?\s*(?:Az\.?:?\s*{_AZ_LIST})?\s*/\s*(?P<subject>.+?)\s*"
    rf"\(\s*{_DATE}\s*\)",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"(?P<kind>Gemeinsame Presseinformation|Gemeinsame Pressemitteilung|Presseinformation|"
    r"Pressemitteilung|Zumeldung|Statement)\b:?\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?P<role>Bearbeiter(?:in)?|Bearbeitung|Ansprechpartner(?:in)?):?\s*(?P<rest>.*)"
)
_LABELS = {
    "email": re.compile(r"(?:E|E-Mail|Email|Mail):?\s*(?P<rest>\S+@\S+)?", re.IGNORECASE),
    "phone": re.compile(r"(?:T|Tel\.?|Telefon|Fon):?\s*(?P<rest>[+(\d][\d\s()/.+–-]*)?"),
    "fax": re.compile(r"(?:F|Fax|Telefax):?\s*(?P<rest>[+(\d][\d\s()/.+–-]*)?"),
}
_ONLY_AZ = re.compile(rf"Az\.?:?\s*(?:{_AZ_LIST})?", re.IGNORECASE)
_ONLY_DATE = re.compile(rf"(?:[A-ZÄÖÜ][\w-]+,\s*(?:den\s*)?)?{_DATE}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "dezember"),
)
_LONGEST_OFFICE = 60


@dataclass(frozen=True)
class SourceLine:
    """A line of a source; ``number`` counts from 1."""

    number: int
    text: str


@dataclass
class LetterheadLines:
    """What was known of some lines; ``used`` are the numbers of those that are spent."""

    found: list[Found] = field(default_factory=list)
    used: set[int] = field(default_factory=set)

    def add(
        self, key: str, value: str, line: SourceLine, confidence: Confidence = "certain"
    ) -> None:
        """Take a value from a line."""
        value = " ".join(value.split())
        self.used.add(line.number)
        if value:
            self.found.append(
                Found(
                    key=key,
                    value=value,
                    confidence=confidence,
                    line=line.number,
                    source=line.text.strip(),
                )
            )


_AREA = re.compile(r"\(?(0[1-9]\d{1,4})\)?[\s/-]+(\d[\d\s/]*)(?:\s?[-–‑]\s?(\d+))?")


def healed_phone(written: str) -> str:
    """A phone number as a draft has it (DIN 5008): area, number, extension: ``0711 22921-48``.

    One with a country's code, and what is of no known form, keeps its own groups.
    """
    text = " ".join(written.split())
    found = _AREA.fullmatch(text)
    if found is None:
        return text.replace("\N{NON-BREAKING HYPHEN}", "-")
    number = re.sub(r"[\s/]", "", found[2])
    return f"{found[1]} {number}" + (f"-{found[3]}" if found[3] else "")


def read_date(written: str) -> dt.date | None:
    """``31.07.2017`` or ``31. Juli 2017``; None for a day that no calendar has."""
    found = re.fullmatch(r"(\d{1,2})\.\s?(?:(\d{1,2})\.|([A-Za-zäÄ]+))\s?(\d{4})", written.strip())
    if found is None:
        return None
    name = (found[3] or "").lower()
    month = int(found[2]) if found[2] else _MONTHS.index(name) + 1 if name in _MONTHS else 0
    try:
        return dt.date(int(found[4]), month, int(found[1]))
    except ValueError:
        return None


def read_letterhead(lines: Sequence[SourceLine]) -> LetterheadLines:
    """Read the lines above a release's headline; a value may stand on the line after its label."""
    known = LetterheadLines()
    following = _Following(lines)
    for line in lines:
        if line.number not in known.used:
            _read_line(line, following, known)
    return known


class _Following:
    """Looks at the next line that holds words."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self._lines = [each for each in lines if _plain(each.text)]

    def after(self, line: SourceLine) -> SourceLine | None:
        return next((each for each in self._lines if each.number > line.number), None)


def _read_line(line: SourceLine, following: _Following, known: LetterheadLines) -> None:
    text = _plain(line.text)
    if not text:
        return
    for reader in _READERS:
        if reader(text, line, following, known):
            return


def _page_title(
    text: str, line: SourceLine, _following: _Following, known: LetterheadLines
) -> bool:
    found = _PAGE_TITLE.fullmatch(text)
    if found is None:
        return False
    known.add("reference", _reference(found["reference"]), line)
    _add_az(found["az"], line, known)
    known.add("subject", found["subject"], line)
    _add_date("title_date", found["date"], line, known)
    return True


def _line_2006(text: str, line: SourceLine, _following: _Following, known: LetterheadLines) -> bool:
    found = _LINE_2006.fullmatch(text)
    if found is None:
        return False
    _add_date("date", found["date"], line, known)
    _add_az(found["az"], line, known)
    known.add("reference", _reference(found["reference"]), line)
    known.add("contact.initials", found["initials"] or "", line)
    known.add("contact.phone", healed_phone(found["phone"] or ""), line)
    return True


def _reference_line(
    text: str, line: SourceLine, _following: _Following, known: LetterheadLines
) -> bool:
    found = _REFERENCE_LINE.fullmatch(text)
    if found is None:
        return False
    known.add("reference", _reference(found["reference"]), line)
    _add_az(found["az"], line, known)
    known.add("contact.initials", found["initials"] or "", line)
    return True


def _kind(text: str, line: SourceLine, following: _Following, known: LetterheadLines) -> bool:
    """``PRESSEINFORMATION Geschäftsführendes`` / ``Vorstandsmitglied``: kind and office."""
    found = _KIND.fullmatch(text)
    if found is None or len(found["rest"]) > _LONGEST_OFFICE:
        return False
    rest = found["rest"]
    if found["kind"].lower() == "statement" and rest:
        return False
    known.add("kind", _titled(found["kind"]), line)
    if rest:
        below = following.after(line)
        if below is not None and below.number == line.number + 1 and _is_office(below.text):
            known.used.add(below.number)
            rest = f"{rest} {_plain(below.text)}"
        known.add("contact.office", rest, line, "likely")
    return True


def _role(text: str, line: SourceLine, following: _Following, known: LetterheadLines) -> bool:
    found = _ROLE.fullmatch(text)
    if found is None:
        return False
    known.add("contact.role_label", found["role"], line)
    below = following.after(line)
    if found["rest"]:
        known.add("contact.name", found["rest"], line)
    elif below is not None and not re.search(r"[@\d]", below.text):
        known.add("contact.name", _plain(below.text), below)
    return True


def _reachable(text: str, line: SourceLine, following: _Following, known: LetterheadLines) -> bool:
    """``E`` / ``T`` / ``F`` with the value beside it or below, a broken phone number healed."""
    for key, label in _LABELS.items():
        found = label.fullmatch(text)
        if found is None:
            continue
        rest, below = found["rest"] or "", following.after(line)
        if not rest and below is None:
            return False
        if not rest and below is not None:
            rest = _plain(below.text)
            if key == "email" and not _EMAIL.fullmatch(rest):
                return False
            if key != "email" and not re.fullmatch(r"[+(\d][\d\s()/.+–-]*", rest):
                return False
            known.used.add(below.number)
            below = following.after(below)
        if rest.rstrip().endswith(("-", "–")) and below is not None:
            tail = _plain(below.text)
            if re.fullmatch(r"\d{1,6}", tail):
                known.used.add(below.number)
                rest = rest.rstrip() + tail
        known.add(f"contact.{key}", rest if key == "email" else healed_phone(rest), line)
        return True
    return False


def _az(text: str, line: SourceLine, following: _Following, known: LetterheadLines) -> bool:
    found = _ONLY_AZ.fullmatch(text)
    if found is None:
        return False
    known.used.add(line.number)
    _add_az(found["az"], line, known)
    return True


def _date(text: str, line: SourceLine, _following: _Following, known: LetterheadLines) -> bool:
    found = _ONLY_DATE.fullmatch(text)
    if found is None:
        return False
    return _add_date("date", found["date"], line, known)


_READERS = (_page_title, _line_2006, _reference_line, _kind, _role, _reachable, _az, _date)


def _add_az(written: str | None, line: SourceLine, known: LetterheadLines) -> None:
    for each in re.split(r"\s*[;,]\s*", written or ""):
        if each and each not in {
            found.value for found in known.found if found.key == "file_reference"
        }:
            known.add("file_reference", each, line)


def _add_date(key: str, written: str, line: SourceLine, known: LetterheadLines) -> bool:
    date = read_date(written)
    if date is None:
        return False
    known.add(key, date.isoformat(), line)
    return True


def _reference(written: str) -> str:
    """``P 309/2017``, ``QR#10``: a number with the blanks it is written with."""
    plain = re.sub(r"\s+", "", written).upper()
    return plain if "#" in plain else re.sub(r"^([A-Z]+)(\d)", r"\1 \2", plain)


def _titled(kind: str) -> str:
    return " ".join(part.capitalize() for part in kind.split())


def _is_office(text: str) -> bool:
    words = _plain(text)
    return bool(words) and len(words) <= _LONGEST_OFFICE and words.replace(" ", "").isalpha()


def _plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def values(found: Sequence[Found], key: str) -> Iterator[str]:
    """The values found under a key."""
    return (each.value for each in found if each.key == key)
