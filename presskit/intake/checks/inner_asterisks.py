"""No asterisk inside a word is lost.

Two words such as `Bürger*innen` in one paragraph are read as Markdown: what stands between the
asterisks becomes italic, and the asterisks vanish. A backslash before each keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Emphasis, Strong
from presskit.intake.manuscript import Manuscript, Spot
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_INSIDE = re.compile(r"(?<=[^\W\d_])\*(?=[^\W\d_])")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    dressed = any(isinstance(node, Emphasis | Strong) for node, _line in page.nodes)
    if page.text is not None and not dressed:
        return
    by_passage: dict[int, list[Spot]] = {}
    for spot in page.search(_INSIDE, "paragraph", "heading", "cell"):
        if page.source[spot.start - 1 : spot.start] != "\\":
            by_passage.setdefault(spot.passage.start, []).append(spot)
    for spots in by_passage.values():
        if len(spots) > 1:
            for spot in spots:
                yield page.seen(
                    spot,
                    "this asterisk inside a word will vanish, for another one follows.",
                    "Write “\\*” for an asterisk that is to be seen.",
                    by="\\*",
                )


RULE = Rule(name="inner-asterisks", severity="warning", look=_look)
