"""The courier carries a frozen dispatch out, over several lines at once.

One thread alone writes the ledger; each line has a thread that carries one message at a time. So
at any instant at most one message a line is without an outcome.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.dispatch.ledger import Delivery, Ledger
from presskit.dispatch.skeleton import Personal, Skeleton
from presskit.dispatch.transports import Carrier, Transport
from presskit.errors import DispatchError, MailServerError
from presskit.reporter import Reporter

# So many lines lost, or refusals that blame us, one after the other, and the server is held to be
# out of order, or our settings to be wrong.
_IN_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class Bag:
    """What the courier carries: the open deliveries, a skeleton a list, and the return path."""

    deliveries: Sequence[int]
    skeletons: Mapping[str, Skeleton]
    sender: str


@dataclass
class Courier:
    """Delivers what is open; ``lines`` are open connections."""

    ledger: Ledger
    transport: Transport
    lines: list[Carrier]
    clock: Callable[[], dt.datetime]
    reporter: Reporter
    _flying: dict[Future[Outcome], tuple[Delivery, Carrier]] = field(default_factory=dict)
    _outcomes: dict[int, Outcome] = field(default_factory=dict)
    _lost_in_a_row: int = 0
    _dark_in_a_row: int = 0
    _blamed_in_a_row: int = 0

    def deliver(self, bag: Bag) -> None:
        """Try each delivery once; raises DispatchError where the server gives out or blames us.

        However it ends, the outcome of every message on its way is written down first.
        """
        waiting = deque(bag.deliveries)
        idle = list(self.lines)
        with ThreadPoolExecutor(max_workers=max(len(idle), 1)) as threads:
            try:
                while waiting or self._flying:
                    wanted = [waiting.popleft() for _ in range(min(len(idle), len(waiting)))]
                    for delivery in self._turn(wanted):
                        line = idle.pop()
                        job = threads.submit(self._carry, bag, delivery, line)
                        self._flying[job] = (delivery, line)
                    if self._flying:
                        idle += self._landed()
                    if not idle and not self._flying:
                        break
                    self._stop_where_blamed()
            finally:
                self._bring_home()
        if waiting:
            raise DispatchError(
                "{name} keeps losing the line; the sending was stopped.",
                remedy="Run the same command again later: it goes on where it stopped.",
                name=self.transport.name,
            )

    def _turn(self, claim: Sequence[int]) -> tuple[Delivery, ...]:
        """Write down what is known and claim the next ones."""
        known = dict(self._outcomes)
        claimed = self.ledger.turn(known, claim, self.clock())
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
        try:
            message = bag.skeletons[delivery.list].message(person)
            return line.carry(Envelope(bag.sender, delivery.address), message)
        except Exception as fault:
            # Whatever a line does not foresee: the message may be out, so a person has to look.
            return Outcome(state="uncertain", reply=f"presskit failed: {fault!r}", line_lost=True)

    def _landed(self) -> list[Carrier]:
        """Wait for at least one message; gives the lines that are free for the next one."""
        done, _flying = wait(self._flying, return_when=FIRST_COMPLETED)
        free = []
        for job in done:
            delivery, line = self._flying.pop(job)
            outcome = job.result()
            self._outcomes[delivery.id] = outcome
            self._count(outcome)
            self.reporter.advance(outcome.state)
            if renewed := self._line_after(outcome, line):
                free.append(renewed)
        return free

    def _count(self, outcome: Outcome) -> None:
        self._lost_in_a_row = self._lost_in_a_row + 1 if outcome.line_lost else 0
        self._dark_in_a_row = self._dark_in_a_row + 1 if outcome.state == "uncertain" else 0
        if outcome.about_us:
            self._blamed_in_a_row += 1
        elif outcome.state == "accepted":
            self._blamed_in_a_row = 0

    def _stop_where_blamed(self) -> None:
        if self._blamed_in_a_row >= _IN_A_ROW:
            reply = next(each.reply for each in self._outcomes.values() if each.about_us)
            raise DispatchError(
                "{name} does not take mail from us: {reply!r}; the sending was stopped.",
                remedy="Mend what it names, in [mail] or with your postmaster; then run the same "
                "command again: it goes on where it stopped.",
                name=self.transport.name,
                reply=reply,
            )

    def _line_after(self, outcome: Outcome, line: Carrier) -> Carrier | None:
        if not outcome.line_lost:
            return line
        line.close()
        self.lines.remove(line)
        # Lines lost before the text cost nothing but time; each one lost after it leaves a person
        # uncertain, so that fewer of these are enough.
        if self._lost_in_a_row >= _IN_A_ROW * (len(self.lines) + 1):
            return None
        if self._dark_in_a_row >= _IN_A_ROW:
            return None
        with contextlib.suppress(MailServerError):
            self.lines.append(self.transport.open())
            return self.lines[-1]
        return None

    def _bring_home(self) -> None:
        """Wait for what is on its way and write it down, also when something went wrong."""
        for job, (delivery, _line) in self._flying.items():
            self._outcomes[delivery.id] = job.result()
        self._flying.clear()
        if self._outcomes:
            self._turn(())
