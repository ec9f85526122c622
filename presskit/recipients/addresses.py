"""E-mail addresses: checked without the network, and compared."""

from __future__ import annotations

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email


@dataclass(frozen=True)
class Address:
    """A valid address: as a mail server takes it (domain in A-labels, RFC 5890), and its key.

    Two spellings with the same key are one mailbox; capitals do not make another person.
    """

    written: str
    key: str


def read_address(text: str) -> Address | str:
    """The address, or what is wrong with it in one sentence."""
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError as fault:
        return " ".join(str(fault).split())
    written = found.ascii_email or found.normalized
    return Address(written, written.casefold())
