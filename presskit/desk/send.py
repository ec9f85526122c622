"""Send: a filed version goes to everybody on some lists, once."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from presskit.archive.catalogue import CataloguedFile, FiledRelease
from presskit.archive.filing import ATTACHMENT, MAIL_PART
from presskit.database import exclusively
from presskit.dispatch.courier import Bag, Courier
from presskit.dispatch.envelope import OPEN
from presskit.dispatch.ledger import Addressee, Delivery, Dispatch
from presskit.dispatch.mime import ADDRESS, read_mailbox
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
    """What sending would do, and how everybody concerned stands now.

    ``newcomers`` are those of the audience without a row in the ledger for this version; ``known``
    are the rows of the others, and of those who were on one of these lists when it was frozen and
    are still to be sent.
    """

    filed: FiledRelease
    lists: tuple[DistributionList, ...]
    audience: Audience
    newcomers: tuple[Member, ...]
    known: tuple[Delivery, ...]
    way: str

    @property
    def open(self) -> tuple[Delivery, ...]:
        """Those with a row who are still to be sent, the least often tried first."""
        rows = (each for each in self.known if each.state in OPEN)
        return tuple(sorted(rows, key=lambda each: (each.attempt, each.id)))

    @property
    def served(self) -> int:
        """How many of the audience have it already."""
        return sum(each.state == "accepted" for each in self.known)

    @property
    def messages(self) -> int:
        """How many messages would leave."""
        return len(self.newcomers) + len(self.open)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of everybody this sending was for.

    ``carried`` are the deliveries of this run as they stand now; ``stopped`` is why it ended early.
    """

    after: DispatchPlan
    carried: tuple[Delivery, ...] = ()
    stopped: DispatchError | None = None

    @property
    def sent(self) -> int:
        """How many were accepted in this run."""
        return sum(each.state == "accepted" for each in self.carried)

    @property
    def not_reached(self) -> tuple[Delivery, ...]:
        """Everybody concerned who does not have it, whether still on the lists or not."""
        rows = {each.id: each for each in (*self.after.known, *self.carried)}
        return tuple(each for each in rows.values() if each.state != "accepted")

    @property
    def whole(self) -> bool:
        """Whether everybody on the lists has it."""
        return not (self.not_reached or self.after.newcomers or self.after.audience.left_out)


def plan_dispatch(office: Office, written: str, keys: Sequence[str]) -> DispatchPlan:
    """Work out who would get a release; changes nothing. Without keys, the draft's own lists."""
    filed = office.catalogue.one(written)
    lists = _lists(office, filed, keys)
    audience = gather(lists, office.read_list_file)
    rows = {each.key: each for each in office.ledger.deliveries(filed.id)}
    members = {each.key for each in audience.members}
    named = {each.key for each in lists}
    waiting = ("planned", "deferred", "claimed", "uncertain")
    return DispatchPlan(
        filed=filed,
        lists=lists,
        audience=audience,
        newcomers=tuple(each for each in audience.members if each.key not in rows),
        known=tuple(
            row
            for key, row in rows.items()
            if key in members or (row.list in named and row.state in waiting)
        ),
        way=office.transport().name,
    )


def send(office: Office, written: str, keys: Sequence[str], who: str, reporter: Reporter) -> Report:
    """Carry a dispatch out, or go on with one that was stopped.

    The server is called first: one that refuses leaves nothing changed.
    """
    filed = office.catalogue.one(written)
    with _alone(office, filed):
        office.ledger.settle_interrupted(filed.id, office.now())
        plan = plan_dispatch(office, written, keys)
        mail = _filed_mail(office, filed)
        if not plan.messages:
            return Report(after=plan)
        skeletons = _skeletons(office, plan, mail)
        with _lines(office, plan.messages) as (transport, lines):
            _freeze(office, plan, who)
            rows = [each.id for each in plan_dispatch(office, written, keys).open]
            bag = Bag(deliveries=rows, skeletons=skeletons, sender=mail.sender[1])
            courier = Courier(office.ledger, transport, lines, office.now, reporter)
            stopped = _carry_out(courier, bag, str(filed.reference))
        return Report(
            after=plan_dispatch(office, written, keys),
            carried=tuple(
                each for each in office.ledger.deliveries(filed.id) if each.id in {*rows}
            ),
            stopped=stopped,
        )


@contextlib.contextmanager
def _alone(office: Office, filed: FiledRelease) -> Iterator[None]:
    """One sending of a version at a time: what another one has claimed is not interrupted."""
    with exclusively(office.database, f"send-{filed.id}") as alone:
        if not alone:
            raise DispatchError(
                "another presskit is sending {reference} at this moment.",
                remedy="Wait until it is done; then run this again to see who is left.",
                reference=filed.reference,
            )
        yield


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
    return tuple(_list(office, key) for key in wanted)


def _list(office: Office, key: str) -> DistributionList:
    if key not in office.lists:
        raise RecipientsError(
            "there is no list {key!r}.",
            remedy="Known are: {known} (recipients/lists.toml).",
            key=key,
            known=", ".join(office.lists) or "none",
        )
    return office.lists[key]


def _filed_mail(office: Office, filed: FiledRelease) -> FiledMail:
    """The mail as it was filed: what goes out is what lies in the archive."""
    files = office.catalogue.files(filed)
    return FiledMail(
        subject=filed.mail_subject,
        sender=read_mailbox(office.settings.mail.sender, Place(FILE_NAME, None, "mail.from")),
        reply_to=_reply_to(office, filed),
        language=filed.language,
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
        parts=tuple(
            Enclosure(
                file_name=each.path.rpartition("/")[2],
                media_type=each.media_type,
                content=office.catalogue.content(each),
                content_id=each.title,
            )
            for each in files
            if each.role == MAIL_PART and each.title
        ),
        key=filed.sha256,
    )


def _reply_to(office: Office, filed: FiledRelease) -> tuple[str, str]:
    """Answers go to the address of the settings, else to the contact."""
    if office.settings.mail.reply_to:
        place = Place(FILE_NAME, None, "mail.reply_to")
        return read_mailbox(office.settings.mail.reply_to, place)
    return (filed.contact, filed.reply_to) if re.fullmatch(ADDRESS, filed.reply_to) else ("", "")


def _content(office: Office, files: Sequence[CataloguedFile], role: str) -> bytes:
    for each in files:
        if each.role == role:
            return office.catalogue.content(each)
    raise ArchiveError(
        "this release has no rendition {role!r} in the archive.",
        remedy="It cannot be mailed as it is filed.",
        role=role,
    )


def _skeletons(office: Office, plan: DispatchPlan, mail: FiledMail) -> Mapping[str, Skeleton]:
    """One skeleton a list: for those of this sending and those that brought in who is open.

    Who came in by a list that is no more gets the mail as one of the first list of this sending.
    """
    keys = {*(each.key for each in plan.lists), *(each.list for each in plan.open)}
    lists = {key: office.lists.get(key, plan.lists[0]) for key in keys}
    return {key: compile_skeleton(mail, each) for key, each in lists.items()}


@contextlib.contextmanager
def _lines(office: Office, messages: int) -> Iterator[tuple[Transport, list[Carrier]]]:
    """Open lines for as long as the block lasts; the first must open, further ones are welcome."""
    transport = office.transport()
    lines: list[Carrier] = [transport.open()]
    try:
        with contextlib.suppress(MailServerError):
            while len(lines) < min(office.settings.mail.connections, messages):
                lines.append(transport.open())
        yield transport, lines
    finally:
        for line in lines:
            line.close()


def _freeze(office: Office, plan: DispatchPlan, who: str) -> None:
    """Write the newcomers down as a dispatch of their own."""
    if not plan.newcomers:
        return
    dispatch = Dispatch(
        id=0,
        version_id=plan.filed.id,
        sha256=plan.filed.sha256,
        lists=tuple(each.key for each in plan.lists),
        started_at=office.now(),
        who=who,
        counts=Counter(),
    )
    office.ledger.freeze(dispatch, [_addressee(each, plan.filed) for each in plan.newcomers])


def _addressee(member: Member, filed: FiledRelease) -> Addressee:
    recipient = member.recipient
    return Addressee(
        list=member.list.key,
        address=recipient.address,
        key=member.key,
        name=recipient.full_name or recipient.organisation,
        greeting=salutation(recipient, recipient.language or filed.language),
    )


def _carry_out(courier: Courier, bag: Bag, what: str) -> DispatchError | None:
    """Deliver; gives the reason where it had to stop."""
    courier.reporter.begin(what, len(bag.deliveries))
    try:
        courier.deliver(bag)
    except DispatchError as stopped:
        return stopped
    finally:
        courier.reporter.end()
    return None
