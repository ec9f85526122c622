"""The outbox: a Maildir that any mail program opens. Nothing leaves the machine."""

from __future__ import annotations

import mailbox
from pathlib import Path

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.errors import MailServerError


class Outbox:
    """Lays messages into a Maildir."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def name(self) -> str:
        """The folder."""
        return f"the outbox {self._folder}"

    def open(self) -> OutboxCarrier:
        """A way into the Maildir, which is made where it is not there."""
        try:
            for part in ("tmp", "new", "cur"):
                (self._folder / part).mkdir(parents=True, exist_ok=True)
            return OutboxCarrier(mailbox.Maildir(self._folder, create=False))
        except OSError as fault:
            raise MailServerError(
                "{name} cannot be made: {fault}.",
                remedy="Mend “outbox” under [mail] in presskit.toml.",
                name=self.name,
                fault=fault.strerror,
            ) from None


class OutboxCarrier:
    """Lays one message after the other into the Maildir."""

    def __init__(self, maildir: mailbox.Maildir) -> None:
        self._maildir = maildir
        # A colon parts name and flags, which Windows does not allow in file names.
        self._maildir.colon = "!"

    def carry(self, envelope: Envelope, message: bytes) -> Outcome:
        """A message is accepted once it lies on the disk."""
        try:
            self._maildir.add(message.replace(b"\r\n", b"\n"))
        except OSError as fault:
            return Outcome(state="deferred", reply=fault.strerror or str(fault), line_lost=True)
        return Outcome(state="accepted", reply="laid into the outbox")

    def close(self) -> None:
        """Nothing is held open."""
        self._maildir.close()
