"""What presskit says when something cannot be done: a sentence, the facts, the next step."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What may not stand in a message: it is one line, and no key or value fills the screen.
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_LONGEST_FACT = 160


@dataclass(frozen=True)
class Place:
    """Where a fault stands: a file, and as far as known its line and key."""

    file: str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        key = f", key {shortened(self.key)!r}" if self.key else ""
        return f"{self.file}{line}{key}"


class PresskitError(Exception):
    """A fault a person can mend.

    ``sentence`` and ``remedy`` are templates whose named fields are ``facts``, so that a door
    (the command line, the web) can show them in its own language.
    """

    def __init__(
        self, sentence: str, *, remedy: str = "", place: Place | None = None, **facts: object
    ) -> None:
        self.sentence = sentence
        self.remedy = remedy
        self.place = place
        self.facts = facts
        super().__init__(str(self))

    def __str__(self) -> str:
        """The place, the sentence and the remedy on one line."""
        facts = {name: shortened(fact) for name, fact in self.facts.items()}
        where = f"{self.place}: " if self.place else ""
        remedy = f" {self.remedy.format(**facts)}" if self.remedy else ""
        return _LINE_ENDS.sub(" ", f"{where}{self.sentence.format(**facts)}{remedy}")


def shortened(fact: object) -> object:
    """A fact fit for a message: long text is cut."""
    if isinstance(fact, str | list | dict) and len(str(fact)) > _LONGEST_FACT:
        return f"{str(fact)[:_LONGEST_FACT]}…"
    return fact


class OfficeError(PresskitError):
    """There is no office, or its settings cannot be understood."""


class DraftError(PresskitError):
    """A draft cannot be read or must not be published as it is."""


class NumberError(PresskitError):
    """A number cannot be read, drawn, or found."""


class LetterheadError(PresskitError):
    """The office's Word letterhead cannot carry the release."""


class TemplateError(PresskitError):
    """A template of the office is broken or asks for something that is not there."""


class UnsupportedError(PresskitError):
    """A format cannot carry a piece of the text; nothing is dropped silently."""


class ArchiveError(PresskitError):
    """The archive or its catalogue cannot be read or written."""


class RecipientsError(PresskitError):
    """A distribution list cannot be read or used."""


class DispatchError(PresskitError):
    """A dispatch cannot be started or did not reach everybody."""


class MailServerError(DispatchError):
    """The mail server cannot be reached or refuses to work for us."""
