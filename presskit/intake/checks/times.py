"""Times of the day are possible, and written `10:00 Uhr`, `10 Uhr` or `10.30 Uhr`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.german import NO_BREAK_SPACE
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_B = r"[ \xa0]"
_TIME = re.compile(rf"(?<![\w.,:/-])(\d{{1,2}})[:.](\d{{2}}){_B}?Uhr\b")
_HOURS = re.compile(rf"(?<![\w.,:/-])(\d{{1,2}}[:.]\d{{2}}){_B}?(?:h|Std\.)(?!\w)")
_GLUED = re.compile(r"(?<![\w.,:/-])(\d{1,2}[:.]\d{2})Uhr\b")
_PARTED = re.compile(
    rf"(?<![\w.,:/-])(\d{{1,2}}){_B}Uhr{_B}([0-5]\d)(?![\w.,:%-]|{_B}?(?:Personen|Menschen|Städte))"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_TIME):
        hour, minute = int(spot.match[1]), int(spot.match[2])
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            yield page.seen(spot, "{words!r} is no time of the day.", "Look it up.")
    for spot in page.search(_HOURS):
        by = f"{spot.match[1]}{NO_BREAK_SPACE}Uhr"
        sentence = "{words!r} is a time of the day with the sign for a duration."
        yield page.seen(spot, sentence, "Write {right}.", right=by.replace(NO_BREAK_SPACE, " "))
    for spot in page.search(_GLUED):
        by = f"{spot.match[1]}{NO_BREAK_SPACE}Uhr"
        yield page.seen(spot, "the blank before “Uhr” is missing.", "Set it.", by=by)
    for spot in page.search(_PARTED):
        right = f"{spot.match[1]}:{spot.match[2]} Uhr"
        yield page.seen(spot, "{words!r} is how one speaks.", "Write {right}.", right=right)


RULE = Rule(name="times", severity="hint", look=_look, languages=("de",))
