"""A small mail catcher on loopback for the demo: speaks SMTP (RFC 5321), keeps all it is given.

It delivers nothing anywhere. It is no server for other uses: no TLS, no login, no limits.
"""

from __future__ import annotations

import contextlib
import mailbox
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path


class MailCatcher(socketserver.ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1 and lays every message into a Maildir."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self._maildir = mailbox.Maildir(folder, create=True)
        self._maildir.colon = "!"
        self._lock = threading.Lock()
        self.caught = 0

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self.server_address[1])

    def keep(self, message: bytes) -> None:
        """Lay one message down."""
        with self._lock:
            self._maildir.add(message)
            self.caught += 1


@contextlib.contextmanager
def catching(folder: Path) -> Iterator[MailCatcher]:
    """A catcher at work for as long as the block lasts."""
    with MailCatcher(folder) as catcher:
        thread = threading.Thread(target=catcher.serve_forever, daemon=True)
        thread.start()
        try:
            yield catcher
        finally:
            catcher.shutdown()
            thread.join()


class _Conversation(socketserver.StreamRequestHandler):
    """One client: commands line by line, each answered from a table."""

    server: MailCatcher

    def handle(self) -> None:
        self._say("220 demo ESMTP")
        while line := self.rfile.readline(2048):
            verb = line.split(b" ")[0].strip().upper().decode("ascii", "replace")
            if verb == "QUIT":
                self._say("221 bye")
                return
            if verb == "DATA":
                self._say("354 go on, end with a dot")
                self.server.keep(self._read_message())
                self._say("250 caught")
            else:
                self._say(_ANSWERS.get(verb, "500 not understood"))

    def _read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".").rstrip(b"\r\n") + b"\n")
        return b"".join(lines)

    def _say(self, reply: str) -> None:
        self.wfile.write(f"{reply}\r\n".encode("ascii"))


_ANSWERS = {
    "EHLO": "250-demo\r\n250 8BITMIME",
    "HELO": "250 demo",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "RSET": "250 fine",
    "NOOP": "250 fine",
}
