"""Quotations open and close with the marks of their language: „…“ and ‚…‘, in English “…” and ‘…’.

Looked for are the marks of another language, a straight one at one end of a good pair, marks that
open and never close, a blank on the inner side. Guillemets (»…«) are good marks too. A quotation
may go over several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from presskit.intake.manuscript import Manuscript
from presskit.intake.observation import Observation
from presskit.intake.prose import Passage
from presskit.intake.quoting import PAIRS, QuoteFault, look_through
from presskit.intake.rule import Knobs, Rule

_SENTENCES = {
    "foreign": ("{words} is not the mark that belongs here: {near!r}.", "Write {by}."),
    "nested": ("{words} stands within a quotation: {near!r}.", "Write {by}, the inner marks."),
    "blank": ("a blank stands between the mark and its words: {near!r}.", "Leave it out."),
    "unopened": ("a quotation is closed that was not opened: {near!r}.", "Set the missing mark."),
    "unclosed": ("a quotation is opened and not closed: {near!r}.", "Set the missing mark."),
}
_COMMAS = re.compile(r"(?<![\w,]),,(?=[^\W\d])|(?<=[\w.!?…])(?<!')''(?![\w'])|(?<![\w'])''(?=\w)")
_PARAGRAPHS_A_QUOTATION_MAY_SPAN = 6


def _look(page: Manuscript, _knobs: Knobs) -> Iterator[Observation]:
    opening, closing = PAIRS[page.language]
    for spot in page.search(_COMMAS):
        by = opening if spot.match.string[spot.match.end() :][:1].isalnum() else closing
        yield page.seen(spot, "{words} is no quotation mark.", "Write {by}.", by=by)
    carried = False
    for at, passage in enumerate(page.passages):
        carried = carried and passage.kind == "paragraph"
        quotes = look_through(passage.text, page.language, carried=carried)
        yield from (
            _seen(page, passage, each) for each in quotes.faults if each.fault in _SENTENCES
        )
        signs = re.search('[„“”"]', passage.text)
        if quotes.left_open is None:
            carried = carried and not signs
            continue
        carried = _goes_on(page.passages[at + 1 :][:_PARAGRAPHS_A_QUOTATION_MAY_SPAN], page)
        if not carried and not _goes_on_anew(page.passages[at + 1 : at + 2], opening):
            start = quotes.left_open
            yield _seen(page, passage, QuoteFault("unclosed", start, start + 1))


def _goes_on(following: Sequence[Passage], page: Manuscript) -> bool:
    """Whether one of the next paragraphs closes the quotation before another opens."""
    opening, closing = PAIRS[page.language]
    for passage in following:
        if passage.kind != "paragraph":
            return False
        first = re.search(f"[{opening}{closing}]", passage.text)
        if first:
            return first[0] == closing
    return False


def _goes_on_anew(following: Sequence[Passage], opening: str) -> bool:
    """Whether the next paragraph begins with the mark, as long quotations may."""
    return any(each.text.lstrip("\ue000 ").startswith(opening) for each in following)


def _seen(page: Manuscript, passage: Passage, fault: QuoteFault) -> Observation:
    sentence, remedy = _SENTENCES[fault.fault]
    start, end = passage.start + fault.start, passage.start + fault.end
    around = page.source[max(passage.start, start - 20) : end + 20]
    near = " ".join(around.split())
    # A nested pair is for a person to look at: what is inner may be a quotation of its own.
    by = fault.by if passage.fixable and fault.fault != "nested" else None
    facts = {"near": near, "by": fault.by}
    return page.at(start, end, sentence, remedy, by=by, **facts)


RULE = Rule(name="quotation-marks", severity="warning", look=_look)
