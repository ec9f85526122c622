"""Headings go down one level at a time.

Readers who listen to a page go through it by its headings; a level that is left out sounds as if
something were missing. The title is level 1, so the first heading of the text is `##`.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import Heading, plain
from presskit.intake.manuscript import Manuscript, blocks
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    before = 1
    for node, line in blocks(page):
        if isinstance(node, Heading):
            if node.level > before + 1:
                yield Observation(
                    sentence="the heading {words!r} has level {level}, the one above {before}.",
                    remedy="Begin it with “{right}”.",
                    line=line,
                    words=plain(node.children),
                    facts={
                        "words": plain(node.children),
                        "level": node.level,
                        "before": before,
                        "right": "#" * (before + 1),
                    },
                )
            before = node.level


RULE = Rule(name="heading-levels", severity="warning", look=_look)
