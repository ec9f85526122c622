"""What a reader found in an edited Word file or in the page of a past release.

The readers do not guess: each value says how sure it is and where it stood, and the person who
imports it decides. The keys are those of a draft's head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from presskit.document import Document
from presskit.pictures import Picture

# certain: it stood under its tag or label in one known form; likely: known by its place or shape
# alone; unsure: there are several candidates, or the form is unusual.
Confidence = Literal["certain", "likely", "unsure"]

# The keys that may be found, in the order of a draft's head. A contact's and an inquiry's parts
# are ``contact.name``, ``inquiries.0.phone`` and so on (parts: name, role_label, office, email,
# phone, fax, initials). ``file_reference`` and ``issuers`` may be found several times;
# ``documents`` are the names of files that a page lists without holding them.
KEYS = (
    *("series", "kind", "kicker", "title", "subject", "date", "title_date", "file_reference"),
    *("reference", "contact", "inquiries", "place", "embargo", "issuers", "documents", "language"),
)


@dataclass(frozen=True, kw_only=True)
class Found:
    """One value as it was found; ``line`` counts from 1, 0 where the source has no lines.

    A date is written ``2017-07-31``, a phone number healed (``0711 22921-48``), and ``source`` is
    what stood there.
    """

    key: str
    value: str
    confidence: Confidence
    line: int = 0
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What the person who imports should know: a sentence and a remedy, templates as in errors.

    ``open`` says that somebody has to decide before this can be published.
    """

    rule: str
    sentence: str
    remedy: str
    line: int = 0
    open: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All that a reader took from a source; nothing of the source's words is lost.

    ``pictures`` are those that ``text`` shows, by the ``source`` of its images.
    """

    found: tuple[Found, ...]
    text: Document
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def values(self, key: str) -> tuple[Found, ...]:
        """What was found under a key, in the order of the source."""
        return tuple(each for each in self.found if each.key == key)
