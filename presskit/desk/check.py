"""Check: the editor’s second look at drafts, and the safe mendings of what it finds."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from presskit.desk.drafts import OpenDraft, read_bytes, surroundings
from presskit.desk.renditions import rendered, resolved
from presskit.errors import DraftError, Place, PresskitError, RecipientsError
from presskit.intake import second_look
from presskit.intake.draft import taken_text
from presskit.intake.manuscript import Circumstances
from presskit.intake.observation import Fix, Observation
from presskit.intake.rule import Finding
from presskit.office import Office
from presskit.reference import Reference
from presskit.release import Draft
from presskit.render import Rendition
from presskit.wording import word

__all__ = ["Checked", "Finding", "Fix", "check", "drafts_of", "mend", "refuse_what_forbids"]

# A fix may make room for another one; more rounds than this have never been needed.
_MOST_ROUNDS = 10


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What the second look saw in one draft; ``mended`` are the findings whose fix was written."""

    path: Path
    shown: str
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...] = ()

    @property
    def publishable(self) -> bool:
        """Whether no finding forbids publishing."""
        return all(each.severity != "error" for each in self.findings)


def drafts_of(office: Office) -> tuple[Path, ...]:
    """Every Markdown draft of the office, by name."""
    return tuple(sorted((office.folder / "drafts").rglob("*.md")))


def check(office: Office, path: Path) -> Checked:
    """Look at one draft and change nothing."""
    found = _look(office, path, read_bytes(office, path))
    return Checked(path=path, shown=office.shown(path), findings=found)


def mend(office: Office, path: Path) -> Checked:
    """Write every safe fix into the draft’s file, whole or not at all, and look at it again.

    A mark at the file’s beginning and its line ends stay; nothing is written where nothing changes,
    where the file is not in UTF-8, or where the draft would not be read as before.
    """
    content = read_bytes(office, path)
    found = _look(office, path, content)
    mended: list[Finding] = []
    new = content
    for _ in range(_MOST_ROUNDS):
        source = taken_text(new)
        text, done = second_look.mended(source, found)
        candidate = _like(content, text)
        if not done or not _reads_alike(office, path, new, candidate):
            break
        new, found = candidate, _look(office, path, candidate)
        mended += done
    if mended:
        _replace(path, new, office.shown(path))
    return Checked(path=path, shown=office.shown(path), findings=found, mended=tuple(mended))


def refuse_what_forbids(office: Office, opened: OpenDraft, renditions: Sequence[Rendition]) -> None:
    """Raise the first finding that forbids publishing a draft whose renditions are made."""
    around = surroundings(office, opened.path)
    circumstances = _circumstances(office, opened.draft, renditions)
    page, _ = second_look.look_at(opened.content, opened.shown, around, circumstances)
    rules = second_look.chosen_rules(office.settings.check)
    errors = [each for each in second_look.findings(page, rules) if each.severity == "error"]
    if errors:
        seen = errors[0].seen
        raise DraftError(
            seen.sentence,
            remedy=seen.remedy + " `presskit check` shows all that forbids publishing.",
            place=Place(opened.shown, seen.line or None),
            **seen.facts,
        )


def _look(office: Office, path: Path, content: bytes) -> tuple[Finding, ...]:
    rules = second_look.chosen_rules(office.settings.check)
    shown = office.shown(path)
    around = surroundings(office, path)
    plain = Circumstances(now=office.now())
    page, faults = second_look.look_at(content, shown, around, plain)
    broken = [(second_look.UNREADABLE, each) for each in faults]
    if page.draft is not None:
        opened = OpenDraft(path=path, shown=shown, content=content, draft=page.draft)
        renditions, fault = _renditions(office, opened)
        broken += [(second_look.UNRENDERABLE, each) for each in fault]
        page = second_look.under(page, _circumstances(office, page.draft, renditions))
    return second_look.findings(page, rules, broken)


def _renditions(
    office: Office, opened: OpenDraft
) -> tuple[tuple[Rendition, ...], tuple[Observation, ...]]:
    """The renditions of a draft, or what keeps them from being made."""
    mark = word("draft", opened.draft.language)
    reference = Reference(opened.draft.series, 0, None, mark)
    try:
        return rendered(office, resolved(office, opened), reference), ()
    except PresskitError as fault:
        return (), (second_look.observed(fault),)


def _circumstances(office: Office, draft: Draft, renditions: Sequence[Rendition]) -> Circumstances:
    sizes = {each.format: len(each.content) for each in renditions}
    return Circumstances(
        now=office.now(), mail_size=sizes.get("mail"), list_sizes=_list_sizes(office, draft)
    )


def _list_sizes(office: Office, draft: Draft) -> Mapping[str, int]:
    """How many people are on each list; a list that cannot be read has none."""
    from presskit.recipients.audience import gather

    sizes = {}
    for key in draft.lists:
        try:
            audience = gather((office.lists[key],), office.read_list_file)
            sizes[key] = len(audience.members)
        except RecipientsError:
            sizes[key] = 0
    return sizes


def _like(content: bytes, text: str) -> bytes:
    """A text with the mark at its beginning and the line ends of the file it came from."""
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    if content.count(b"\r\n") * 2 > content.count(b"\n"):
        text = text.replace("\n", "\r\n")
    elif b"\r" in content and b"\n" not in content:
        text = text.replace("\n", "\r")
    return mark + text.encode("utf-8")


def _reads_alike(office: Office, path: Path, old: bytes, new: bytes) -> bool:
    """Whether the changed file is as valid as it was, its head as before but for its wording."""
    if _is_utf8(old):
        around, plain = surroundings(office, path), Circumstances(now=office.now())
        before, _ = second_look.look_at(old, "", around, plain)
        after, _ = second_look.look_at(new, "", around, plain)
        if before.draft is None:
            return after.draft is None
        return after.draft is not None and _facts(before.draft) == _facts(after.draft)
    return False


def _facts(draft: Draft) -> tuple[object, ...]:
    """What no fix may change."""
    return (
        *(draft.series, draft.kind, draft.date, draft.contact, draft.file_references),
        *(draft.inquiries, draft.place, draft.issuers, draft.lists, draft.reference),
        *(draft.language, draft.pictures, [each.file_name for each in draft.attachments]),
        *(draft.embargo.until if draft.embargo else None, set(draft.lines)),
    )


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _replace(path: Path, content: bytes, shown: str) -> None:
    """Put new bytes in a file’s place at once; its rights stay."""
    target = path.resolve()
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".presskit-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(target.stat().st_mode & 0o7777)
        Path(temporary).replace(target)
    except OSError as fault:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise DraftError(
            "the draft cannot be written: {fault}.",
            remedy="Make room or mend the rights of the folder; nothing was changed.",
            place=Place(shown),
            fault=fault.strerror,
        ) from None
