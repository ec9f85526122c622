"""German (and English) writing: typography, dates, phone numbers, sizes, folding for look-ups.

Typography follows the rules for DIN 5008 letters and good setting: no-break spaces keep together
what belongs together, dashes and ellipses are real ones. Quotation marks are set by the reader of
the text, which knows where a quotation opens.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
NO_BREAK_HYPHEN = "\N{NON-BREAKING HYPHEN}"
EN_DASH = "\N{EN DASH}"

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join((*MONTHS, "Jänner", "Feber"))
_UNITS = (
    r"%|‰|€|°C|Euro|Cent|EUR|km²?|cm|mm|m²|m³|ha|kg|g|t|l|kWh|MWh|MW|kW|GB|MB|kB|Uhr|Prozent|"
    r"Mio\.|Mrd\.|Millionen|Milliarden|Tsd\."
)
_ABBREVIATIONS = (
    *("z. B.", "u. a.", "d. h.", "a. D.", "i. d. R.", "i. V.", "i. A.", "o. g.", "s. o.", "s. u."),
    *("u. U.", "z. T.", "v. a.", "e. V.", "i. S. d.", "i. S. v.", "n. Chr.", "v. Chr.", "m. E."),
)

_BLANK = r"[ \xa0]"


def _abbreviation_rule() -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds an abbreviation with or without blanks, and how it is set; also ``Z. B.``."""
    known = (*_ABBREVIATIONS, *(each[0].upper() + each[1:] for each in _ABBREVIATIONS))
    set_right = {re.sub(r"\W", "", each): each.replace(" ", NO_BREAK_SPACE) for each in known}
    spelled = "|".join(
        re.escape(each).replace(r"\ ", _BLANK + "?")
        for each in sorted(known, key=len, reverse=True)
    )
    return re.compile(rf"(?<![\w.])(?:{spelled})(?!\w)"), set_right


_ABBREVIATION, _SET_RIGHT = _abbreviation_rule()

# What is glued together by a no-break space; the blank stands between the two groups.
_GLUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(§§?){_BLANK}(?=\d)",
        rf"(\b(?:Art|Abs|Nr|Ziff|Rn|Anm|Bd|Kap|Abb|Tab|Dr|Prof|St)\.){_BLANK}(?=\w)",
        rf"(\b(?:Nummer|Absatz|Artikel|Kapitel|Seite)){_BLANK}(?=\d)",
        rf"(\d){_BLANK}(?=(?:{_UNITS})(?!\w))",
        rf"(\d){_BLANK}(?=ff?\.)",
        rf"(\b(?:Mio|Mrd|Tsd)\.){_BLANK}(?=(?:Euro|EUR|€|Tonnen|Menschen)(?!\w))",
        rf"(\b[0-3]?\d\.){_BLANK}(?=(?:{_MONTH})\b)",
    )
)
# 147 000 and 1 147 000, but not a year before a number, nor the groups of a phone number.
_THOUSANDS = re.compile(
    rf"(?<![\d/+(.,-])(?<!\d[ \xa0])[1-9]\d{{0,2}}(?:{_BLANK}\d{{3}})+(?![\d/-])"
)
_ENGLISH_GLUED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(§§?|\b(?:No|Art)\.){_BLANK}(?=\d)",
        rf"(\b(?:Mr|Mrs|Ms|Dr|Prof)\.){_BLANK}(?=\w)",
        rf"(\b[0-3]?\d){_BLANK}(?=(?:{'|'.join(_ENGLISH_MONTHS)})\b)",
    )
)

# Web and mail addresses, in which no sign is changed.
ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s\"<>„“”‚‘]*[^\s\"'<>„“”‚‘.,;:!?)…]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
# The name of a month, as it follows a day; “1. Maibaum” is no date.
MONTH = rf"(?:(?:{_MONTH})(?![\w-])|(?:Jan|Feb|Aug|Sept?|Okt|Nov|Dez)\.)"

_DASH = re.compile(rf"{_BLANK}(-{{1,3}}|{EN_DASH})(?={_BLANK})")
_AFTER_FILE_REFERENCE = re.compile(r"\d{3}\.\d+$")
_BEFORE_REFERENCE = re.compile(rf"{_BLANK}[A-Z]{{1,8}}{_BLANK}?\d+/\d")


def typography(text: str, language: str = "de") -> str:
    """Running text with real dashes, ellipses and no-break spaces; never changes its words.

    >>> typography("z.B. § 5 - am 31. Juli ...")
    'z.\\xa0B. §\\xa05\\xa0– am 31.\\xa0Juli …'
    """
    parts: list[str] = []
    end = 0
    for found in ADDRESS.finditer(text):
        parts += (_set_words(text[end : found.start()], language), found[0])
        end = found.end()
    return "".join((*parts, _set_words(text[end:], language)))


def _set_words(text: str, language: str) -> str:
    text = re.sub(r"(?<!\.)\.\.\.(?!\.)", "…", text)
    text = re.sub(r"(?<=\d)--(?=\d)", EN_DASH, text)
    text = re.sub(r"(?<![\w'’])'(?=[^\W\d_])", "’", text)  # ’ne Frage
    text = _DASH.sub(_dash, text)
    if language == "de":
        text = _ABBREVIATION.sub(_set_abbreviation, text)
        text = _THOUSANDS.sub(_glued, text)
    for pattern in _GLUED if language == "de" else _ENGLISH_GLUED:
        text = pattern.sub(rf"\g<1>{NO_BREAK_SPACE}", text)
    return text


def _dash(found: re.Match[str]) -> str:
    """A dash for a thought, unless the hyphen belongs to a file reference (``047.43 - P 309``)."""
    text = found.string
    if found[1] == "-" and (
        _AFTER_FILE_REFERENCE.search(text, max(0, found.start() - 12), found.start())
        or _BEFORE_REFERENCE.match(text, found.end())
    ):
        return found[0]
    return f"{NO_BREAK_SPACE}{EN_DASH}"


def _set_abbreviation(found: re.Match[str]) -> str:
    return _SET_RIGHT[re.sub(r"\W", "", found[0])]


def _glued(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK_SPACE)


def short_date(date: dt.date) -> str:
    """``31.07.2017`` (DIN 5008)."""
    return f"{date.day:02}.{date.month:02}.{date.year:04}"


def long_date(date: dt.date, language: str = "de") -> str:
    """``31. Juli 2017``, ``31 July 2017`` (as CLDR writes a long date)."""
    from babel.dates import format_date  # only where a date is written out: it costs its loading

    return format_date(date, "long", locale={"de": "de_DE", "en": "en_GB"}[language])


def clock_time(time: dt.datetime, language: str = "de") -> str:
    """``10:00 Uhr``, ``10:00``."""
    return f"{time:%H:%M}{NO_BREAK_SPACE}Uhr" if language == "de" else f"{time:%H:%M}"


def phone_number(written: str) -> str:
    """A phone number that does not break at a line's end: no-break spaces and hyphens."""
    return " ".join(written.split()).replace(" ", NO_BREAK_SPACE).replace("-", NO_BREAK_HYPHEN)


def phone_uri(written: str, country: str = "49") -> str:
    """``tel:+497112292148`` (RFC 3966) for ``0711 22921-48``."""
    digits = re.sub(r"\(0\)|[^\d+]", "", written)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+{country}{digits[1:]}"
    return f"tel:{digits}"


def file_size(octets: int) -> str:
    """A size as people read it, in powers of 1000: ``980 Byte``, ``12 kB``, ``1,4 MB``."""
    if octets < 1000:
        return f"{octets}{NO_BREAK_SPACE}Byte"
    if octets < 1_000_000:
        return f"{round(octets / 1000)}{NO_BREAK_SPACE}kB"
    return f"{octets / 1_000_000:.1f}{NO_BREAK_SPACE}MB".replace(".", ",")


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
)


_LONGEST_STEM, _LONGEST_ENDING = 100, 16


def ascii_name(name: str) -> str:
    """A file name in ASCII: ``Uebersicht-Staedte.pdf`` for ``Übersicht Städte.pdf``."""
    spelled = unicodedata.normalize("NFC", name).translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^A-Za-z0-9._]+", "-", plain).strip("-.") or "file"
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    # Windows takes these for devices, whatever their ending.
    guard = "_" if re.fullmatch(r"(?i:con|prn|aux|nul|com\d|lpt\d)(\..*)?", stem) else ""
    return f"{guard}{stem[:_LONGEST_STEM]}{dot}{ending[:_LONGEST_ENDING]}"


# What typography sets and people do not type: quotation marks, dashes, special hyphens.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("„“”«»", '"'),
        **dict.fromkeys("‚‘’‹›", "'"),
        **dict.fromkeys("‐‑‒–—", "-"),
        "\N{SOFT HYPHEN}": "",
    }
)


def fold(text: str) -> str:
    """Text for look-ups: ``Städtetag``, ``Staedtetag`` and ``STÄDTETAG`` are the same."""
    spelled = unicodedata.normalize("NFC", text).translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled)
    bare = "".join(each for each in plain if not unicodedata.combining(each)).casefold()
    return " ".join(bare.translate(_SIGNS).split())
