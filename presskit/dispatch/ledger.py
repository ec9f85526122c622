"""The ledger: one row a recipient, from planned to its outcome; nobody is lost, nobody gets two.

A row is ``claimed``, durably, before its message may leave, and gets its outcome after the server's
answer. A claimed row without an outcome belongs to a process that was stopped: it is uncertain and
waits for a person's word.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from presskit.database import reading, writing
from presskit.database.tables import deliveries, dispatches
from presskit.dispatch.envelope import OPEN, Outcome, State


@dataclass(frozen=True, kw_only=True)
class Addressee:
    """A person of the audience as frozen: mailbox, name, greeting, and the list they are on."""

    list: str
    address: str
    key: str
    name: str
    greeting: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One recipient's part of a dispatch."""

    id: int
    list: str
    address: str
    name: str
    greeting: str
    token: str
    state: State
    attempt: int
    changed_at: dt.datetime
    code: int
    reply: str


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """One act of sending one version; ``counts`` tells how many deliveries are in which state."""

    id: int
    version_id: int
    sha256: str
    lists: tuple[str, ...]
    started_at: dt.datetime
    who: str
    counts: Mapping[str, int]

    @property
    def open(self) -> int:
        """How many are still to be sent."""
        return sum(self.counts.get(state, 0) for state in OPEN)

    @property
    def planned(self) -> int:
        """How many people the audience had when it was frozen."""
        return sum(self.counts.values())


class Ledger:
    """Reads and writes dispatches and deliveries."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def dispatches(self, version_id: int | None = None) -> tuple[Dispatch, ...]:
        """All dispatches, or those of one version, oldest first."""
        query = sa.select(dispatches).order_by(dispatches.c.id)
        counts = sa.select(
            deliveries.c.dispatch_id, deliveries.c.state, sa.func.count().label("number")
        ).group_by(deliveries.c.dispatch_id, deliveries.c.state)
        if version_id is not None:
            query = query.where(dispatches.c.version_id == version_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query).mappings().all()
            counted: dict[int, dict[str, int]] = {}
            for dispatch, state, number in connection.execute(counts):
                counted.setdefault(dispatch, {})[state] = number
        return tuple(
            Dispatch(**{**row, "lists": tuple(row["lists"])}, counts=counted.get(row["id"], {}))
            for row in rows
        )

    def deliveries(
        self, dispatch_id: int, states: Sequence[State] | None = None
    ) -> tuple[Delivery, ...]:
        """The deliveries of a dispatch, all or those in some states."""
        query = sa.select(*_SHOWN).where(deliveries.c.dispatch_id == dispatch_id)
        if states is not None:
            query = query.where(deliveries.c.state.in_(states))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(deliveries.c.id)).mappings()
            return tuple(Delivery(**row) for row in rows)

    def written_to(self, version_id: int) -> frozenset[str]:
        """The keys of all people who have a row for this version, whatever became of it."""
        query = (
            sa.select(deliveries.c.address_key)
            .join(dispatches, dispatches.c.id == deliveries.c.dispatch_id)
            .where(dispatches.c.version_id == version_id)
        )
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(query))

    def freeze(self, dispatch: Dispatch, audience: Sequence[Addressee]) -> int:
        """Write down a dispatch and its whole audience in one transaction; gives its id."""
        with writing(self._engine) as connection:
            result = connection.execute(
                sa.insert(dispatches).values(
                    version_id=dispatch.version_id,
                    sha256=dispatch.sha256,
                    lists=list(dispatch.lists),
                    started_at=dispatch.started_at,
                    who=dispatch.who,
                )
            )
            number: int = result.inserted_primary_key[0]  # type: ignore[index]
            rows = [_planned(number, each, dispatch.started_at) for each in audience]
            connection.execute(sa.insert(deliveries), rows)
        return number

    def settle_interrupted(self, dispatch_id: int, at: dt.datetime) -> int:
        """Claimed rows of a process that is gone become uncertain; gives their number."""
        change = (
            sa.update(deliveries)
            .where(deliveries.c.dispatch_id == dispatch_id, deliveries.c.state == "claimed")
            .values(state="uncertain", changed_at=at, reply="presskit was stopped while sending")
        )
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount

    def turn(
        self,
        dispatch_id: int,
        outcomes: Mapping[int, Outcome],
        *,
        claim: int,
        after: int,
        at: dt.datetime,
    ) -> tuple[Delivery, ...]:
        """Record outcomes and claim the next open deliveries, in one durable transaction.

        Only deliveries with an id above ``after`` are claimed, so that one run tries each once.
        """
        with writing(self._engine) as connection:
            if outcomes:
                rows = [_settled(number, each, at) for number, each in outcomes.items()]
                connection.execute(_SETTLE, rows)
            if not claim:
                return ()
            query = (
                sa.select(*_SHOWN)
                .where(
                    deliveries.c.dispatch_id == dispatch_id,
                    deliveries.c.state.in_(OPEN),
                    deliveries.c.id > after,
                )
                .order_by(deliveries.c.id)
                .limit(claim)
            )
            found = tuple(Delivery(**row) for row in connection.execute(query).mappings())
            if found:
                connection.execute(_claimed([each.id for each in found], at))
            return found

    def resolve(self, dispatch_id: int, *, resend: bool, at: dt.datetime) -> int:
        """The officer's word on the uncertain ones: send again, or leave it; gives their number."""
        change = (
            sa.update(deliveries)
            .where(deliveries.c.dispatch_id == dispatch_id, deliveries.c.state == "uncertain")
            .values(state="planned" if resend else "dropped", changed_at=at)
        )
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount


_SHOWN = tuple(
    deliveries.c[name]
    for name in (
        *("id", "list", "address", "name", "greeting", "token"),
        *("state", "attempt", "changed_at", "code", "reply"),
    )
)
_SETTLE = (
    sa.update(deliveries)
    .where(deliveries.c.id == sa.bindparam("row"), deliveries.c.state == "claimed")
    .values(
        state=sa.bindparam("new_state"),
        changed_at=sa.bindparam("now"),
        code=sa.bindparam("new_code"),
        reply=sa.bindparam("new_reply"),
    )
)


def _claimed(rows: Sequence[int], at: dt.datetime) -> sa.Update:
    return (
        sa.update(deliveries)
        .where(deliveries.c.id.in_(rows))
        .values(state="claimed", attempt=deliveries.c.attempt + 1, changed_at=at)
    )


def _planned(dispatch_id: int, person: Addressee, at: dt.datetime) -> dict[str, object]:
    return {
        "dispatch_id": dispatch_id,
        "list": person.list,
        "address": person.address,
        "address_key": person.key,
        "name": person.name,
        "greeting": person.greeting,
        "token": secrets.token_urlsafe(16),
        "state": "planned",
        "attempt": 0,
        "changed_at": at,
        "code": 0,
        "reply": "",
    }


def _settled(number: int, outcome: Outcome, at: dt.datetime) -> dict[str, object]:
    return {
        "row": number,
        "new_state": outcome.state,
        "now": at,
        "new_code": outcome.code,
        "new_reply": outcome.reply[:1000],
    }
