"""Long work tells a reporter how far it is; the shell shows it."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """Hears what a long act is about and how it goes on."""

    def begin(self, what: str, total: int) -> None:
        """Work on ``total`` things begins."""

    def advance(self, outcome: str) -> None:
        """One thing is done, with this outcome."""

    def end(self) -> None:
        """The work is over, whole or not."""


class SilentReporter:
    """Hears and says nothing."""

    def begin(self, what: str, total: int) -> None:
        """Nothing is shown."""

    def advance(self, outcome: str) -> None:
        """Nothing is shown."""

    def end(self) -> None:
        """Nothing is shown."""
