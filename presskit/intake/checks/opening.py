"""The text begins with news: not with the dateline once more, nor with the title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit import german
from presskit.document import Paragraph, plain
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    draft = page.draft
    first = draft.text.blocks[0] if draft and draft.text.blocks else None
    if draft is None or not isinstance(first, Paragraph):
        return
    words = " ".join(plain(first.children).split())
    if draft.place and re.match(rf"{re.escape(draft.place)}[.,:]? ?(?:[–-] |[.:/]|\()", words):
        yield Observation(
            sentence="the text begins with the place, and so does the dateline: {place}.",
            remedy="Delete it from the text; presskit sets it from “place”.",
            line=first.line,
            words=draft.place,
            facts={"place": draft.place},
        )
    if german.fold(words).startswith(title := german.fold(draft.title)) and len(title) > 10:
        yield Observation(
            sentence="the text begins by repeating the title.",
            remedy="Begin with the news.",
            line=first.line,
            words=draft.title,
        )


RULE = Rule(name="opening", severity="warning", look=_look)
