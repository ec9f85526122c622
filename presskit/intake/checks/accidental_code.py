"""No paragraph became code because it was indented.

Markdown shows lines that begin with four blanks as code, in a typewriter’s face and unset.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.document import CodeBlock
from presskit.intake.manuscript import Manuscript, blocks
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in blocks(page):
        fenced = page.lines[line - 1].lstrip(" >").startswith(("```", "~~~")) if line else True
        if isinstance(node, CodeBlock) and not fenced:
            words = " ".join(node.content.split())
            yield Observation(
                sentence="this is indented and will be shown as code: {words!r}.",
                remedy="Begin the lines at the margin; code that is meant stands between ```.",
                line=line,
                words=words,
                facts={"words": words},
            )


RULE = Rule(name="accidental-code", severity="warning", look=_look)
