"""Contenders measured side by side: CPU time of one process, interleaved, the order changing."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

Work = Callable[[Sequence[Any]], None]


@dataclass(frozen=True)
class Contender:
    """One way to do the work on ``count`` items; ``peer`` names the one it is compared with."""

    name: str
    work: Work
    count: int
    peer: str = ""


def race(
    contenders: Sequence[Contender], items: Callable[[int, int], Sequence[Any]], rounds: int
) -> dict[str, list[float]]:
    """CPU µs an item in each round; ``items(round, count)`` makes new ones, outside the clock.

    Round 0 is for warming up and is not counted.
    """
    times: dict[str, list[float]] = {each.name: [] for each in contenders}
    for number in range(rounds + 1):
        shift = number % len(contenders)
        for each in (*contenders[shift:], *contenders[:shift]):
            given = items(number, each.count)
            gc.collect()
            begin = time.process_time()
            each.work(given)
            spent = time.process_time() - begin
            if number:
                times[each.name].append(spent / each.count * 1e6)
    return times


def show(title: str, contenders: Sequence[Contender], times: dict[str, list[float]]) -> None:
    """Median, range, items a second, and how many times the peer's time is this one's."""
    table = Table(title=title, title_justify="left")
    table.add_column("what")
    for name in ("items a round", "CPU µs an item", "lowest-highest", "a second", "peer / this"):
        table.add_column(name, justify="right")
    for each in contenders:
        found = times[each.name]
        median = statistics.median(found)
        ratio = f"{statistics.median(times[each.peer]) / median:.2f}" if each.peer else ""
        spread = f"{min(found):,.0f}-{max(found):,.0f}"
        table.add_row(
            each.name, f"{each.count:,}", f"{median:,.0f}", spread, f"{1e6 / median:,.0f}", ratio
        )
    Console(width=110).print(table)
