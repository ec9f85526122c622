"""What a mail server is told (the envelope) and what it answers (the outcome)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# A delivery's states; those of OPEN are still to be sent.
State = Literal["planned", "claimed", "accepted", "deferred", "refused", "uncertain", "dropped"]
OPEN: tuple[State, ...] = ("planned", "deferred")


@dataclass(frozen=True)
class Envelope:
    """Return path and recipient of one message (RFC 5321, 3.3)."""

    sender: str
    recipient: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one message.

    ``code`` is the reply's three digits, 0 where there was none; ``line_lost`` says that the
    connection is of no further use; ``about_us``, that the reply blames the sender or the message
    and not this recipient.
    """

    state: State
    code: int = 0
    reply: str = ""
    line_lost: bool = False
    about_us: bool = False
