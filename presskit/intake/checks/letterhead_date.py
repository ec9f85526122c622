"""The letterhead’s date is near today’s; a draft that was begun long ago keeps its old one.

A release with a number given outside presskit (`reference`) is an old one and may have any date.
"""

from __future__ import annotations

from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    if page.draft is None or page.draft.reference:
        return
    days = (page.draft.date - page.around.now.date()).days
    if abs(days) > knobs["days"]:
        sentence = "the letterhead’s date, {date}, lies {days} days {side}."
        side = "behind us" if days < 0 else "ahead"
        facts = {"date": page.draft.date, "days": abs(days), "side": side}
        yield page.key("date", sentence, "Set the day of publication.", **facts)


RULE = Rule(name="letterhead-date", severity="warning", look=_look, knobs={"days": 30})
