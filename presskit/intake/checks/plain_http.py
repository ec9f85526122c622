"""Links lead over https: many programs warn of pages that come over an open line."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import Link
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        if isinstance(node, Link) and node.target.lower().startswith("http://"):
            yield Observation(
                sentence="the link {target!r} goes over http.",
                remedy="Try whether the page answers over https, and write that.",
                line=line,
                words=node.target,
                facts={"target": node.target},
            )


RULE = Rule(name="plain-http", severity="hint", look=_look)
