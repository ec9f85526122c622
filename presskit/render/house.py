"""House style: what the office's ``templates/`` folder and settings bring to every rendition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from presskit.letterhead import Association
from presskit.pictures import Picture
from presskit.reference import Reference
from presskit.settings import Carriage


@dataclass(frozen=True, kw_only=True)
class House:
    """The association and its templates, read from disk once.

    ``letterhead`` holds the bytes of the Word letterhead, ``templates`` the text of each Jinja
    template by file name, ``fonts`` is the folder of those for the PDF; ``letterhead_file`` and
    ``folder`` are paths for messages only. A mail carries pictures and ``logo`` as the settings
    say; ``base_url`` is the press room's address.
    """

    association: Association
    letterhead: bytes
    letterhead_file: str
    templates: Mapping[str, str]
    folder: str = "templates"
    fonts: str = ""
    logo: Picture | None = None
    mail_pictures: Carriage = "embedded"
    mail_logo: Carriage = "embedded"
    base_url: str = ""

    def address_of(self, reference: Reference) -> str:
        """Where the press room shows a release, with a slash at its end; empty where there is none.

        Below it stands what its bag holds: the pictures of the page and those of the mail.
        """
        return f"{self.base_url}/{reference.file_name}/" if self.base_url else ""
