"""The people presskit writes to, and how they are addressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from presskit.wording import Language, word

Gender = Literal["", "f", "m", "d"]
Basis = Literal["press", "members", "consent"]
BASES: tuple[Basis, ...] = ("press", "members", "consent")


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One person on a list; ``gender`` is what the list says and is never guessed."""

    address: str
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    gender: Gender = ""
    title: str = ""
    office: str = ""
    organisation: str = ""
    city: str = ""
    language: Language | None = None
    salutation: str = ""
    more: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def full_name(self) -> str:
        """First and last name, or the name as the list has it."""
        return self.name or " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass(frozen=True, kw_only=True)
class DistributionList:
    """A list kept as a file, with the legal ground for writing to its people."""

    key: str
    title: str
    file: str
    basis: Basis


# (language, gender) -> how a person with a last name is addressed.
_FORMAL: Mapping[tuple[Language, Gender], str] = MappingProxyType(
    {
        ("de", "f"): "Sehr geehrte Frau {name}",
        ("de", "m"): "Sehr geehrter Herr {name}",
        ("en", "f"): "Dear Ms {name}",
        ("en", "m"): "Dear Mr {name}",
    }
)
_NEUTRAL: Mapping[Language, str] = MappingProxyType({"de": "Guten Tag {name}", "en": "Dear {name}"})


def salutation(recipient: Recipient, language: Language) -> str:
    """The greeting without its comma: ``Sehr geehrte Frau Dr. Müller``.

    The recipient's own wording wins; without a gender the greeting is neutral; without a name it
    is the one for everyone.
    """
    if recipient.salutation:
        return recipient.salutation.rstrip(" ,")
    formal = _FORMAL.get((language, recipient.gender))
    if formal and recipient.last_name:
        return formal.format(name=_titled(recipient.title, recipient.last_name))
    if recipient.full_name:
        return _NEUTRAL[language].format(name=_titled(recipient.title, recipient.full_name))
    return word("to_everyone", language)


def _titled(title: str, name: str) -> str:
    """The name behind its title, unless it begins with it already."""
    return name if not title or name.startswith(f"{title} ") else f"{title} {name}"
