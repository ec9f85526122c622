"""An embargo ends at a time somebody meant, after the letterhead’s date, and stands in the head.

A text that speaks of a “Sperrfrist” without the key `embargo` would be published without one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_SPOKEN_OF = re.compile(
    r"\bSperrfrist\b[ \xa0]?(?::|bis|endet|until)|\b(?:EMBARGOED|Embargo(?:ed)?) (?:until|till|:)"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    if page.draft is None or page.draft.embargo is None:
        for spot in page.search(_SPOKEN_OF, "paragraph", "heading"):
            sentence = "the text speaks of an embargo ({words!r}), but the head has none."
            yield page.seen(spot, sentence, "Write “embargo: 2017-07-31T10:00” into the head.")
        return
    until = page.draft.embargo.until
    if until is None:
        return
    if until.time() == dt.time(0, 0):
        sentence = "the embargo ends at midnight, at the beginning of {day}."
        remedy = "Write the hour that is meant, as in {day}T10:00."
        yield page.key("embargo", sentence, remedy, day=until.date())
    if until.date() < page.draft.date:
        sentence = "the embargo ends on {day}, before the letterhead’s date."
        yield page.key("embargo", sentence, "Mend one of the two.", day=until.date())
    elif until < page.around.now and not page.draft.reference:
        sentence = "the embargo is over since {moment}."
        remedy = "Delete it, or mend its date."
        yield page.key("embargo", sentence, remedy, moment=f"{until:%Y-%m-%d %H:%M}")


RULE = Rule(name="embargo", severity="warning", look=_look)
