"""The courier carries a frozen dispatch out, over several lines at once.

One thread alone writes the ledger; each line has a thread that carries one message at a time. So
at any instant at most one message a line is without an outcome.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.dispatch.ledger import Delivery, Ledger
from presskit.dispatch.skeleton import Personal, Skeleton
from presskit.dispatch.transports import Carrier, Transport
from presskit.errors import DispatchError, MailServerError
from presskit.reporter import Reporter

# So many lines lost one after the other, and the server is held to be out of order.
_LOST_IN_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class Bag:
    """What the courier carries: the dispatch, a skeleton a list, and the return path."""

    dispatch_id: int
    skeletons: Mapping[str, Skeleton]
    sender: str


@dataclass
class Courier:
    """Delivers what is open in a dispatch; ``lines`` are open connections."""

    ledger: Ledger
    transport: Transport
    lines: list[Carrier]
    clock: Callable[[], dt.datetime]
    reporter: Reporter
    _flying: dict[Future[Outcome], tuple[Delivery, Carrier]] = field(default_factory=dict)
    _outcomes: dict[int, Outcome] = field(default_factory=dict)
    _lost_in_a_row: int = 0

    def deliver(self, bag: Bag) -> None:
        """Try each open delivery once; raises DispatchError where the server gives out.

        However it ends, the outcome of every message on its way is written down first.
        """
        idle = list(self.lines)
        after = 0
        with ThreadPoolExecutor(max_workers=max(len(idle), 1)) as threads:
            try:
                while True:
                    for delivery in self._turn(bag, claim=len(idle), after=after):
                        line = idle.pop()
                        job = threads.submit(self._carry, bag, delivery, line)
                        self._flying[job] = (delivery, line)
                        after = delivery.id
                    if not self._flying:
                        break
                    idle += self._landed()
            finally:
                self._bring_home(bag)
        if not self.lines:
            raise DispatchError(
                "{name} keeps losing the line; the sending was stopped.",
                remedy="Run the same command again later: it goes on where it stopped.",
                name=self.transport.name,
            )

    def _turn(self, bag: Bag, *, claim: int, after: int) -> tuple[Delivery, ...]:
        """Write down what is known and claim the next ones."""
        known = dict(self._outcomes)
        claimed = self.ledger.turn(
            bag.dispatch_id, known, claim=claim, after=after, at=self.clock()
        )
        for each in known:
            del self._outcomes[each]
        return claimed

    def _carry(self, bag: Bag, delivery: Delivery, line: Carrier) -> Outcome:
        person = Personal(
            name=delivery.name,
            address=delivery.address,
            greeting=delivery.greeting,
            token=delivery.token,
            date=self.clock(),
        )
        message = bag.skeletons[delivery.list].message(person)
        return line.carry(Envelope(bag.sender, delivery.address), message)

    def _landed(self) -> list[Carrier]:
        """Wait for at least one message; gives the lines that are free for the next one."""
        done, _flying = wait(self._flying, return_when=FIRST_COMPLETED)
        free = []
        for job in done:
            delivery, line = self._flying.pop(job)
            outcome = job.result()
            self._outcomes[delivery.id] = outcome
            self.reporter.advance(outcome.state)
            if renewed := self._line_after(outcome, line):
                free.append(renewed)
        return free

    def _line_after(self, outcome: Outcome, line: Carrier) -> Carrier | None:
        if not outcome.line_lost:
            self._lost_in_a_row = 0
            return line
        self._lost_in_a_row += 1
        line.close()
        self.lines.remove(line)
        if self._lost_in_a_row >= _LOST_IN_A_ROW * (len(self.lines) + 1):
            return None
        with contextlib.suppress(MailServerError):
            self.lines.append(self.transport.open())
            return self.lines[-1]
        return None

    def _bring_home(self, bag: Bag) -> None:
        """Wait for what is on its way and write it down, also when something went wrong."""
        for job, (delivery, _line) in self._flying.items():
            self._outcomes[delivery.id] = job.result()
        self._flying.clear()
        if self._outcomes:
            self._turn(bag, claim=0, after=0)
