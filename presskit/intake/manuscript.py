"""A draft's file as the second look sees it: its source, its words, its tree, and some facts."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from presskit.document import Block, Document, Inline, Node, nodes
from presskit.intake.observation import Fix, Observation
from presskit.intake.prose import Kind, Passage, head_passages, text_passages
from presskit.release import Draft
from presskit.settings import Settings
from presskit.wording import Language


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """What the desk knows beside the draft; None where it could not be worked out.

    ``mail_size`` is in bytes, ``list_sizes`` are people by the key of each list named.
    """

    now: dt.datetime
    mail_size: int | None = None
    list_sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Spot:
    """A match in the words of a passage, with its place in the source."""

    passage: Passage
    match: re.Match[str]

    @property
    def start(self) -> int:
        """Where it begins in the source."""
        return self.passage.start + self.match.start()

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.passage.start + self.match.end()


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """What a rule is given.

    ``source`` is the file's text (NFC, line feeds), the text of the release begins on
    ``first_line``. ``draft`` is None where the file is no valid draft, ``text`` where even its text
    cannot be read.
    """

    source: str
    first_line: int
    language: Language
    settings: Settings
    around: Circumstances
    draft: Draft | None
    text: Document | None

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the source."""
        return self.source.split("\n")

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage of running words, the head's first."""
        head, body = self.lines[: self.first_line - 1], self.lines[self.first_line - 1 :]
        offset = sum(len(line) + 1 for line in head)
        return (*head_passages(head), *text_passages(body, offset))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.source))]

    def where(self, offset: int) -> tuple[int, int]:
        """Line and column (from 1) of a place in the source."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def search(self, pattern: re.Pattern[str], *kinds: Kind) -> Iterator[Spot]:
        """Every match in the words of the passages, or of those of some kinds."""
        for passage in self.passages:
            if not kinds or passage.kind in kinds:
                for match in pattern.finditer(passage.text):
                    yield Spot(passage, match)

    def seen(
        self, spot: Spot, sentence: str, remedy: str, *, by: str | None = None, **facts: object
    ) -> Observation:
        """An observation about a spot; ``by`` is what may safely stand there instead."""
        return self.at(
            spot.start, spot.end, sentence, remedy, by=by if spot.passage.fixable else None, **facts
        )

    def at(
        self,
        start: int,
        end: int,
        sentence: str,
        remedy: str,
        *,
        by: str | None = None,
        **facts: object,
    ) -> Observation:
        """An observation about a piece of the source; ``words`` and ``by`` are among its facts."""
        line, column = self.where(start)
        old = self.source[start:end]
        words = " ".join(old.split())
        return Observation(
            sentence=sentence,
            remedy=remedy,
            line=line,
            column=column,
            words=words,
            fix=Fix(start=start, old=old, new=by) if by is not None and by != old else None,
            facts={"words": words, "by": by, **facts},
        )

    def key(self, key: str, sentence: str, remedy: str, /, **facts: object) -> Observation:
        """An observation about a key of the head, or about the head where it is missing."""
        line = self.draft.lines.get(key, 1) if self.draft else 1
        return Observation(sentence=sentence, remedy=remedy, line=line, words=key, facts=facts)

    @cached_property
    def nodes(self) -> tuple[tuple[Node, int], ...]:
        """Every node of the text with the line of the block it stands in."""
        return tuple(_with_lines(self.text)) if self.text else ()


def _with_lines(text: Document) -> Iterator[tuple[Node, int]]:
    line = 0
    for node in nodes(text):
        line = getattr(node, "line", 0) or line
        yield node, line


def blocks(page: Manuscript) -> Iterator[tuple[Block, int]]:
    """Every block of the text with its line."""
    return ((node, line) for node, line in page.nodes if isinstance(node, Block))


def inlines(page: Manuscript) -> Iterator[tuple[Inline, int]]:
    """Every inline of the text with the line of its block."""
    return ((node, line) for node, line in page.nodes if isinstance(node, Inline))
