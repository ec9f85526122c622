"""One contract for every way out of the office, and what a mail server may do to us."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from mailservers import (
    DROP,
    HANG,
    Inbox,
    ScriptedServer,
    authenticator,
    real_server,
    server_tls,
)

from presskit.dispatch.envelope import Envelope, Outcome
from presskit.dispatch.transports import Transport
from presskit.dispatch.transports.outbox import Outbox
from presskit.dispatch.transports.smtp import SmtpServer
from presskit.errors import MailServerError
from presskit.testing import RecordingTransport

ENVELOPE = Envelope("presse@example.org", "kim@example.org")
MESSAGE = b"Subject: Eins\r\n\r\n.Punkt am Anfang\r\n..zwei Punkte\r\nEnde\r\n"


@dataclass
class Way:
    """A transport under test, and a look at what arrived through it."""

    transport: Transport
    inbox: Inbox | None = None
    folder: Path | None = None

    def arrived(self) -> list[bytes]:
        if self.inbox is not None:
            return [content for _address, content in self.inbox.messages]
        if self.folder is not None:
            return [bytes(each) for each in mailbox.Maildir(self.folder)]
        assert isinstance(self.transport, RecordingTransport)
        return [content for _envelope, content in self.transport.carried]


@pytest.fixture(params=["recording", "outbox", "smtp"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    if request.param == "recording":
        yield Way(RecordingTransport())
    elif request.param == "outbox":
        yield Way(Outbox(tmp_path / "outbox"), folder=tmp_path / "outbox")
    else:
        inbox = Inbox()
        with real_server(inbox) as port:
            yield Way(plain_server(port), inbox=inbox)


def plain_server(port: int, timeout: float = 20) -> SmtpServer:
    return SmtpServer(host="127.0.0.1", port=port, security="none", timeout=timeout)


def carry(transport: Transport, message: bytes = MESSAGE) -> Outcome:
    line = transport.open()
    try:
        return line.carry(ENVELOPE, message)
    finally:
        line.close()


def test_a_message_arrives_as_it_was(way: Way) -> None:
    assert carry(way.transport).state == "accepted"
    (arrived,) = way.arrived()
    assert arrived.replace(b"\r\n", b"\n") == MESSAGE.replace(b"\r\n", b"\n")


def test_one_line_carries_several_messages(way: Way) -> None:
    line = way.transport.open()
    for number in range(3):
        assert line.carry(ENVELOPE, b"Subject: %d\r\n\r\nx\r\n" % number).state == "accepted"
    line.close()
    assert len(way.arrived()) == 3


def test_a_message_that_begins_with_a_dot_arrives_whole(way: Way) -> None:
    carry(way.transport, b".x: y\r\n\r\n.\r\nafter the lone dot\r\n")
    assert b"after the lone dot" in way.arrived()[0]


# what a server may answer, and what it means

REFUSALS = [
    ({"MAIL": "451 later"}, "deferred"),
    ({"MAIL": "550 no such sender"}, "deferred"),
    ({"MAIL": "530 5.7.0 Authentication required"}, "deferred"),
    ({"RCPT": "450 greylisted"}, "deferred"),
    ({"RCPT": "550 unknown"}, "refused"),
    ({"RCPT": "421 closing"}, "deferred"),
    ({"DATA": "451 not now"}, "deferred"),
    ({"RCPT": "554 5.7.1 relay access denied"}, "deferred"),
    ({"DATA": "554 no"}, "deferred"),
    ({"DATA": "250 ok"}, "deferred"),
    ({".": "452 full"}, "deferred"),
    ({".": "554 spam"}, "deferred"),
    ({".": "550 5.1.1 unknown"}, "refused"),
    ({".": "250 \x00ok\x1b[31m"}, "accepted"),
    ({".": "what?"}, "uncertain"),
    ({"MAIL": "what?"}, "deferred"),
    ({"MAIL": DROP}, "deferred"),
    ({"RCPT": DROP}, "deferred"),
    ({"DATA": DROP}, "deferred"),
    ({".": DROP}, "uncertain"),
]


@pytest.mark.parametrize(("script", "state"), REFUSALS)
def test_each_answer_has_its_outcome(script: dict[str, str], state: str) -> None:
    with ScriptedServer(script).running() as port:
        outcome = carry(plain_server(port))
    assert outcome.state == state
    assert outcome.reply.isprintable()


@pytest.mark.parametrize(
    ("script", "ours"),
    [
        ({"MAIL": "550 no such sender"}, True),
        ({"RCPT": "550 unknown"}, False),
        ({"RCPT": "550 5.4.1 Recipient address rejected"}, False),
        ({"RCPT": "554 5.7.1 relay access denied"}, True),
        ({"RCPT": "550 relay not permitted"}, True),
        ({"RCPT": "530 Authentication required"}, True),
        ({".": "554 spam"}, True),
        ({".": "552 5.2.2 mailbox full"}, False),
        ({"RCPT": "450 greylisted"}, False),
    ],
)
def test_a_refusal_says_whose_fault_it_is(script: dict[str, str], ours: bool) -> None:
    with ScriptedServer(script).running() as port:
        assert carry(plain_server(port)).about_us is ours


@pytest.mark.parametrize(("step", "state"), [("RCPT", "deferred"), (".", "uncertain")])
def test_a_server_that_hangs_costs_one_timeout(step: str, state: str) -> None:
    with ScriptedServer({step: HANG}).running() as port:
        outcome = carry(plain_server(port, timeout=0.3))
    assert outcome.state == state
    assert outcome.line_lost


def test_after_a_refused_recipient_the_line_goes_on() -> None:
    inbox = Inbox(refuse={"gone@example.org": "550 5.1.1 unknown"})
    with real_server(inbox) as port:
        line = plain_server(port).open()
        refused = line.carry(Envelope("presse@example.org", "gone@example.org"), MESSAGE)
        accepted = line.carry(ENVELOPE, MESSAGE)
        line.close()
    assert (refused.state, refused.code) == ("refused", 550)
    assert accepted.state == "accepted"
    assert inbox.recipients == ["kim@example.org"]


@pytest.mark.parametrize("greeting", ["554 go away", DROP, "garbage"])
def test_a_server_that_does_not_want_us_is_named(greeting: str) -> None:
    with (
        ScriptedServer({"": greeting}).running() as port,
        pytest.raises(MailServerError, match=f"127.0.0.1:{port}"),
    ):
        plain_server(port).open()


def test_a_server_that_never_answers_is_named() -> None:
    with (
        ScriptedServer({"": HANG}).running() as port,
        pytest.raises(MailServerError, match="does not answer"),
    ):
        plain_server(port, timeout=0.3).open()


def test_a_host_that_cannot_be_one_is_named() -> None:
    with pytest.raises(MailServerError, match="cannot be reached"):
        SmtpServer(host="mail..example", port=25, security="none").open()


def test_no_server_at_all_is_named() -> None:
    with ScriptedServer({}).running() as port:
        pass
    with pytest.raises(MailServerError, match="cannot be reached"):
        plain_server(port).open()


# secure lines


def test_starttls_and_login_work_together() -> None:
    server, client = server_tls()
    inbox = Inbox()
    with real_server(
        inbox,
        tls_context=server,
        require_starttls=True,
        authenticator=authenticator("presse", "geheim"),
        auth_required=True,
    ) as port:
        transport = SmtpServer(
            host="127.0.0.1",
            port=port,
            security="starttls",
            user="presse",
            password="geheim",
            tls=client,
        )
        assert carry(transport).state == "accepted"


def test_a_wrong_password_is_named_without_the_password() -> None:
    server, client = server_tls()
    with real_server(
        Inbox(), tls_context=server, authenticator=authenticator("presse", "geheim")
    ) as port:
        transport = SmtpServer(
            host="127.0.0.1",
            port=port,
            security="starttls",
            user="presse",
            password="falsch",
            tls=client,
        )
        with pytest.raises(MailServerError, match="does not accept user and password") as caught:
            transport.open()
    assert "falsch" not in str(caught.value) + repr(transport)


def test_a_certificate_nobody_vouches_for_is_refused() -> None:
    server, _client = server_tls()
    with real_server(Inbox(), tls_context=server) as port:
        transport = SmtpServer(host="127.0.0.1", port=port, security="starttls")
        with pytest.raises(MailServerError, match="cannot prove who it is"):
            transport.open()


def test_without_starttls_nothing_is_sent_in_the_clear() -> None:
    inbox = Inbox()
    with real_server(inbox) as port:
        transport = SmtpServer(host="127.0.0.1", port=port, security="starttls")
        with pytest.raises(MailServerError, match="lacks what is asked"):
            transport.open()
    assert not inbox.messages


def test_tls_from_the_first_byte() -> None:
    server, client = server_tls()
    inbox = Inbox()
    with real_server(inbox, ssl_context=server) as port:
        transport = SmtpServer(host="127.0.0.1", port=port, security="tls", tls=client)
        assert carry(transport).state == "accepted"


def test_an_outbox_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file")
    with pytest.raises(MailServerError, match="outbox"):
        Outbox(tmp_path / "outbox").open()
