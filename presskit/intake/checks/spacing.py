"""A blank stands behind a comma or a closing bracket, and none before a comma, colon or full stop.

French spacing (`Warum ?`) and words that run together (`heute,dass`, `Stadt.Die`) are found; file
names, addresses, times and numbers are not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_LETTER = r"[^\W\d_]"
_BEFORE = re.compile(
    rf"(?<=[^\W_])([ \xa0])[,;](?=[\s\ue000]|$)|(?<=[^\W_])([ \xa0])[.:!?](?=\s*$|\s+{_LETTER})"
)
_BEHIND = re.compile(rf"(?<={_LETTER}{{2}})[,;](?={_LETTER}{{2}})")
_RUN_ON = re.compile(r"(?<=[a-zäöüß]{3})[.!?](?=[A-ZÄÖÜ][a-zäöüß]{1,30}[\s,])")
_BRACKETS = re.compile(r"(?<=\()[ \xa0]+(?=\w)|(?<=[\w.!?])[ \xa0]+(?=\)(?:[\s.,;:!?]|$))")
_REPEATED = re.compile(r"(?<=\w)(?:,{2}|;{2}|:{2})(?=\s)|(?<=\w)[!?]*(?:!!|\?\?)[!?]*(?=\s|$)")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_BEFORE):
        start = spot.start
        sentence = "a blank stands before a sign: {near!r}."
        near = page.source[max(0, start - 12) : spot.end]
        by = "" if spot.passage.fixable else None
        yield page.at(start, start + 1, sentence, "Leave it out.", by=by, near=near)
    for spot in page.search(_BEHIND):
        sentence = "the blank behind {words!r} is missing: {near!r}."
        near = page.source[spot.start - 2 : spot.end + 8]
        yield page.seen(spot, sentence, "Set it.", by=f"{spot.match[0]} ", near=near)
    for spot in page.search(_RUN_ON):
        sentence = "the blank behind the sentence is missing: {near!r}."
        near = " ".join(page.source[spot.start - 3 : spot.end + 8].split())
        yield page.seen(spot, sentence, "Set it.", near=near)
    for spot in page.search(_BRACKETS):
        sentence = "a blank stands on the inner side of a bracket."
        yield page.seen(spot, sentence, "Leave it out.", by="")
    for spot in page.search(_REPEATED):
        sentence = "the sign {words} is doubled."
        yield page.seen(spot, sentence, "One is enough.")


RULE = Rule(name="spacing", severity="warning", look=_look)
