"""No sign of Markdown is left in the text: `](`, `**`, `##` that the reader would see.

It happens where a link’s address holds a blank, or bold words begin or end with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Text
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_STRAY = re.compile(r"\S{0,30}\]\(\S{0,60}|\*\*|(?<!\w)__(?!_)|(?<!_)__(?!\w)|^#{2,6}(?=\w)|!\[")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        if isinstance(node, Text) and (found := _STRAY.search(node.content)):
            yield Observation(
                sentence="readers will see the signs {words!r}.",
                remedy="No blank stands inside the marks of bold or a link’s address, "
                "one behind “##”.",
                line=line,
                words=found[0],
                facts={"words": found[0]},
            )


RULE = Rule(name="stray-marks", severity="warning", look=_look)
