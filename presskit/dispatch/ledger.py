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
    """One recipient's part of a dispatch; ``key`` tells the mailbox, however it is spelled."""

    id: int
    dispatch_id: int
    key: str
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

    def deliveries(self, version_id: int) -> tuple[Delivery, ...]:
        """Everybody who has a row for a version: each person once, in the order of freezing."""
        query = sa.select(*_SHOWN).where(deliveries.c.version_id == version_id)
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(deliveries.c.id)).mappings()
            return tuple(Delivery(**row) for row in rows)

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
            rows = [_planned(number, dispatch, each) for each in audience]
            connection.execute(sa.insert(deliveries), rows)
        return number

    def settle_interrupted(self, version_id: int, at: dt.datetime) -> int:
        """Claimed rows of a process that is gone become uncertain; gives their number."""
        change = (
            sa.update(deliveries)
            .where(deliveries.c.version_id == version_id, deliveries.c.state == "claimed")
            .values(state="uncertain", changed_at=at, reply="presskit was stopped while sending")
        )
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount

    def turn(
        self, outcomes: Mapping[int, Outcome], claim: Sequence[int], at: dt.datetime
    ) -> tuple[Delivery, ...]:
        """Record outcomes and claim deliveries by their ids, in one durable transaction.

        Gives those that were claimed: the ones still open and not in another's hands.
        """
        with writing(self._engine) as connection:
            if outcomes:
                rows = [_settled(number, each, at) for number, each in outcomes.items()]
                connection.execute(_SETTLE, rows)
            query = (
                sa.select(*_SHOWN)
                .where(deliveries.c.id.in_(claim), deliveries.c.state.in_(OPEN))
                .order_by(deliveries.c.id)
                .with_for_update(skip_locked=True)
            )
            found = tuple(Delivery(**row) for row in connection.execute(query).mappings())
            if found:
                connection.execute(_claimed([each.id for each in found], at))
            return found

    def resolve(self, dispatch_id: int, state: State, *, resend: bool, at: dt.datetime) -> int:
        """A person's word on the uncertain or refused: open again, or left; gives their number."""
        change = (
            sa.update(deliveries)
            .where(deliveries.c.dispatch_id == dispatch_id, deliveries.c.state == state)
            .values(state="planned" if resend else "dropped", changed_at=at)
        )
        with writing(self._engine) as connection:
            return connection.execute(change).rowcount


_SHOWN = (
    *(deliveries.c[name] for name in ("id", "dispatch_id", "list", "address", "name", "greeting")),
    *(deliveries.c[name] for name in ("token", "state", "attempt", "changed_at", "code", "reply")),
    deliveries.c.address_key.label("key"),
)
_SETTLE = (
    sa.update(deliveries)
    .where(
        deliveries.c.id == sa.bindparam("row"),
        # Uncertain by another process's guess, which the true outcome corrects.
        sa.or_(deliveries.c.state == "claimed", deliveries.c.state == "uncertain"),
    )
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
        .where(deliveries.c.id.in_(rows), deliveries.c.state.in_(OPEN))
        .values(state="claimed", attempt=deliveries.c.attempt + 1, changed_at=at)
    )


def _planned(number: int, dispatch: Dispatch, person: Addressee) -> dict[str, object]:
    return {
        "version_id": dispatch.version_id,
        "dispatch_id": number,
        "list": person.list,
        "address": person.address,
        "address_key": person.key,
        "name": person.name,
        "greeting": person.greeting,
        "token": secrets.token_urlsafe(16),
        "state": "planned",
        "attempt": 0,
        "changed_at": dispatch.started_at,
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
