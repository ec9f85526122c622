"""The words of a link say where it leads.

“Hier” or “mehr” say nothing to those who jump from link to link; a whole address is read aloud sign
by sign. The name of a site (`www.staedtetag-bw.de`) may stand, for a release is also printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presskit.document import Link, plain
from presskit.intake.manuscript import Manuscript, inlines
from presskit.intake.observation import Observation
from presskit.intake.rule import Knobs, Rule, Severity

_EMPTY = frozenset(
    (
        *("hier", "siehe hier", "hier klicken", "klicken sie hier", "hier entlang", "dort", "link"),
        *("klick", "klicken", "unter diesem link", "diesem link", "dieser link", "website"),
        *("mehr", "mehr lesen", "mehr dazu", "mehr erfahren", "mehr infos", "mehr informationen"),
        *("weiter", "weiterlesen", "download", "zum download", "pdf", "webseite"),
        *("here", "click here", "more", "read more", "learn more", "more information"),
        *("this link", "this page", "this"),
    )
)
_ADDRESS = re.compile(r"https?://\S+")


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    for node, line in inlines(page):
        if isinstance(node, Link) and (said := _said(node)):
            sentence, remedy, severity = said
            words = plain(node.children)
            yield Observation(
                sentence=sentence,
                remedy=remedy,
                line=line,
                words=words,
                severity=severity,
                facts={"words": words, "target": node.target},
            )


def _said(link: Link) -> tuple[str, str, Severity] | None:
    words = " ".join(plain(link.children).split())
    if words.strip(" .:!»«›‹>→…").lower() in _EMPTY:
        sentence = "the words of the link, {words!r}, do not say where it leads."
        return sentence, "Name what is found there, as in “[Programm der Tagung](…)”.", "warning"
    if _ADDRESS.fullmatch(words) and len(words) > 40:
        sentence = "a bare address stands in the text: {words}."
        return sentence, "Give it words: “[what is found there]({target})”.", "hint"
    return None


RULE = Rule(name="link-text", severity="warning", look=_look)
