"""An apostrophe is ’, not an accent typed alone (´ or `).

A straight one is set rightly when the release is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_ACCENT = re.compile(r"(?<=[^\W\d_])[´`‘](?=[^\W\d_])|(?<=[sxzß])[´](?!\w)|(?<!\w)´(?=[^\W\d_])")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_ACCENT):
        yield page.seen(spot, "{words} is no apostrophe.", "Write ’.", by="’")


RULE = Rule(name="apostrophes", severity="hint", look=_look)
