"""No asterisk, colon or low line stands inside a word (`Bürger*innen`).

The official spelling in force since July 2024 counts these signs as no part of it. Whether an
association follows it is the association’s own matter: the rule is off unless it is switched on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_SIGN = re.compile(
    r"(?<!\w)[^\W\d_]{2,60}\ue000?[*:_][Ii]n(?:nen)?(?!\w)|(?<!\w)[a-zäöü]{2,60}[*:_](?:r|n|s|e)(?!\w)"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_SIGN):
        sentence = "{words!r} has a sign that the official spelling does not know."
        yield page.seen(spot, sentence, "Name both, or find a word for all.")


RULE = Rule(name="gender-signs", severity="hint", look=_look, languages=("de",), on=False)
