"""Abbreviations of several words have blanks: z. B., u. a., a. D.

They are set rightly, with blanks that do not break, when the release is rendered; `--fix` writes
them so into the draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.german import NO_BREAK_SPACE, typography
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_TIGHT = re.compile(r"(?<![\w.])[A-Za-z](?:\.[A-Za-z]{1,3}){1,3}\.(?!\w)")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_TIGHT):
        by = typography(spot.match[0])
        if by != spot.match[0]:
            shown = by.replace(NO_BREAK_SPACE, " ")
            sentence = "{words} will be set as {shown}."
            yield page.seen(spot, sentence, "Write {shown}.", by=by, shown=shown)


RULE = Rule(name="abbreviations", severity="hint", look=_look, languages=("de",))
