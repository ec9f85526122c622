"""A dash is –, with blanks for a thought, without them from one number to another.

A hyphen between blanks is set as a dash when the release is rendered, unless it stands in a line of
file reference and number. A hyphen in a range (`2017-2020`, `10-12 Uhr`) stays one, and so does a
dash that stands for a hyphen (`Bau– und Ordnungsrecht`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit import german
from presskit.intake.manuscript import Manuscript, Spot
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_THOUGHT = re.compile(r"(?<=[\w.,;:!?)“”»\"])[ \xa0](-{1,3})[ \xa0](?=[\w„“»\"(])")
_DOUBLE = re.compile(r"(?<=[^\W\d_])-{2}(?=[^\W\d_])")
_YEARS = re.compile(r"(?<![\w/.,-])((?:19|20)\d\d)-((?:19|20)\d\d)(?![\w/-]|[.,]\d)")
_NUMBERS = re.compile(
    r"(?<![\w/.,-])(\d{1,3})-(\d{1,3})(?=[ \xa0](?:Uhr|Prozent|Euro|Millionen|Milliarden|Jahren?|"
    r"Tagen?|Wochen?|Monaten?|Minuten|Stunden|"
    r"Kilometern?|km|Personen|Menschen|Städten?|Kommunen|percent|"
    r"years?|days?|weeks?|months?|minutes|hours|people)\b)"
)
_PAGES = re.compile(r"\b(?:S\.|Seiten?|pp?\.|pages)[ \xa0](\d{1,4})(-)(\d{1,4})(?![\w/-])")
_SUSPENDED = re.compile(r"(?<=[^\W\d_])–(?=[ \xa0](?:und|oder|bzw\.|sowie)\b)")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_THOUGHT):
        if _is_set(page, spot):
            start, end = (spot.passage.start + each for each in spot.match.span(1))
            by = "–" if spot.passage.fixable else None
            sentence = "a hyphen between blanks; it will be set as a dash (–)."
            yield page.at(start, end, sentence, "Write –.", by=by)
    for spot in page.search(_DOUBLE):
        yield page.seen(spot, "two hyphens join the words.", "Write “ – ” or one hyphen.")
    for pattern in (_YEARS, _NUMBERS):
        for spot in page.search(pattern):
            if int(spot.match[1]) < int(spot.match[2]):
                by = f"{spot.match[1]}–{spot.match[2]}"
                yield page.seen(spot, "from … to is a dash, not a hyphen.", "Write {by}.", by=by)
    for spot in page.search(_PAGES):
        if int(spot.match[1]) < int(spot.match[3]):
            start, end = (spot.passage.start + each for each in spot.match.span(2))
            by = "–" if spot.passage.fixable else None
            yield page.at(start, end, "from … to is a dash, not a hyphen.", "Write –.", by=by)
    for spot in page.search(_SUSPENDED):
        yield page.seen(spot, "a part of a word is left out with a hyphen.", "Write -.", by="-")


def _is_set(page: Manuscript, spot: Spot) -> bool:
    """Whether the typographer takes this hyphen for a dash."""
    around = page.source[max(spot.passage.start, spot.start - 14) : spot.end + 16]
    return "–" in german.typography(around.replace("–", " "), page.language)


RULE = Rule(name="dashes", severity="hint", look=_look)
