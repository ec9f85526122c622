"""Nothing is left of what was to be filled in: TODO, XXX, Lorem ipsum, {{ … }}, [Name einfügen]."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_CERTAIN = re.compile(
    r"\b(?:TODO|FIXME|TBD|tbd)\b|(?i:lorem ipsum)|\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}"
    r"|«[A-Z][\w ]{1,30}»(?=\s*$)|<<[^<>\n]{1,60}>>"
)
_LIKELY = re.compile(
    r"(?<![\w.])(?:X{3,10}|x{3,10}|[xX]{2}\.[xX]{2}\.(?:\d{4}|[xX]{2,4}))(?![\w.]|-[LM])|\?{3,}|\b_{3,}"
    r"|\[(?:[^\[\]\n]{0,60}(?:einfügen|ergänzen|eintragen|nachtragen|folgt|"
    r"insert|to follow|Platzhalter)[^\[\]\n]{0,60}|"
    r"Name|Datum|Ort|Zitat|Titel|Funktion|Bild|Foto|name|date|quote)\](?!\()"
    r"|\b(?:Platzhalter(?:text)?|Blindtext)\b"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for pattern in (_CERTAIN, _LIKELY):
        for spot in page.search(pattern):
            line, column = page.where(spot.start)
            words = " ".join(spot.match[0].split())
            yield Observation(
                sentence="this looks as if something were still to be filled in: {words!r}.",
                remedy="Fill it in, or delete it.",
                line=line,
                column=column,
                words=words,
                severity="warning" if pattern is _LIKELY else None,
                facts={"words": words},
            )


RULE = Rule(name="leftovers", severity="error", look=_look)
