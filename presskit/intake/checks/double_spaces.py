"""One blank stands between two words.

Two at the end of a line are Markdown’s forced line break and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_BLANKS = re.compile(r"(?<=[^\s\ue000])[ \t\xa0]{2,}(?=[^\s\ue000]|\ue000[^\s\ue000])")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_BLANKS):
        by = "\xa0" if "\xa0" in spot.match[0] else " "
        near = page.source[max(0, spot.start - 12) : spot.end + 12]
        sentence = "several blanks stand between two words: {near!r}."
        yield page.seen(spot, sentence, "Leave one.", by=by, near=" ".join(near.split("\n")))


RULE = Rule(name="double-spaces", severity="warning", look=_look)
