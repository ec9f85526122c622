"""What a rule of the second look is, and what it says of a manuscript."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from presskit.errors import shortened
from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Fix, Observation
from presskit.wording import LANGUAGES, Language

# An error forbids publishing; a warning is most likely a mistake; a hint is a matter of taste.
Severity = Literal["error", "warning", "hint"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")

# The values of a rule that an office may set: numbers, texts, lists of texts.
Knobs = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing to look for; ``knobs`` are its values as they are unless the office sets others.

    What the rule is for stands in the docstring of the module in which ``look`` is written.
    """

    name: str
    severity: Severity
    look: Callable[[Manuscript, Knobs], Iterator[Observation]]
    knobs: Knobs = field(default_factory=dict)
    languages: tuple[Language, ...] = LANGUAGES
    on: bool = True

    @property
    def described(self) -> str:
        """What the rule is for."""
        return (sys.modules[self.look.__module__].__doc__ or "").strip()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An observation under the name of its rule, with the weight the office gives it."""

    rule: str
    severity: Severity
    seen: Observation

    @property
    def line(self) -> int:
        """The line of the draft's file, from 1; 0 where it is about no line."""
        return self.seen.line

    @property
    def why(self) -> str:
        """The sentence with its facts."""
        return self.seen.sentence.format(**self._facts)

    @property
    def remedy(self) -> str:
        """What to do."""
        return self.seen.remedy.format(**self._facts)

    @property
    def fix(self) -> Fix | None:
        """What ``--fix`` would write."""
        return self.seen.fix

    @property
    def _facts(self) -> dict[str, object]:
        return {name: shortened(fact) for name, fact in self.seen.facts.items()}

    def as_json(self) -> dict[str, object]:
        """The finding for programs."""
        fix = self.fix
        return {
            "line": self.line,
            "column": self.seen.column,
            "rule": self.rule,
            "severity": self.severity,
            "why": self.why,
            "remedy": self.remedy,
            "words": self.seen.words,
            "fix": {"old": fix.old, "new": fix.new} if fix else None,
        }
