"""A progress bar for long work, on standard error, and only on a terminal."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class ProgressBar:
    """A reporter that draws."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._counts: Counter[str] = Counter()
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            TimeRemainingColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )

    def begin(self, what: str, total: int) -> None:
        """Show an empty bar."""
        self._progress.start()
        self._task = self._progress.add_task(what, total=total, counts="")

    def advance(self, outcome: str) -> None:
        """Move the bar by one and count the outcome."""
        self._counts[outcome] += 1
        counts = ", ".join(f"{number} {name}" for name, number in self._counts.items())
        self._progress.update(self._task, advance=1, counts=counts)

    def end(self) -> None:
        """Leave the bar as it stands."""
        self._progress.stop()
