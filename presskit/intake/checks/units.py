"""A blank stands between a number and its unit, and behind § and Abs. (DIN 5008).

Where a blank stands, it is made one that does not break when the release is rendered. Words such as
`5%ig` or `100%-Tochter` are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.german import NO_BREAK_SPACE
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_BEHIND_NUMBER = re.compile(
    r"(?<![\w.,-])(\d{1,3}(?:[.,]\d{1,3}){0,4})(%|€|Euro|EUR|Prozent|Mio\.|Mrd\.|km|kWh|MWh|kg|Uhr)"
    r"(?![\w-])"
)
_BEFORE_NUMBER = re.compile(r"(§§?|\b(?:Abs|Art|Nr|Ziff)\.)(?=\d)")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_BEHIND_NUMBER):
        by = f"{spot.match[1]}{NO_BREAK_SPACE}{spot.match[2]}"
        sentence = "the blank between number and unit is missing: {words}."
        yield page.seen(spot, sentence, "Set it.", by=by)
    for spot in page.search(_BEFORE_NUMBER):
        by = f"{spot.match[1]}{NO_BREAK_SPACE}"
        yield page.seen(spot, "the blank behind {words} is missing.", "Set it.", by=by)


RULE = Rule(name="units", severity="hint", look=_look, languages=("de",))
