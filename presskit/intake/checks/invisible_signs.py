"""No sign is there that nobody sees: zero-width blanks, direction marks, stray soft hyphens.

They come along when text is copied from a web page or a PDF, and break look-ups and line ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_LOST = re.compile(
    r"[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\u180e\ufff9-\ufffc]+"
)
# Between Latin letters these join nothing; in other scripts and between emoji they are needed.
_JOINER = re.compile(r"(?<=[A-Za-zÀ-ɏ .,])[\u200c\u200d]+|[\u200c\u200d]+(?=[A-Za-zÀ-ɏ .,])")
_SOFT_HYPHEN = re.compile(r"(?<!\w)\xad+|\xad+(?!\w)|(?<=\xad)\xad+")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for pattern in (_LOST, _JOINER, _SOFT_HYPHEN):
        for spot in page.search(pattern):
            sign = spot.match[0][0]
            yield page.seen(
                spot,
                "an invisible sign stands there: {name} ({code}).",
                "Delete it.",
                by="",
                name=unicodedata.name(sign, "a sign without a name").lower(),
                code=f"U+{ord(sign):04X}",
            )


RULE = Rule(name="invisible-signs", severity="warning", look=_look)
