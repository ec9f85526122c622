"""No HTML stands in the text: presskit shows it as it is typed, tags and all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Text
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|code|del|div|em|font|h[1-6]|hr|i|img|li|mark|o:p|ol|p|"
    r"script|small|span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul|video)"
    r"(?:\s[^<>]{0,300})?/?>|<!--",
    re.IGNORECASE,
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        for found in _TAG.finditer(node.content) if isinstance(node, Text) else ():
            yield Observation(
                sentence="readers will see {words!r}: HTML is shown as it is typed.",
                remedy="Write it in Markdown: **bold**, *italic*, [words](address); "
                "a “\\” at the end of a line begins a new one.",
                line=line,
                words=found[0],
                facts={"words": found[0]},
            )


RULE = Rule(name="html-tags", severity="warning", look=_look)
