"""What is seen at one place of a manuscript, and how it could be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Fix:
    """A safe change of the manuscript: from ``start`` on, ``old`` becomes ``new``."""

    start: int
    old: str
    new: str

    @property
    def end(self) -> int:
        """Where the old words end."""
        return self.start + len(self.old)


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A sentence and a remedy, templates as in errors, about some ``words`` of a line.

    ``severity`` is given only where it differs from that of the rule.
    """

    sentence: str
    remedy: str
    line: int = 0
    column: int = 0
    words: str = ""
    fix: Fix | None = None
    severity: Literal["error", "warning", "hint"] | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
