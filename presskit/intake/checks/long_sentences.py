"""A sentence has no more words than can be taken in at one reading."""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.intake.sentences import WORD, sentences


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    for passage in page.passages:
        for start, end in sentences(passage.text) if passage.kind == "paragraph" else ():
            number = len(WORD.findall(passage.text, start, end))
            if number > knobs["most"]:
                place = passage.start + start
                words = " ".join(page.source[place : place + 60].split())
                line, column = page.where(place)
                yield Observation(
                    sentence="a sentence of {number} words: {words!r}.",
                    remedy="Make two of it.",
                    line=line,
                    column=column,
                    words=words,
                    facts={"number": number, "words": f"{words} …"},
                )


RULE = Rule(name="long-sentences", severity="hint", look=_look, knobs={"most": 40})
