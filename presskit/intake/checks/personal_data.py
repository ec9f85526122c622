"""No bank account and no date of birth goes out by mistake; a person decides what is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule

_ACCOUNT = re.compile(
    r"(?<!\w)[A-Z]{2}\d{2}(?:[ \xa0]?[A-Z0-9]{4}){3,7}(?:[ \xa0]?[A-Z0-9]{1,3})?(?!\w)"
)
_BIRTH = re.compile(
    r"\b(?:geboren|geb\.|born)(?:[ \xa0](?:am|on))?[ \xa0]\d{1,2}\.?[ \xa0]?"
    r"(?:\d{1,2}\.|[A-ZÄ][a-zä]{2,8})[ \xa0]?\d{4}"
)


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for spot in page.search(_ACCOUNT):
        if _is_account(spot.match[0]):
            sentence = "a bank account stands there: {words}."
            yield page.seen(spot, sentence, "Make sure that it is meant for everybody.")
    for spot in page.search(_BIRTH):
        sentence = "a date of birth stands there: {words!r}."
        yield page.seen(spot, sentence, "Make sure that it is meant for everybody.")


def _is_account(written: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616, ISO 7064)."""
    bare = re.sub(r"\s", "", written)
    return int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1


RULE = Rule(name="personal-data", severity="hint", look=_look)
