"""What somebody who designs a letterhead should know about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from presskit.errors import shortened

# error: presskit refuses the letterhead; warning: the releases would come out with a fault that
# readers meet; hint: it works, and could be better.
Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A fault of a letterhead: its rule, a sentence, what to do in Word, and where it stands.

    ``sentence`` and ``remedy`` are templates whose named fields are ``facts``, as in errors;
    ``place`` is in words (“header of the first page”), empty where the whole file is meant.
    """

    rule: str
    severity: Severity
    sentence: str
    remedy: str
    place: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence with its facts."""
        return self.sentence.format(**self._short_facts())

    @property
    def advice(self) -> str:
        """The remedy with its facts."""
        return self.remedy.format(**self._short_facts())

    def _short_facts(self) -> dict[str, object]:
        return {name: shortened(fact) for name, fact in self.facts.items()}
