"""The file reference (Az) is there, and has the form of the office’s file plan.

By default that is the municipal file plan (`047.43`) or a number of the older one (`ST 862`); the
office may set another `pattern`, a regular expression. A joint release has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_PATTERN = r"\d{3}(\.\d{1,4})*|ST ?\d{3}"


def _look(page: Manuscript, knobs: Knobs) -> Iterator[Observation]:
    draft = page.draft
    if draft is None or draft.issuers or page.settings.series[draft.series].kind != "release":
        return
    if not draft.file_references:
        sentence = "the file reference (Az) is missing."
        yield page.key("file_reference", sentence, 'Write it as in file_reference: "047.43".')
    for each in draft.file_references:
        if not re.fullmatch(knobs["pattern"], each.written):
            sentence = "{written!r} has not the form of a file reference."
            remedy = "Look for a slip; several ones are written as a list."
            yield page.key("file_reference", sentence, remedy, written=each.written)


RULE = Rule(name="file-reference", severity="hint", look=_look, knobs={"pattern": _PATTERN})
