"""Dispatches looked at: who got a release and who did not; and the word on the uncertain ones."""

from __future__ import annotations

from dataclasses import dataclass

from presskit.dispatch.envelope import State
from presskit.dispatch.ledger import Delivery, Dispatch
from presskit.errors import DispatchError
from presskit.office import Office
from presskit.reference import Reference

_NOT_REACHED: tuple[State, ...] = (
    *("planned", "claimed", "deferred", "refused", "uncertain", "dropped"),
)


@dataclass(frozen=True, kw_only=True)
class DispatchStory:
    """A dispatch, the release it carried, and those who do not have it."""

    dispatch: Dispatch
    reference: Reference
    not_reached: tuple[Delivery, ...]


def list_dispatches(office: Office, written: str | None) -> tuple[DispatchStory, ...]:
    """The dispatches of a release, or all of them, oldest first."""
    catalogue = office.catalogue
    wanted = catalogue.one(written).id if written else None
    return tuple(
        DispatchStory(
            dispatch=each,
            reference=catalogue.version(each.version_id).reference,
            not_reached=office.ledger.deliveries(each.id, _NOT_REACHED),
        )
        for each in office.ledger.dispatches(wanted)
    )


def resolve(office: Office, number: int, *, resend: bool) -> int:
    """Decide on the uncertain deliveries of a dispatch: send again, or leave it at that."""
    if all(each.id != number for each in office.ledger.dispatches()):
        raise DispatchError(
            "there is no dispatch {number}.",
            remedy="`presskit dispatches` lists them.",
            number=number,
        )
    return office.ledger.resolve(number, resend=resend, at=office.now())
