"""The audience: everybody on some lists, each person once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from presskit.errors import Place, RecipientsError
from presskit.people import DistributionList, Recipient
from presskit.recipients.csv_file import ListEntry, Problem, read_csv


@dataclass(frozen=True)
class Member:
    """A person of the audience and the list that brought them in."""

    recipient: Recipient
    key: str
    list: DistributionList


@dataclass(frozen=True)
class Audience:
    """Who gets the mail; ``duplicates`` counts the entries folded into another one."""

    members: tuple[Member, ...]
    duplicates: int
    problems: tuple[Problem, ...]

    @property
    def left_out(self) -> tuple[Problem, ...]:
        """The rows whose person gets no mail."""
        return tuple(each for each in self.problems if each.left_out)


def gather(lists: Sequence[DistributionList], read_file: Callable[[str], bytes]) -> Audience:
    """Everybody on the lists; of two entries for one mailbox the first one counts.

    ``read_file`` gives the bytes of a list's file, or raises OSError.
    """
    members: dict[str, Member] = {}
    duplicates = 0
    problems: list[Problem] = []
    for each in lists:
        before = len(members) + duplicates
        known_problems = len(problems)
        for entry in _entries(each, read_file):
            if isinstance(entry, Problem):
                problems.append(entry)
            elif entry.key in members:
                duplicates += 1
            else:
                members[entry.key] = Member(entry.recipient, entry.key, each)
        if len(members) + duplicates == before:
            raise _nobody(each, problems[known_problems:])
    return Audience(tuple(members.values()), duplicates, tuple(problems))


def _nobody(each: DistributionList, problems: Sequence[Problem]) -> RecipientsError:
    """The refusal of a list without a usable row; its first bad row is named."""
    if problems:
        return RecipientsError(
            "the list {key!r} has nobody to write to: {fault}",
            remedy="Mend the rows of the file.",
            place=problems[0].place,
            key=each.key,
            fault=problems[0].sentence,
        )
    return RecipientsError(
        "the list {key!r} has nobody to write to.",
        remedy="Add people to the file, or leave the list out.",
        place=Place(f"recipients/{each.file}"),
        key=each.key,
    )


def _entries(
    each: DistributionList, read_file: Callable[[str], bytes]
) -> list[ListEntry | Problem]:
    place = Place(f"recipients/{each.file}")
    if PurePath(each.file).suffix.lower() not in (".csv", ".txt"):
        raise RecipientsError(
            "a list of this kind cannot be read.", remedy="Save it as CSV (UTF-8).", place=place
        )
    try:
        content = read_file(each.file)
    except OSError as fault:
        raise RecipientsError(
            "the file of the list {key!r} cannot be read: {fault}.",
            remedy="Put it there, or mend “file” in recipients/lists.toml.",
            place=place,
            key=each.key,
            fault=fault.strerror,
        ) from None
    return list(read_csv(content, place.file))
