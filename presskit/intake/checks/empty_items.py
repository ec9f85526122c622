"""No list has an item without words."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import ListItem
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, _line in page.nodes:
        if isinstance(node, ListItem) and not node.children:
            yield Observation(
                sentence="an item of the list is empty.",
                remedy="Write its words, or delete it.",
                line=node.line,
            )


RULE = Rule(name="empty-items", severity="warning", look=_look)
