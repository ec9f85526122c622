"""Mail servers for tests, all on loopback: a real one (aiosmtpd), and ones that misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Inbox:
    """What a real server was given; ``refuse`` names replies for recipients it turns away."""

    refuse: dict[str, str] = field(default_factory=dict)
    messages: list[tuple[str, bytes]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Turn away whom the test says."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the message."""
        assert isinstance(envelope.content, bytes)
        self.messages.append((envelope.rcpt_tos[0], envelope.content))
        return "250 kept"

    @property
    def recipients(self) -> list[str]:
        """Who got something, in order of address."""
        return sorted(address for address, _content in self.messages)


@contextlib.contextmanager
def real_server(inbox: Inbox, **options: Any) -> Iterator[int]:
    """A real SMTP server; gives its port."""
    controller = Controller(inbox, hostname="127.0.0.1", port=_free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def authenticator(user: str, password: str) -> Callable[..., AuthResult]:
    """Accepts one login."""

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (
            user.encode(),
            password.encode(),
        )
        return AuthResult(success=good, handled=good)

    return check


def server_tls() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate for 127.0.0.1, and a client's that trusts it."""
    import trustme

    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return server, client


# A scripted server answers each command from its script; these stand for what it can do besides.
DROP = "drop the line"
HANG = "say nothing any more"

USUAL = {
    "": "220 scripted",
    "EHLO": "250 scripted",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 kept",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


@dataclass
class ScriptedServer:
    """A server that follows a script to the letter, however odd; ``kept`` counts whole messages."""

    script: dict[str, str]
    kept: int = 0
    connections: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextlib.contextmanager
    def running(self) -> Iterator[int]:
        """At work while the block lasts; gives the port."""
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=self._accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            self._stop.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()

    def _accept(self, listener: socket.socket) -> None:
        talks = []
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                break
            self.connections += 1
            talks.append(threading.Thread(target=self._talk, args=(client,), daemon=True))
            talks[-1].start()
        for each in talks:
            each.join()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as lines, contextlib.suppress(OSError):
            if not self._answer(client, ""):
                return
            while line := lines.readline():
                verb = line.split()[0].decode().upper() if line.split() else ""
                if not self._answer(client, verb):
                    return
                if verb == "DATA" and self._reply("DATA").startswith("354"):
                    while lines.readline() not in (b".\r\n", b""):
                        pass
                    self.kept += 1
                    if not self._answer(client, "."):
                        return
                if verb == "QUIT":
                    return

    def _reply(self, verb: str) -> str:
        return self.script.get(verb, USUAL.get(verb, "500 what?"))

    def _answer(self, client: socket.socket, verb: str) -> bool:
        reply = self._reply(verb)
        if reply == HANG:
            self._stop.wait()
        if reply in (DROP, HANG):
            return False
        client.sendall(f"{reply}\r\n".encode("latin-1"))
        return True
