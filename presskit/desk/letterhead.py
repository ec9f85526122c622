"""Look at a Word letterhead before it is used: what is missing, what will go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from presskit.errors import LetterheadError, Place
from presskit.letterhead import FIELDS
from presskit.render.word.checkup import check_letterhead
from presskit.render.word.finding import Finding


@dataclass(frozen=True, kw_only=True)
class CheckedLetterhead:
    """What was found; ``places`` are the fields on the letterhead and where each stands."""

    file: str
    usable: bool
    findings: tuple[Finding, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def absent(self) -> tuple[str, ...]:
        """The fields that stand nowhere, most of which nobody needs."""
        found = {tag for tag, _ in self.places}
        return tuple(tag for tag in FIELDS if tag not in found)

    def as_json(self) -> dict[str, object]:
        """The findings and the fields, for other programs."""
        return {
            "file": self.file,
            "usable": self.usable,
            "findings": [
                {
                    "rule": each.rule,
                    "severity": each.severity,
                    "sentence": each.message,
                    "remedy": each.advice,
                    "place": each.place,
                }
                for each in self.findings
            ],
            "fields": [{"tag": tag, "places": list(places)} for tag, places in self.places],
            "absent": list(self.absent),
        }


def check(path: Path, shown: str) -> CheckedLetterhead:
    """Look at a letterhead; ``shown`` is its name in messages. Changes nothing, fetches nothing."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise LetterheadError(
            "this file cannot be read: {fault}.",
            remedy="Name a Word file (.docx or .dotx).",
            place=Place(shown),
            fault=fault.strerror,
        ) from None
    found = check_letterhead(content)
    return CheckedLetterhead(
        file=shown, usable=found.usable, findings=found.findings, places=found.places
    )
