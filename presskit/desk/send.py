"""Send: a filed version goes to everybody on some lists, once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from presskit.archive.catalogue import CataloguedFile, FiledRelease
from presskit.archive.filing import ATTACHMENT
from presskit.database import exclusively
from presskit.dispatch.courier import Bag, Courier
from presskit.dispatch.envelope import State
from presskit.dispatch.ledger import Addressee, Delivery, Dispatch
from presskit.dispatch.mime import read_mailbox
from presskit.dispatch.skeleton import Enclosure, FiledMail, Skeleton, compile_skeleton
from presskit.dispatch.transports import Carrier, Transport
from presskit.errors import ArchiveError, DispatchError, MailServerError, Place, RecipientsError
from presskit.office import Office
from presskit.people import DistributionList, salutation
from presskit.recipients.audience import Audience, Member, gather
from presskit.reporter import Reporter
from presskit.settings import FILE_NAME


@dataclass(frozen=True, kw_only=True)
class DispatchPlan:
    """What sending would do.

    ``going_on`` are dispatches to the same lists that were stopped; ``newcomers`` are those of the
    audience who have no row for this version yet; ``already`` counts the others.
    """

    filed: FiledRelease
    lists: tuple[DistributionList, ...]
    audience: Audience
    going_on: tuple[Dispatch, ...]
    newcomers: tuple[Member, ...]
    already: int
    way: str

    @property
    def messages(self) -> int:
        """How many messages would leave."""
        return len(self.newcomers) + sum(each.open for each in self.going_on)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of everybody this sending was for; ``dispatches`` as they stand now."""

    plan: DispatchPlan
    dispatches: tuple[Dispatch, ...]
    not_reached: tuple[Delivery, ...]

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(each.counts.get(state, 0) for each in self.dispatches)

    @property
    def whole(self) -> bool:
        """Whether everybody on the lists has it."""
        return not (self.not_reached or self.plan.audience.left_out)


def plan_dispatch(office: Office, written: str, keys: Sequence[str]) -> DispatchPlan:
    """Work out who would get a release; changes nothing. Without keys, the draft's own lists."""
    filed = office.catalogue.one(written)
    lists = _lists(office, filed, keys)
    audience = gather(lists, office.read_list_file)
    named = tuple(each.key for each in lists)
    going_on = tuple(
        each
        for each in office.ledger.dispatches(filed.id)
        if each.open and set(each.lists) == set(named)
    )
    known = office.ledger.written_to(filed.id)
    newcomers = tuple(each for each in audience.members if each.key not in known)
    return DispatchPlan(
        filed=filed,
        lists=lists,
        audience=audience,
        going_on=going_on,
        newcomers=newcomers,
        already=len(audience.members) - len(newcomers),
        way=office.transport().name,
    )


def send(office: Office, written: str, keys: Sequence[str], who: str, reporter: Reporter) -> Report:
    """Carry a dispatch out, or go on with one that was stopped.

    The server is called first: one that refuses leaves nothing changed.
    """
    filed = office.catalogue.one(written)
    with _alone(office, filed):
        _settle_interrupted(office, filed)
        plan = plan_dispatch(office, written, keys)
        mail = _filed_mail(office, filed)
        skeletons = _skeletons(office, plan, mail)
        running: tuple[int, ...] = ()
        if plan.messages:
            transport = office.transport()
            lines = _open_lines(office, transport, plan.messages)
            try:
                running = _freeze(office, plan, who)
                _carry_out(office, plan, running, skeletons, transport, lines, reporter)
            finally:
                for line in lines:
                    line.close()
        return _report(office, plan)


@contextlib.contextmanager
def _alone(office: Office, filed: FiledRelease) -> Iterator[None]:
    """One sending of a version at a time, so that nobody is planned twice."""
    with exclusively(office.database, f"send-{filed.id}") as alone:
        if not alone:
            raise DispatchError(
                "another presskit is sending {reference} at this moment.",
                remedy="Wait until it is done; then run this again to see who is left.",
                reference=filed.reference,
            )
        yield


def _settle_interrupted(office: Office, filed: FiledRelease) -> None:
    for each in office.ledger.dispatches(filed.id):
        if each.counts.get("claimed"):
            office.ledger.settle_interrupted(each.id, office.now())


def _lists(
    office: Office, filed: FiledRelease, keys: Sequence[str]
) -> tuple[DistributionList, ...]:
    wanted = tuple(dict.fromkeys(keys or filed.lists))
    if not wanted:
        raise RecipientsError(
            "no list is named.",
            remedy="Name one with --to; known are: {known}.",
            known=", ".join(office.lists) or "none (recipients/lists.toml)",
        )
    for key in wanted:
        if key not in office.lists:
            raise RecipientsError(
                "there is no list {key!r}.",
                remedy="Known are: {known} (recipients/lists.toml).",
                key=key,
                known=", ".join(office.lists) or "none",
            )
    return tuple(office.lists[key] for key in wanted)


def _filed_mail(office: Office, filed: FiledRelease) -> FiledMail:
    """The mail as it was filed: what goes out is what lies in the archive."""
    files = office.catalogue.files(filed)
    mail = office.settings.mail
    language = "en" if filed.language == "en" else "de"
    return FiledMail(
        subject=filed.mail_subject,
        sender=read_mailbox(mail.sender, Place(FILE_NAME, None, "mail.from")),
        reply_to=_reply_to(office, filed),
        language=language,  # type: ignore[arg-type]
        html=_content(office, files, "mail").decode(),
        text=_content(office, files, "text").decode(),
        enclosures=tuple(
            Enclosure(
                file_name=each.title,
                media_type=each.media_type,
                content=office.catalogue.content(each),
            )
            for each in files
            if each.role == ATTACHMENT
        ),
        key=filed.sha256,
    )


def _reply_to(office: Office, filed: FiledRelease) -> tuple[str, str]:
    """Answers go to the address of the settings, else to the contact."""
    if office.settings.mail.reply_to:
        place = Place(FILE_NAME, None, "mail.reply_to")
        return read_mailbox(office.settings.mail.reply_to, place)
    return (filed.contact, filed.reply_to) if filed.reply_to else ("", "")


def _content(office: Office, files: Sequence[CataloguedFile], role: str) -> bytes:
    for each in files:
        if each.role == role:
            return office.catalogue.content(each)
    raise ArchiveError(
        "this release has no rendition {role!r} in the archive.",
        remedy="It cannot be mailed as it is filed.",
        role=role,
    )


def _skeletons(office: Office, plan: DispatchPlan, mail: FiledMail) -> dict[str, Skeleton]:
    """One skeleton a list, for the lists of this sending and of those it goes on with."""
    keys = {each.key for each in plan.lists}
    return {key: compile_skeleton(mail, office.lists[key]) for key in keys}


def _open_lines(office: Office, transport: Transport, messages: int) -> list[Carrier]:
    """The first line must open; further ones are welcome."""
    lines: list[Carrier] = [transport.open()]
    with contextlib.suppress(MailServerError):
        while len(lines) < min(office.settings.mail.connections, messages):
            lines.append(transport.open())
    return lines


def _freeze(office: Office, plan: DispatchPlan, who: str) -> tuple[int, ...]:
    """The ids of the dispatches to carry out; the newcomers' audience is frozen as a new one."""
    going_on = tuple(each.id for each in plan.going_on)
    if not plan.newcomers:
        return going_on
    dispatch = Dispatch(
        id=0,
        version_id=plan.filed.id,
        sha256=plan.filed.sha256,
        lists=tuple(each.key for each in plan.lists),
        started_at=office.now(),
        who=who,
        counts={},
    )
    audience = [_addressee(each, plan.filed) for each in plan.newcomers]
    return (*going_on, office.ledger.freeze(dispatch, audience))


def _addressee(member: Member, filed: FiledRelease) -> Addressee:
    recipient = member.recipient
    language = recipient.language or ("en" if filed.language == "en" else "de")
    return Addressee(
        list=member.list.key,
        address=recipient.address,
        key=member.key,
        name=recipient.full_name or recipient.organisation,
        greeting=salutation(recipient, language),
    )


def _carry_out(
    office: Office,
    plan: DispatchPlan,
    running: Sequence[int],
    skeletons: dict[str, Skeleton],
    transport: Transport,
    lines: list[Carrier],
    reporter: Reporter,
) -> None:
    courier = Courier(office.ledger, transport, lines, office.now, reporter)
    sender = read_mailbox(office.settings.mail.sender, Place(FILE_NAME, None, "mail.from"))[1]
    reporter.begin(str(plan.filed.reference), plan.messages)
    try:
        for each in running:
            courier.deliver(Bag(dispatch_id=each, skeletons=skeletons, sender=sender))
    finally:
        reporter.end()


def _report(office: Office, plan: DispatchPlan) -> Report:
    """How everybody of these lists stands now, over all dispatches of the version."""
    wanted = {each.key for each in plan.lists}
    dispatches = tuple(
        each for each in office.ledger.dispatches(plan.filed.id) if wanted & set(each.lists)
    )
    missing: tuple[State, ...] = ("planned", "deferred", "refused", "uncertain", "dropped")
    not_reached = tuple(
        delivery
        for each in dispatches
        for delivery in office.ledger.deliveries(each.id, missing)
        if delivery.list in wanted
    )
    return Report(plan=plan, dispatches=dispatches, not_reached=not_reached)
