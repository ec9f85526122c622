"""Drawing numbers: each once, within the transaction that records what it was given for.

Numbers come from a counter row, never from the highest number so far. Nothing is ever reused.
The transaction is one of :func:`presskit.database.writing_alone`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from presskit.database.tables import counts, numbers, versions
from presskit.errors import NumberError
from presskit.reference import Reference, Series, Spelling


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Who draws a number, when, in which year and what for."""

    who: str
    at: dt.datetime
    year: int
    why: str


def draw(connection: sa.Connection, series: Series, drawing: Drawing) -> Reference:
    """Take the next free number of a series."""
    cycle = series.cycle(drawing.year)
    count = _count(connection, series, cycle)
    number = _first_free(connection, series, drawing.year, count)
    if count is None:
        change: sa.Executable = sa.insert(counts).values(
            series=series.letter, cycle=cycle, next=number + 1
        )
    else:
        change = (
            sa.update(counts)
            .where(counts.c.series == series.letter, counts.c.cycle == cycle)
            .values(next=number + 1)
        )
    connection.execute(change)
    return _record(connection, series, number, drawing)


def expected(connection: sa.Connection, series: Series, wanted: str | None, year: int) -> Reference:
    """The reference that publishing now would give; nothing is drawn."""
    if wanted is not None:
        return _free(connection, series, wanted, year)
    count = _count(connection, series, series.cycle(year))
    return series.reference(_first_free(connection, series, year, count), year)


def take(connection: sa.Connection, series: Series, wanted: str, drawing: Drawing) -> Reference:
    """Take a number that was given outside presskit, if it is free."""
    reference = _free(connection, series, wanted, drawing.year)
    given = Drawing(
        who=drawing.who, at=drawing.at, year=reference.year or drawing.year, why=drawing.why
    )
    return _record(connection, series, reference.number, given)


def _free(connection: sa.Connection, series: Series, wanted: str, current: int) -> Reference:
    """The wanted reference, refused where it is not this series' or already taken."""
    spelling = Spelling.read(wanted)
    year = _year(spelling, current)
    if spelling.series not in (None, series.letter):
        raise NumberError(
            "{wanted!r} is not a number of the series {series!r}.",
            remedy="Mend “reference” or “series” in the head of the draft.",
            wanted=wanted,
            series=series.letter,
        )
    if series.has_year and spelling.year is None:
        raise NumberError(
            "{wanted!r} names no year.",
            remedy="Write it in full, as in {example!r}.",
            wanted=wanted,
            example=series.reference(spelling.number, year).written,
        )
    reference = series.reference(spelling.number, year)
    holder = _holder(connection, series, year, reference)
    if holder:
        raise _taken(holder)
    return reference


def _year(spelling: Spelling, current: int) -> int:
    """The year a spelling means: two digits are of this century unless that lies ahead."""
    if spelling.year is None:
        return current
    if spelling.year > 99:
        return spelling.year
    year = current - current % 100 + spelling.year
    return year if year <= current + 1 else year - 100


def _first_free(connection: sa.Connection, series: Series, year: int, count: int | None) -> int:
    """The count's next number that nothing holds; a later start in the settings moves it on."""
    number = max(count or 0, series.start)
    while _holder(connection, series, year, series.reference(number, year)):
        number += 1
    return number


def _count(connection: sa.Connection, series: Series, cycle: int) -> int | None:
    found: int | None = connection.scalar(
        sa.select(counts.c.next).where(counts.c.series == series.letter, counts.c.cycle == cycle)
    )
    return found


def _holder(
    connection: sa.Connection, series: Series, year: int, reference: Reference
) -> Mapping[str, Any] | None:
    """What holds a number: its row, with the title filed under it."""
    joined = numbers.outerjoin(
        versions,
        sa.and_(
            *(versions.c[name] == numbers.c[name] for name in ("series", "cycle", "number")),
            versions.c.version == 1,
        ),
    )
    query = (
        sa.select(numbers, versions.c.title)
        .select_from(joined)
        .where(
            numbers.c.series == series.letter,
            numbers.c.number == reference.number,
            # Also one given under another restart rule, where it reads the same.
            sa.or_(numbers.c.cycle == series.cycle(year), numbers.c.written == reference.written),
        )
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def _taken(holder: Mapping[str, Any]) -> NumberError:
    what = f"“{holder['title']}”" if holder["title"] else holder["why"]
    return NumberError(
        "{written} is taken: {state} on {day} for {what}.",
        remedy="Remove “reference” from the head to draw the next number, or name a free one.",
        written=holder["written"],
        state=holder["state"],
        day=holder["at"].date().isoformat(),
        what=what,
    )


def _record(connection: sa.Connection, series: Series, number: int, drawing: Drawing) -> Reference:
    reference = series.reference(number, drawing.year)
    connection.execute(
        sa.insert(numbers).values(
            series=series.letter,
            cycle=series.cycle(drawing.year),
            number=number,
            year=reference.year,
            written=reference.written,
            state="published",
            who=drawing.who,
            at=drawing.at,
            why=drawing.why,
        )
    )
    return reference
