"""A form: the keys and values a person wrote (a draft's head, the settings), taken one by one.

Every refusal names the file, the line and the key. A key nobody asked for is refused by
:meth:`Form.close` with the nearest key that is known.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from presskit.errors import Place, PresskitError
from presskit.toml_lines import Path, find_lines

Key = str | Path | None

# A value is one line: line ends inside it become blanks, no-break spaces stay.
_BLANKS = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """Values as read from a file, with the line on which each key stands (first line is 1)."""

    file: str
    values: Mapping[str, Any]
    lines: Mapping[Path, int]


class Form:
    """One table of a sheet; asks for keys, remembers which, and refuses what is left over."""

    def __init__(
        self,
        sheet: Sheet,
        error: type[PresskitError],
        *,
        path: Path = (),
        values: Mapping[str, Any] | None = None,
    ) -> None:
        self._sheet = sheet
        self._error = error
        self._path = path
        self._values = sheet.values if values is None else values
        self._asked: list[str] = []

    # what stands there

    def names(self) -> tuple[str, ...]:
        """Every key of this table, in the order written."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Whether the key is there with a value that is not empty."""
        self._asked.append(key)
        value = self._values.get(key)
        return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {})

    def place(self, key: Key = None) -> Place:
        """Where the key stands; for a missing key, where its table begins.

        An entry of a list is named by a path: the key, then its position (from 0).
        """
        below = () if key is None else (key,) if isinstance(key, str) else key
        path = (*self._path, *below)
        prefixes = (path[:length] for length in range(len(path), 0, -1))
        line = next((self._sheet.lines[each] for each in prefixes if each in self._sheet.lines), 1)
        written = ".".join(part for part in path if isinstance(part, str)) or None
        return Place(self._sheet.file, line, written)

    def refuse(self, key: Key, sentence: str, remedy: str, /, **facts: object) -> PresskitError:
        """The error for a key, ready to be raised."""
        return self._error(sentence, remedy=remedy, place=self.place(key), **facts)

    def missing(self, key: str, remedy: str) -> PresskitError:
        """The error for a duty that is not there, or stands there misspelled."""
        others = {each for each in self._values if each not in self._asked}
        for misspelled in difflib.get_close_matches(key, others, n=1, cutoff=0.75):
            hint = "Did you mean {nearest!r}?"
            return self.refuse(misspelled, "unknown key.", hint, nearest=key)
        return self.refuse(key, "this is missing.", remedy, key=key)

    # taking values

    def text(self, key: str, default: str | None = None) -> str:
        """A line or more of text; without a default the key is a duty."""
        if not self.has(key):
            if default is None:
                raise self.missing(key, "Add the key {key!r}.")
            return default
        return self._as_text(key, self._values[key])

    def optional(self, key: str) -> str | None:
        """Text, or None where the key is absent or empty."""
        return self.text(key) if self.has(key) else None

    def choice(self, key: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of several words."""
        value = self.text(key, default)
        if value not in choices:
            raise self.refuse(
                key,
                "{value!r} is not one of {choices}.",
                "Did you mean {nearest!r}?" if _nearest(value, choices) else "Take one of them.",
                value=value,
                choices=", ".join(choices),
                nearest=_nearest(value, choices),
            )
        return value

    def choices(self, key: str, choices: Sequence[str]) -> tuple[str, ...]:
        """One or several of some words."""
        named = self.texts(key)
        for index, each in enumerate(named):
            if each not in choices:
                raise self.refuse(
                    (key, index),
                    "{value!r} is not known.",
                    "Did you mean {nearest!r}?" if _nearest(each, choices) else "Look it up.",
                    value=each,
                    nearest=_nearest(each, choices),
                )
        return named

    def integer(self, key: str, default: int, *, minimum: int = 0, maximum: int = 2**31 - 1) -> int:
        """A whole number within bounds."""
        if not self.has(key):
            return default
        value = self._values[key]
        text = str(value)
        if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,18}", text):
            raise self.refuse(key, "{value!r} is not a whole number.", "Write digits.", value=value)
        if not minimum <= int(text) <= maximum:
            remedy = "Take a number from {minimum} to {maximum}."
            facts = {"value": value, "minimum": minimum, "maximum": maximum}
            raise self.refuse(key, "{value} is out of range.", remedy, **facts)
        return int(text)

    def date(self, key: str) -> dt.date | None:
        """A calendar date written year-month-day (ISO 8601)."""
        if not self.has(key):
            return None
        value = self._values[key]
        date = value if type(value) is dt.date else _calendar_date(value)
        if date is None:
            remedy = "Write year-month-day, as in 2017-07-31."
            raise self.refuse(key, "{value!r} is not a date of the calendar.", remedy, value=value)
        if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
            remedy = "Write the year with four digits, as in 2017-07-31."
            raise self.refuse(key, "{value!r} is not a date of our time.", remedy, value=str(value))
        return date

    def texts(self, key: str) -> tuple[str, ...]:
        """One text or a list of texts."""
        if not self.has(key):
            return ()
        value = self._values[key]
        if not isinstance(value, list):
            return (self._as_text(key, value),)
        found = tuple(self._as_text((key, index), item) for index, item in enumerate(value))
        if "" in found:
            remedy = "Fill it in or delete it."
            raise self.refuse((key, found.index("")), "an entry of the list is empty.", remedy)
        return found

    def form(self, key: str) -> Form | None:
        """A table below this one, or None where there is none."""
        self._asked.append(key)
        if key not in self._values:
            return None
        value = self._values[key]
        if not isinstance(value, Mapping):
            raise self.refuse(key, "this must be a table of keys.", "Write its keys below it.")
        return Form(self._sheet, self._error, path=(*self._path, key), values=value)

    def forms(self, key: str, short: str) -> tuple[Form, ...]:
        """A list of tables; an item that is one text stands for the key ``short``."""
        if not self.has(key):
            return ()
        value = self._values[key]
        if not isinstance(value, list):
            return (self._item((key,), value, short),)
        return tuple(self._item((key, index), item, short) for index, item in enumerate(value))

    def _item(self, path: Path, value: object, short: str) -> Form:
        table = value if isinstance(value, Mapping) else {short: self._as_text(path, value)}
        return Form(self._sheet, self._error, path=(*self._path, *path), values=table)

    def close(self) -> None:
        """Refuse a key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                nearest = _nearest(key, self._asked)
                hint = "Did you mean {nearest!r}?" if nearest else "Known keys: {known}."
                known = ", ".join(dict.fromkeys(self._asked))
                raise self.refuse(key, "unknown key.", hint, nearest=nearest, known=known)

    def _as_text(self, key: Key, value: object) -> str:
        if not isinstance(value, str):
            raise self.refuse(
                key, "this must be text, not {value!r}.", "Put it in quotes.", value=value
            )
        if _CONTROL.search(value):
            remedy = "Delete it; it often comes along when text is copied."
            raise self.refuse(key, "an invisible control character stands there.", remedy)
        return _BLANKS.sub(" ", unicodedata.normalize("NFC", value)).strip(" ")


def _calendar_date(value: object) -> dt.date | None:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value.strip()):
        return None
    try:
        return dt.date.fromisoformat(value.strip())
    except ValueError:
        return None


def read_toml(text: str, file: str, error: type[PresskitError]) -> Sheet:
    """TOML text as a sheet; faults are raised as ``error``."""
    text = unicodedata.normalize("NFC", text)
    try:
        return Sheet(file, tomllib.loads(text), find_lines(text.replace("\r\n", "\n")))
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"at line (\d+)", str(fault))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        sentence, cause = "this is not valid TOML: {fault}.", str(fault).split(" (at ")[0]
    except (ValueError, RecursionError):
        line, sentence, cause = (
            1,
            "this is not valid TOML: a number or a list is out of bounds.",
            "",
        )
    raise error(
        sentence,
        remedy="Mend the line; values that are text stand in quotes.",
        place=Place(file, line),
        fault=cause,
    )


def _nearest(word: str, known: Sequence[str]) -> str | None:
    lowered = {entry.lower(): entry for entry in known}
    matches = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=0.5)
    return lowered[matches[0]] if matches else None
