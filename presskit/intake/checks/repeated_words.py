"""No word stands there twice.

Words that may follow themselves (`die Stadt, die die Wahl …`, `dass das`, `sehr sehr`) are left
alone where a comma opens the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript, Spot
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.intake.shapes import word_set

_TWICE = re.compile(r"(?<![\w.-])([^\W\d_]{2,40})[ \xa0\n]\1(?![\w-])", re.IGNORECASE)
_PRONOUNS = word_set("der die das den dem denen deren was sie wer ihr ihre that had her is")
_MAY_REPEAT = word_set("sehr ganz viel nein ja ha bye long very so nach")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_TWICE, "paragraph", "heading", "head", "cell"):
        if not _is_good(spot):
            yield page.seen(spot, "a word stands there twice: {words!r}.", "Delete one of them.")


def _is_good(spot: Spot) -> bool:
    first, second = re.split(r"[ \xa0\n]", spot.match[0])
    word = spot.match[1].lower()
    if word in _MAY_REPEAT or (first[0].islower() and second[0].isupper()):
        return True
    before = spot.match.string[max(0, spot.match.start() - 40) : spot.match.start()].rstrip()
    # “…, der der Stadt gehört”, “…, mit der der Bund …”: a clause that a comma opens.
    return word in _PRONOUNS and bool(re.search(r",(?:\s+[^\W\d_]{2,12})?$", before))


RULE = Rule(name="repeated-words", severity="warning", look=_look)
