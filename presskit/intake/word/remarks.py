"""What the reader of a Word file may remark: one sentence and remedy for each rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from presskit.intake.found import Remark

# rule -> (sentence, remedy, whether somebody has to decide before this can be published)
RULES: dict[str, tuple[str, str, bool]] = {
    "tracked-change": (
        "the file holds {count} tracked changes; insertions were kept, deletions dropped.",
        "Look at them in Word (Review) and accept or reject each.",
        True,
    ),
    "comment": (
        "the file holds {count} comments, which were left out.",
        "Read them in Word, and delete them there.",
        True,
    ),
    "hidden-text": (
        "hidden text was left out: {words}.",
        "Show it in Word (¶) if it is meant to be read.",
        True,
    ),
    "picture": (
        "{count} pictures cannot be taken over: {words}.",
        "Save each as PNG or JPEG and put it beside the draft.",
        True,
    ),
    "alt-text": (
        "{count} pictures have no words for those who cannot see them.",
        "Say in the draft, between the brackets, what each shows.",
        True,
    ),
    "outside-picture": (
        "{count} pictures are outside the file, and nothing is fetched: {words}.",
        "Insert them in Word, or put them beside the draft.",
        True,
    ),
    "object": (
        "{count} embedded objects (charts, diagrams, spreadsheets) were left out.",
        "Save each as a picture, or name it under attachments.",
        True,
    ),
    "heading-1": (
        "headings of level 1 within the text became level 2, for level 1 is the title.",
        "Look whether the levels are meant so.",
        False,
    ),
    "manual-heading": (
        "these lines look like headings but are bold text: {words}.",
        "Put “## ” before each that is one.",
        False,
    ),
    "manual-list": (
        "these lines look like items of a list but are typed: {words}.",
        "Write them as a list, each beginning with “- ” or a number.",
        False,
    ),
    "list-numbers": (
        "lists counted with letters or Roman numbers now count with figures.",
        "Look whether the text refers to them.",
        False,
    ),
    "merged-cells": (
        "{count} merged cells were set apart; the first keeps the words.",
        "Look at the table.",
        False,
    ),
    "inner-table": (
        "{count} tables within tables were written into their cells as lines.",
        "Look at the table.",
        False,
    ),
    "text-box": (
        "the text of {count} text boxes follows the paragraph it was anchored in.",
        "Move it to its place.",
        False,
    ),
    "inner-link": (
        "{count} links within the file or without a whole address became plain words: {words}.",
        "Give them an address that begins with https://.",
        False,
    ),
    "endnote": ("endnotes became footnotes.", "", False),
    "math": ("formulas became plain characters.", "Look whether they can be read.", False),
    "symbol": (
        "signs of the font {words} became bullets.",
        "Look whether they are the right ones.",
        False,
    ),
    "date-field": (
        "a date that Word sets anew each day was taken as it stood in the file: {words}.",
        "Look whether it is the right one.",
        True,
    ),
    "underline": ("underlining has no place in a release and was taken off.", "", False),
    "unreadable": ("a part of the file could not be read: {words}.", "Compare with Word.", True),
    "title": (
        "no title was found.",
        "Write it under “title:”.",
        True,
    ),
}
_MOST_WORDS = 5


@dataclass
class Notes:
    """What was noted while reading, by rule; said once a rule at the end."""

    _counts: Counter[str] = field(default_factory=Counter)
    _words: dict[str, list[str]] = field(default_factory=dict)

    def add(self, rule: str, words: str = "", count: int = 1) -> None:
        """Note something under a rule of :data:`RULES`."""
        self._counts[rule] += count
        if words.strip():
            self._words.setdefault(rule, []).append(" ".join(words.split())[:80])

    def remarks(self) -> tuple[Remark, ...]:
        """A remark for each rule, in the order of the table."""
        return tuple(self._remark(rule) for rule in RULES if self._counts[rule])

    def _remark(self, rule: str) -> Remark:
        sentence, remedy, is_open = RULES[rule]
        found = list(dict.fromkeys(self._words.get(rule, [])))
        shown = "; ".join(found[:_MOST_WORDS]) + " …" * (len(found) > _MOST_WORDS)
        facts = {"count": self._counts[rule], "words": shown}
        return Remark(rule=rule, sentence=sentence, remedy=remedy, open=is_open, facts=facts)
