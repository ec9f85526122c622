"""A numbered newsletter: an issue made of releases and other items, each with a few words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from presskit import german
from presskit.document import Block, Heading, Link, Paragraph, Text
from presskit.reference import Reference


@dataclass(frozen=True, kw_only=True)
class IssueItem:
    """One entry of an issue: a filed release, named by its reference, with a teaser."""

    reference: str
    teaser: str = ""
    title: str = ""
    date: dt.date | None = None
    url: str = ""

    def resolved(self, found: Reference, title: str, date: dt.date, url: str) -> IssueItem:
        """The item with what the archive knows of its release."""
        return IssueItem(
            reference=found.written, teaser=self.teaser, title=title, date=date, url=url
        )

    def blocks(self) -> tuple[Block, ...]:
        """Title as a heading, teaser, and the line that says where the whole text is."""
        date = f", {german.short_date(self.date)}" if self.date else ""
        source = Text(f"{self.reference}{date}")
        line = Link((source,), self.url) if self.url else source
        teaser = (Paragraph((Text(self.teaser),)),) if self.teaser else ()
        return (Heading(2, (Text(self.title or self.reference),)), *teaser, Paragraph((line,)))


@dataclass(frozen=True)
class Issue:
    """The items of a newsletter, in the order the reader meets them."""

    items: tuple[IssueItem, ...]

    def blocks(self) -> tuple[Block, ...]:
        """The issue's place in the text."""
        return tuple(block for item in self.items for block in item.blocks())
