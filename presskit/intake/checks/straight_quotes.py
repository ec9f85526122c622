"""No straight quotation marks are left.

Pairs of them are set rightly when the release is rendered; `--fix` writes them so into the draft.
One that stands alone, or where it cannot be seen whether it opens or closes, stays straight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Text
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.quoting import PAIRS, look_through
from presskit.intake.rule import Knobs, Rule

_LEFT = re.compile(r"(?<!\d)\"")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for passage in page.passages:
        for each in look_through(passage.text, page.language).faults:
            if each.fault == "straight":
                start, end = passage.start + each.start, passage.start + each.end
                right = page.source[start + 1 : end - 1].join(PAIRS[page.language])
                by = right if passage.fixable else None
                sentence = "straight quotation marks: {words}."
                yield page.at(start, end, sentence, "They are set as {right}.", by=by, right=right)
    for node, line in inlines(page):
        if isinstance(node, Text) and (found := _LEFT.search(node.content)):
            near = node.content[max(0, found.start() - 20) : found.end() + 20]
            yield Observation(
                sentence="a quotation mark stays straight: {near!r}.",
                remedy="Type the mark that is meant.",
                line=line,
                words=found[0],
                severity="warning",
                facts={"near": near},
            )


RULE = Rule(name="straight-quotes", severity="hint", look=_look)
