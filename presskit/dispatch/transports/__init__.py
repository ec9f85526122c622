"""The ways out of the office: a Maildir, or a mail server by SMTP."""

from __future__ import annotations

from typing import Protocol

from presskit.dispatch.envelope import Envelope, Outcome


class Carrier(Protocol):
    """One open line to where messages go; used by one thread at a time."""

    def carry(self, envelope: Envelope, message: bytes) -> Outcome:
        """Hand over one message (CRLF line ends) and say what became of it; never raises for it."""

    def close(self) -> None:
        """Take leave; an error in doing so is of no interest."""


class Transport(Protocol):
    """Opens lines; ``name`` says where they lead."""

    @property
    def name(self) -> str:
        """Where the messages go, for messages to people."""

    def open(self) -> Carrier:
        """A new line, or MailServerError."""
