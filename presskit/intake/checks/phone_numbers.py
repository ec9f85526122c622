"""Phone numbers are written as DIN 5008 has them: `0711 22921-48`, `+49 711 22921-48`.

Slashes, brackets and “(0)” keep some phones from dialling; a number broken over two lines gets a
blank in its middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript, Spot
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_B = r"[ \xa0]"
_AREA = (
    rf"(?:\+49{_B}?\(0\){_B}?[1-9]\d{{1,4}}{_B}?[/-]?{_B}?"
    rf"|\(0[1-9]\d{{1,4}}\){_B}?[/-]?{_B}?|0[1-9]\d{{1,4}}{_B}?[/]{_B}?"
    rf"|\+49{_B}?[1-9]\d{{1,4}}{_B}?/{_B}?|0[1-9]\d{{2,4}}-(?=\d{{4}}))"
)
_REST = rf"\d{{2,11}}(?:{_B}\d{{2,5}}){{0,3}}(?:{_B}?-{_B}?\d{{1,5}})?"
_ODD = re.compile(rf"(?<![\w/.,+-])({_AREA})({_REST})(?![\w/]|[.,]\d)")
_GROUPED = re.compile(
    rf"(?<![\w/.,+-])(0[2-9]\d{{1,4}}|\+49{_B}[2-9]\d{{1,4}}){_B}(\d{{2,4}}(?:{_B}\d{{2,4}}){{1,2}}-\d{{1,5}})"
    rf"(?![\w/-]|[.,]\d)"
)
_BROKEN = re.compile(
    rf"(?<![\w/.,-])(?:\+49|0){_B}?\(?\d[\d/()\xa0 ]{{1,20}}\d-"
    rf"([ \xa0]*\n[ \t\ue000]*|[ \xa0]+)\d{{1,5}}(?![\w.])"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_ODD):
        if right := _written(spot):
            sentence = "{words} is not the form of a phone number."
            yield page.seen(spot, sentence, "Write {right}.", by=right, right=right)
    for spot in page.search(_GROUPED):
        by = f"{spot.match[1]} {re.sub(_B, '', spot.match[2])}"
        sentence = "{words}: only the area code is set off by a blank."
        yield page.seen(spot, sentence, "Write {right}.", by=by, right=by)
    for spot in page.search(_BROKEN):
        start, end = (spot.passage.start + each for each in spot.match.span(1))
        whole = spot.passage.fixable and not page.source[start:end].strip()
        sentence = "the phone number is broken in two: {number!r}."
        number = " ".join(page.source[spot.start : spot.end].split())
        yield page.at(start, end, sentence, "Join it.", by="" if whole else None, number=number)


def _written(spot: Spot) -> str:
    """The number as it should be written, or nothing where it has too few or too many digits."""
    area, rest = spot.match[1], spot.match[2]
    digits = re.sub(r"\D", "", area.replace("(0)", ""))
    if not 7 <= len(digits) + len(re.sub(r"\D", "", rest)) <= 15:
        return ""
    code = f"+49 {digits[2:]}" if area.startswith("+49") else digits
    return f"{code} {re.sub(_B, '', rest)}"


RULE = Rule(name="phone-numbers", severity="warning", look=_look, languages=("de",))
