"""An omission is one sign (…), set off by a blank where whole words are left out.

Three full stops are set rightly when the release is rendered; two or four are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_THREE = re.compile(r"(?<![.…])\.{3}(?![.…])")
_WRONG = re.compile(r"(?<![./\\…])(?:\.{2}|\.{4,30})(?![./\\…\w])|…\.|\.…|(?<=\w)(?: \.){3}")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_THREE):
        yield page.seen(spot, "three full stops; they will be set as ….", "Write ….", by="…")
    for spot in page.search(_WRONG):
        sentence = "{words!r} is neither a full stop nor an omission (…)."
        yield page.seen(spot, sentence, "Write . or ….")


RULE = Rule(name="dots", severity="hint", look=_look)
