"""The lines of a release's page: its head by labels, its headline, its text, and the rest."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence

from presskit.document import (
    Block,
    BulletList,
    Document,
    Heading,
    Inline,
    LineBreak,
    ListItem,
    Paragraph,
    Text,
)
from presskit.intake.appendages import take_off
from presskit.intake.found import Found, Reading, Remark
from presskit.intake.labels import SourceLine, read_letterhead
from presskit.intake.past.sources import PageLine

# A head is looked for in the first lines, up to the first that is as long as running text.
_LONGEST_HEAD = 60
_RUNNING_TEXT = 160
# Lines of a text that was broken by hand are all shorter than this.
_HAND_BROKEN = 100
_NAVIGATION = re.compile(
    r"(?:Sprungziele|Inhalt|Sie sind hier:?|Zum Inhalt.*|Navigation.*|Seite drucken|Drucken|"
    r"Nach oben|Startseite|Menü|Suche|Zurück)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*[•·▪*–-]\s+(?P<words>\S.*)")
_STATEMENT = re.compile(r"QR\s?#\s?\d+\s*\|")
_SINGLE = ("reference", "date", "title_date", "kind", "subject")
_EXPECTED = {"reference": "number", "date": "date of the letterhead"}


def read_page(lines: Sequence[PageLine]) -> Reading:
    """Read a page's lines."""
    head = _head(lines)
    known = read_letterhead([SourceLine(each.number, each.text) for each in head])
    beginning = max(known.used, default=0)
    left_out = [
        line
        for line in head
        if line.number not in known.used
        and not line.is_blank
        and (line.number < beginning or _NAVIGATION.fullmatch(_plain(line.text)))
    ]
    spent = known.used | {line.number for line in left_out}
    rest = [line for line in lines if line.number > beginning and line.number not in spent]
    title, rest = _headline(rest, certain=bool(known.used))
    text, around = take_off(Document(_blocks(rest)))
    found, conflicts = _settled((*known.found, *title, *around))
    remarks = (*_left_out(left_out), *conflicts, *_missing(found), *_dates(found), *_several(lines))
    return Reading(found=found, text=text, remarks=remarks)


def _head(lines: Sequence[PageLine]) -> list[PageLine]:
    head: list[PageLine] = []
    for line in lines:
        filled = sum(not each.is_blank for each in head)
        if filled >= _LONGEST_HEAD or len(line.text) > _RUNNING_TEXT:
            break
        head.append(line)
    return head


def _headline(lines: list[PageLine], *, certain: bool) -> tuple[tuple[Found, ...], list[PageLine]]:
    """The first words below the head; of a text broken by hand, all lines of them."""
    start = next((n for n, line in enumerate(lines) if not line.is_blank), None)
    if start is None:
        return (), lines
    end = start + 1
    while end < len(lines) and not lines[start].whole and not lines[end].is_blank:
        if len(lines[start].text) > _HAND_BROKEN or end - start > 3:
            break
        end += 1
    if end < len(lines) and end - start > 4:
        end = start + 1
    words = " ".join(_plain(line.text) for line in lines[start:end])
    title = Found(
        key="title",
        value=words,
        confidence="likely" if certain else "unsure",
        line=lines[start].number,
        source=words,
    )
    return (title,), lines[end:]


def _blocks(lines: Sequence[PageLine]) -> tuple[Block, ...]:
    written = [line for line in lines if not line.is_blank]
    by_hand = max((len(line.text) for line in written), default=0) <= _HAND_BROKEN
    blocks: list[Block] = []
    for group in _groups(lines):
        blocks += _group_blocks(group, by_hand=by_hand)
    return tuple(_joined_lists(blocks))


def _groups(lines: Sequence[PageLine]) -> Iterator[list[PageLine]]:
    """Lines that belong to one paragraph or list."""
    group: list[PageLine] = []
    for line in lines:
        if line.is_blank or line.whole:
            if group:
                yield group
            group = []
            if line.whole:
                yield [line]
            continue
        group.append(line)
    if group:
        yield group


def _group_blocks(group: list[PageLine], *, by_hand: bool) -> Iterator[Block]:
    held: list[PageLine] = []
    for line in group:
        item = _ITEM.fullmatch(line.text)
        if item is None and line.kind != "item":
            if held and _is_item(held[0]) and line.text.startswith("  "):
                held.append(line)
                continue
            if held and _is_item(held[0]):
                yield _block(held, by_hand=by_hand)
                held = []
            held.append(line)
            continue
        if held:
            yield _block(held, by_hand=by_hand)
        held = [line]
    if held:
        yield _block(held, by_hand=by_hand)


def _is_item(line: PageLine) -> bool:
    return line.kind == "item" or _ITEM.fullmatch(line.text) is not None


def _block(lines: list[PageLine], *, by_hand: bool) -> Block:
    first = lines[0]
    if _is_item(first):
        item = _ITEM.fullmatch(first.text)
        own = item["words"] if item else first.text
        words = " ".join([_plain(own), *(_plain(line.text) for line in lines[1:])])
        inlines = first.inlines if first.inlines and item is None else (Text(words),)
        paragraph = Paragraph(inlines, line=first.number)
        return BulletList((ListItem((paragraph,), line=first.number),), line=first.number)
    inlines = first.inlines if first.whole else _running(lines, by_hand=by_hand)
    if first.kind == "heading":
        return Heading(2, inlines, line=first.number)
    return Paragraph(inlines, line=first.number)


def _running(lines: list[PageLine], *, by_hand: bool) -> tuple[Inline, ...]:
    if by_hand:
        return (Text(" ".join(_plain(line.text) for line in lines)),)
    inlines: list[Inline] = []
    for line in lines:
        inlines += [LineBreak()] * bool(inlines)
        inlines.append(Text(_plain(line.text)))
    return tuple(inlines)


def _joined_lists(blocks: list[Block]) -> Iterator[Block]:
    """Neighbouring items as one list."""
    held: BulletList | None = None
    for block in blocks:
        if isinstance(block, BulletList):
            held = (
                block if held is None else dataclasses.replace(held, items=held.items + block.items)
            )
            continue
        if held is not None:
            yield held
            held = None
        yield block
    if held is not None:
        yield held


def _settled(found: Sequence[Found]) -> tuple[tuple[Found, ...], tuple[Remark, ...]]:
    """Each value once; what has several is unsure, and somebody has to decide."""
    kept: dict[tuple[str, str], Found] = {}
    for each in found:
        kept.setdefault((each.key, each.value), each)
    remarks = []
    for key in _SINGLE:
        rivals = [each for each in kept.values() if each.key == key]
        if len(rivals) > 1:
            for each in rivals:
                kept[key, each.value] = dataclasses.replace(each, confidence="unsure")
            shown = "; ".join(f"{each.value} (line {each.line})" for each in rivals)
            remarks.append(_remark("conflict", line=rivals[0].line, key=key, values=shown))
    return tuple(kept.values()), tuple(remarks)


_RULES = {
    "left-out": ("{count} lines beside the release were left out: {words}.", "", False),
    "conflict": ("several values were found for {key}: {values}.", "Keep the right one.", True),
    "missing": ("no {what} was found.", "Write it under “{key}:”.", True),
    "dates": (
        "the page's title says {title_date} and the letterhead {date}.",
        "The letterhead's was taken; look whether it is right.",
        False,
    ),
    "several": (
        "the page lists {count} statements; each is a text of its own.",
        "Begin a draft for each with `presskit new --series QR`.",
        True,
    ),
}


def _remark(rule: str, line: int = 0, **facts: object) -> Remark:
    sentence, remedy, is_open = _RULES[rule]
    return Remark(rule=rule, sentence=sentence, remedy=remedy, line=line, open=is_open, facts=facts)


def _left_out(lines: Sequence[PageLine]) -> Iterator[Remark]:
    if lines:
        words = "; ".join(f"“{_plain(each.text)}” (line {each.number})" for each in lines)
        yield _remark("left-out", line=lines[0].number, count=len(lines), words=words)


def _missing(found: Sequence[Found]) -> Iterator[Remark]:
    for key, what in _EXPECTED.items():
        if not any(each.key == key for each in found):
            yield _remark("missing", key=key, what=what)


def _dates(found: Sequence[Found]) -> Iterator[Remark]:
    values = {each.key: each for each in found if each.key in ("date", "title_date")}
    if len(values) == 2 and values["date"].value != values["title_date"].value:
        facts = {key: each.value for key, each in values.items()}
        yield _remark("dates", line=values["title_date"].line, **facts)


def _several(lines: Sequence[PageLine]) -> Iterator[Remark]:
    count = sum(_STATEMENT.match(line.text.strip()) is not None for line in lines)
    if count > 1:
        yield _remark("several", count=count)


def _plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
