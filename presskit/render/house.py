"""House style: what the office's ``templates/`` folder brings to every rendition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from presskit.letterhead import Association


@dataclass(frozen=True, kw_only=True)
class House:
    """The association and its templates, read from disk once.

    ``letterhead`` holds the bytes of the Word letterhead, ``templates`` the text of each Jinja
    template by file name, ``fonts`` is the folder of those for the PDF; ``letterhead_file`` and
    ``folder`` are paths for messages only.
    """

    association: Association
    letterhead: bytes
    letterhead_file: str
    templates: Mapping[str, str]
    folder: str = "templates"
    fonts: str = ""
