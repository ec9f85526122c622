"""A mail server by SMTP (RFC 5321), with STARTTLS or TLS (RFC 8314) and AUTH (RFC 4954)."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.errors import MailServerError
from presskit.settings import Security


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """A mail server; ``timeout`` in seconds holds for every step, ``tls`` is for tests' own CAs."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 60
    tls: ssl.SSLContext | None = None

    @property
    def name(self) -> str:
        """Host and port."""
        return f"the mail server {self.host}:{self.port}"

    def open(self) -> SmtpCarrier:
        """Connect, secure the line and log in; certificates are checked, nothing falls back."""
        with self._explained():
            client = self._connect()
            try:
                self._introduce(client)
            except BaseException:
                client.close()
                raise
        return SmtpCarrier(client)

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout, context=self._context()
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout)

    def _introduce(self, client: smtplib.SMTP) -> None:
        client.ehlo_or_helo_if_needed()
        if self.security == "starttls":
            client.starttls(context=self._context())
            client.ehlo()
        if self.user:
            client.login(self.user, self.password)

    def _context(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPAuthenticationError as fault:
            remedy = "Mend “user” under [mail] and the password in the environment."
            raise self._error("does not accept user and password", fault, remedy) from None
        except smtplib.SMTPNotSupportedError as fault:
            remedy = "Mend “security” under [mail]; nothing is sent over an open line instead."
            raise self._error("lacks what is asked of it", fault, remedy) from None
        except ssl.SSLError as fault:
            remedy = "Check “host”, “port” and “security” under [mail], or ask your postmaster."
            raise self._error("cannot prove who it is", fault, remedy) from None
        except (OSError, UnicodeError, smtplib.SMTPException) as fault:
            # smtplib turns a time-out while reading into a lost line and keeps only its words.
            if "timed out" in str(fault):
                remedy = "Try again later, or raise “timeout” under [mail]."
                raise self._error("does not answer", fault, remedy) from None
            remedy = "Check “host” and “port” under [mail]; is the machine on the network?"
            raise self._error("cannot be reached", fault, remedy) from None

    def _error(self, what: str, fault: Exception, remedy: str) -> MailServerError:
        return MailServerError(
            "{name} {what} ({fault}).",
            remedy=remedy,
            name=self.name,
            what=what,
            fault=_plain(fault) or type(fault).__name__,
        )


class SmtpCarrier:
    """One connection; the steps of a transaction are taken one by one."""

    def __init__(self, client: smtplib.SMTP) -> None:
        self._client = client
        # Who has taken a message from us on this line has nothing against us.
        self._trusted = False

    def carry(self, envelope: Envelope, message: bytes) -> Outcome:
        """One transaction; after the final dot only the server's reply decides."""
        try:
            for step, command, wanted in _steps(envelope):
                code, reply = self._client.docmd(command)
                if code // 100 != wanted:
                    return self._turned_away(step, code, reply)
            self._client.send(_with_dots_doubled(message))
        except (OSError, smtplib.SMTPException) as fault:
            return _line_lost("deferred", fault)
        # From here on the server may have the whole message.
        try:
            self._client.send(b".\r\n")
            code, reply = self._client.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            return _line_lost("uncertain", fault)
        if code // 100 == 2:
            self._trusted = True
            return Outcome(state="accepted", code=code, reply=_text(reply))
        if code // 100 not in (4, 5):
            return Outcome(state="uncertain", code=max(code, 0), reply=_text(reply), line_lost=True)
        return _refusal("message", code, reply, trusted=self._trusted)

    def close(self) -> None:
        """QUIT, if there is still somebody to say it to."""
        with contextlib.suppress(OSError, smtplib.SMTPException):
            self._client.quit()
        self._client.close()

    def _turned_away(self, step: str, code: int, reply: bytes) -> Outcome:
        """A refusal before the message's text; the line is made ready for the next one."""
        if code // 100 not in (4, 5):
            # Neither yes nor no: the server is out of step, and what it says next means nothing.
            return Outcome(state="deferred", code=max(code, 0), reply=_text(reply), line_lost=True)
        outcome = _refusal(step, code, reply, trusted=self._trusted)
        if outcome.line_lost:
            return outcome
        with contextlib.suppress(OSError, smtplib.SMTPException):
            if self._client.docmd("RSET")[0] == 250:
                return outcome
        return dataclasses.replace(outcome, line_lost=True)


def _steps(envelope: Envelope) -> tuple[tuple[str, str, int], ...]:
    """What the steps before the text are about, their commands, and the reply class each needs."""
    return (
        ("sender", f"MAIL FROM:<{envelope.sender}>", 2),
        ("recipient", f"RCPT TO:<{envelope.recipient}>", 2),
        ("message", "DATA", 3),
    )


def _refusal(step: str, code: int, reply: bytes, *, trusted: bool) -> Outcome:
    """What a 4xx or 5xx reply means (RFC 5321, 4.2.1; RFC 3463 for the enhanced code).

    A refusal for good counts against the recipient only where it is about the recipient; else the
    fault is ours, and the delivery stays open until it is mended. 421 also ends the line.
    """
    text = _text(reply)
    if code // 100 == 4:
        return Outcome(state="deferred", code=code, reply=text, line_lost=code == 421)
    if _blames_recipient(step, code, text, trusted=trusted):
        return Outcome(state="refused", code=code, reply=text)
    return Outcome(state="deferred", code=code, reply=text, about_us=True)


def _blames_recipient(step: str, code: int, text: str, *, trusted: bool) -> bool:
    """Whether a 5xx is about the mailbox and not about the sender, the login or the message."""
    if step == "sender" or code in _LOGIN_CODES:
        return False
    found = _ENHANCED.match(text)
    subject = found[1] if found else ""
    if step == "message":
        return subject in ("1", "2")
    if subject == "7" or "relay" in text.lower():
        # A policy: that of the server against us, or of a mailbox, if others were taken before.
        return trusted
    return True


# RFC 4954, 6: who does not log in, or not well enough, is not let through.
_LOGIN_CODES = (530, 534, 535, 538)
# The second number of an enhanced code: 1 is the address, 2 the mailbox, 7 a policy.
_ENHANCED = re.compile(r"5\.(\d)\.\d")


def _text(reply: bytes) -> str:
    words = re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", reply.decode("utf-8", "replace"))
    return words.strip()


def _line_lost(state: str, fault: Exception) -> Outcome:
    reply = _plain(fault) or type(fault).__name__
    return Outcome(state=state, reply=f"the line was lost: {reply}", line_lost=True)  # type: ignore[arg-type]


def _with_dots_doubled(message: bytes) -> bytes:
    """The message as it travels (RFC 5321, 4.5.2), without the final dot."""
    stuffed = message.replace(b"\r\n.", b"\r\n..")
    return b"." + stuffed if message.startswith(b".") else stuffed


def _plain(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPResponseException):
        error = fault.smtp_error
        return f"{fault.smtp_code} {_text(error) if isinstance(error, bytes) else error}"
    return " ".join(str(fault).split())
