"""No footnote stands in a heading: it would appear in every list of the headings."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import Footnote, Heading, nodes, plain
from presskit.intake.manuscript import Manuscript, blocks
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in blocks(page):
        if isinstance(node, Heading) and any(isinstance(each, Footnote) for each in nodes(node)):
            words = plain(node.children)
            yield Observation(
                sentence="a footnote stands in the heading {words!r}.",
                remedy="Set it in the first sentence below.",
                line=line,
                words=words,
                facts={"words": words},
            )


RULE = Rule(name="heading-notes", severity="warning", look=_look)
