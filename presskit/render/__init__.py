"""Release -> renditions; each format in a place of its own, all of them named in ``FORMATS``."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from presskit.release import Release
from presskit.render import mail, page, pdf, text, word
from presskit.render.house import House


@dataclass(frozen=True)
class Format:
    """One form a release takes; ``suffix`` ends its file's name."""

    name: str
    suffix: str
    render: Callable[[Release, House], bytes]


FORMATS = (
    Format("docx", ".docx", word.render),
    Format("pdf", ".pdf", pdf.render),
    Format("page", ".html", page.render),
    Format("mail", ".mail.html", mail.render),
    Format("text", ".txt", text.render),
)


@dataclass(frozen=True)
class Rendition:
    """A release in one format: its bytes under a file name."""

    format: str
    name: str
    suffix: str
    content: bytes = field(repr=False)

    @property
    def file_name(self) -> str:
        """The name of its file: ``P-309-2017.mail.html``."""
        return self.name + self.suffix

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


def render_all(release: Release, house: House) -> tuple[Rendition, ...]:
    """Every rendition of a release; the same release and house give the same bytes."""
    name = release.reference.file_name
    return tuple(
        Rendition(each.name, name, each.suffix, each.render(release, house)) for each in FORMATS
    )
