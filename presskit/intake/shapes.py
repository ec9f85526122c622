"""What words look like (shouted, ended like a sentence), and sets of them."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(
    r"(?:\b[A-Za-zÄÖÜäöü]|\b(?:etc|usw|bzw|ca|Nr|Abs|Art|Dr|Prof|St|Co|Inc|Ltd|Hrsg|evtl|ggf|inkl|Str|\d{1,3}))\.$"
)


def word_set(written: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(written.split())


def is_shouted(words: str) -> bool:
    """Whether several words, or one long one, are in capitals throughout."""
    letters = [each for each in words if each.isalpha()]
    long_words = [each for each in re.findall(r"[^\W\d_]+", words) if len(each) > 5]
    return bool(long_words) and len(letters) > 8 and not any(each.islower() for each in letters)


def ends_with_a_full_stop(words: str) -> bool:
    """Whether a line ends with a full stop that is no part of an abbreviation."""
    words = words.rstrip("“”»«\"' ")
    return (
        words.endswith(".") and not words.endswith("..") and not _ABBREVIATION.search(words[-12:])
    )
