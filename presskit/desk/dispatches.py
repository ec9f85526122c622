"""Dispatches looked at: who got a release and who did not; and a person's word on the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from presskit.dispatch.ledger import Delivery, Dispatch
from presskit.errors import DispatchError
from presskit.office import Office
from presskit.reference import Reference


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
    stories = []
    for each in office.ledger.dispatches(wanted):
        rows = office.ledger.deliveries(each.version_id)
        missing = tuple(
            row for row in rows if row.dispatch_id == each.id and row.state != "accepted"
        )
        reference = catalogue.version(each.version_id).reference
        stories.append(DispatchStory(dispatch=each, reference=reference, not_reached=missing))
    return tuple(stories)


def resolve(
    office: Office, number: int, state: Literal["uncertain", "refused"], *, resend: bool
) -> int:
    """Decide on the uncertain or refused of a dispatch: open again, or given up; their number."""
    if all(each.id != number for each in office.ledger.dispatches()):
        raise DispatchError(
            "there is no dispatch {number}.",
            remedy="`presskit dispatches` lists them.",
            number=number,
        )
    return office.ledger.resolve(number, state, resend=resend, at=office.now())
