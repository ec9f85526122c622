"""Dispatches looked at: who got a release and who did not; and a person's word on the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from presskit.dispatch.ledger import Delivery, Dispatch
from presskit.errors import DispatchError
from presskit.office import Office
from presskit.reference import Reference

Resolvable = Literal["uncertain", "refused", "deferred"]
RESOLVABLE: tuple[Resolvable, ...] = ("uncertain", "refused", "deferred")


@dataclass(frozen=True, kw_only=True)
class DispatchStory:
    """A dispatch, the release it carried, and those who do not have it."""

    dispatch: Dispatch
    reference: Reference
    not_reached: tuple[Delivery, ...]


def list_dispatches(office: Office, written: str | None) -> tuple[DispatchStory, ...]:
    """The dispatches of a release, or all of them, oldest first."""
    catalogue = office.catalogue
    wanted = catalogue.one(written).id if written is not None else None
    stories = []
    for each in office.ledger.dispatches(wanted):
        rows = office.ledger.deliveries(each.version_id)
        missing = tuple(
            row for row in rows if row.dispatch_id == each.id and row.state != "accepted"
        )
        reference = catalogue.version(each.version_id).reference
        stories.append(DispatchStory(dispatch=each, reference=reference, not_reached=missing))
    return tuple(stories)


def resolve(office: Office, number: int, state: Resolvable, *, resend: bool) -> int:
    """Decide on those of a dispatch in a state: open again, or given up; gives their number."""
    if all(each.id != number for each in office.ledger.dispatches()):
        raise DispatchError(
            "there is no dispatch {number}.",
            remedy="`presskit dispatches` lists them.",
            number=number,
        )
    done = office.ledger.resolve(number, state, resend=resend, at=office.now())
    if not done:
        raise DispatchError(
            "dispatch {number} has nobody who is {state}.",
            remedy="`presskit dispatches` shows who is in which state.",
            number=number,
            state=state,
        )
    return done
