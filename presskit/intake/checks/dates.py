"""Dates are of the calendar, have four digits for the year, and fall on the weekday named.

`31.07.2017`, `31. Juli 2017` and `2017-07-31` are good forms. Where a weekday stands without a
year, that of the letterhead and its neighbours are tried.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from presskit import german
from presskit.intake.manuscript import Manuscript, Spot
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_B = r"[ \xa0\n]"
_GERMAN_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = {
    **{name: at for at, name in enumerate(_GERMAN_DAYS)},
    **{name: at for at, name in enumerate(_ENGLISH_DAYS)},
    "Sonnabend": 5,
}
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS = {
    **{name: at for at, name in enumerate(german.MONTHS, 1)},
    **{name: at for at, name in enumerate(_ENGLISH, 1)},
    "Jänner": 1,
    "Feber": 2,
}
_DAYS = "|".join(_WEEKDAYS)
_NAMES = "|".join(_MONTHS)
_WEEKDAY = rf"(?:(?P<weekday>{_DAYS}),?{_B}(?:(?:den|dem|der|the){_B})?)?"
_AFTER = r"(?![\w-]|[./]\d)"
_NUMBER = re.compile(
    rf"(?<![\w.,/:-]){_WEEKDAY}(?P<day>\d{{1,2}})\.{_B}?(?P<month>\d{{1,2}})\.{_B}?(?P<year>\d{{4}}|\d{{2}}(?!\d)){_AFTER}"
)
_WORDS = re.compile(
    rf"(?<![\w.,/-]){_WEEKDAY}(?P<day>\d{{1,2}})\.?{_B}(?P<month>{_NAMES})(?:,?{_B}(?P<year>\d{{4}}))?(?![\w-])"
)
_AMERICAN = re.compile(
    rf"(?<![\w.,/-]){_WEEKDAY}(?P<month>{'|'.join(_ENGLISH)}){_B}(?P<day>\d{{1,2}}),{_B}(?P<year>\d{{4}})(?!\w)"
)
_SLASHED = re.compile(
    r"(?<![\w/.-])((?:19|20)\d\d)/(0[1-9]|1[0-2])/(0[1-9]|[12]\d|3[01])(?![\w/-])"
)
_NO_DATE_BEFORE = re.compile(
    r"(?:Ziffer|Ziff\.|Nr\.|Nummer|Kapitel|Kap\.|Abschnitt|Version|"
    r"Az\.?:?|Punkt|Tabelle|Abbildung)[ \xa0]$"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for pattern in (_NUMBER, _WORDS, _AMERICAN):
        for spot in page.search(pattern):
            before = spot.match.string[max(0, spot.match.start() - 15) : spot.match.start()]
            if not _NO_DATE_BEFORE.search(before):
                yield from _about(page, spot)
    for spot in page.search(_SLASHED):
        right = "-".join(spot.match.groups())
        yield page.seen(spot, "{words} is no form of a date.", "Write {right}.", right=right)


def _about(page: Manuscript, spot: Spot) -> Iterator[Observation]:
    day, year = int(spot.match["day"]), spot.match["year"]
    month = _MONTHS.get(spot.match["month"]) or int(spot.match["month"])
    if year and len(year) == 2:
        if 1 <= day <= 31 and 1 <= month <= 12:
            sentence = "the year of {words!r} has two digits."
            yield page.seen(spot, sentence, "Write four, as in {right}.", right="31.07.2017")
        return
    years = [int(year)] if year else _years(page)
    if not 1 <= month <= 12 or not 1 <= day <= max(_length(each, month) for each in years):
        yield page.seen(spot, "there is no {words!r} in the calendar.", "Look it up.")
    elif spot.match["weekday"]:
        yield from _weekday(page, spot, [(each, month, day) for each in years])


def _weekday(
    page: Manuscript, spot: Spot, dates: list[tuple[int, int, int]]
) -> Iterator[Observation]:
    named = _WEEKDAYS[spot.match["weekday"]]
    found = [dt.date(*each).weekday() for each in dates if each[2] <= _length(*each[:2])]
    if named not in found:
        right = (_GERMAN_DAYS if page.language == "de" else _ENGLISH_DAYS)[found[0]]
        sentence = (
            "{words!r} is a {right}." if len(dates) == 1 else "{words!r}: the weekday does not fit."
        )
        yield page.seen(spot, sentence, "Look up the day that is meant.", right=right)


def _years(page: Manuscript) -> list[int]:
    year = page.draft.date.year if page.draft else page.around.now.year
    return [year, year - 1, year + 1]


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1] if 1 <= year <= 9999 else 31


RULE = Rule(name="dates", severity="warning", look=_look)
