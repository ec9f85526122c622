"""The mail’s subject can be read in an inbox, without what every mail of the office begins with.

Mail programs show about 60 characters, phones fewer; more than 78 are folded (RFC 5322). The
subject is the draft’s `subject`, else its title; the mark of an embargo comes before it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule
from presskit.wording import word

_SERIES = re.compile(
    r"(?:(?:Gemeinsame )?(?:Presse(?:information|mitteilung)|Press release)\b|"
    r"[A-Z]{1,3} ?\d{1,4}/\d{2,4}|"
    r"Az\.?:? ?\d)[^\w]"
)


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    draft = page.draft
    if draft is None or draft.statement:
        return
    key = "subject" if "subject" in draft.lines else "title"
    mark = f"[{word('embargo', draft.language)}] " if draft.embargo else ""
    length = len(mark + draft.subject)
    remedy = "Write a short one under “subject”, the most important word first."
    if length > knobs["most"]:
        sentence = "the mail’s subject has {length} characters, and inboxes cut it off."
        yield page.key(key, sentence, remedy, length=length)
    elif length > knobs["shown"]:
        sentence = "the mail’s subject has {length} characters; most inboxes show {shown}."
        seen = page.key(key, sentence, remedy, length=length, shown=knobs["shown"])
        yield _as_hint(seen)
    if found := _SERIES.match(draft.subject):
        sentence = "the subject begins with what says nothing to its reader: {start!r}."
        yield page.key(key, sentence, "Begin with the matter.", start=found[0].strip())


def _as_hint(seen: Observation) -> Observation:
    return dataclasses.replace(seen, severity="hint")


RULE = Rule(name="subject-length", severity="warning", look=_look, knobs={"most": 78, "shown": 60})
