"""The running text of a draft's file, passage by passage, with all that is not words masked.

A passage's ``text`` is as long as the piece of the file it stands for, so that every place in it is
a place of the file. What dresses the words (``**``, ``[``, ``](address)``) is replaced by
:data:`MARK`, what stands among them without being words (code, addresses, pictures) by
:data:`THING`. The scanner never refuses: it also reads what is no valid draft, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from presskit import german

MARK = "\ue000"
THING = "\ue001"

# What the parser would refuse as one paragraph is not looked at: it is reported as unreadable.
LONGEST_PASSAGE = 50_000

Kind = Literal["head", "paragraph", "heading", "cell"]


@dataclass(frozen=True)
class Passage:
    """A paragraph, heading, table cell or value of the head; ``key`` is the head's.

    ``fixable`` is False where a change could alter how the head is read.
    """

    kind: Kind
    start: int
    text: str
    key: str = ""
    fixable: bool = True


# The head

_HEAD_KEYS = "title|subject|kicker|teaser|office|event"
_HEAD_LINE = re.compile(
    rf"(?P<before>[ \t]*(?:-[ \t]+)?(?P<key>{_HEAD_KEYS}):[ \t]+)(?P<value>\S.*)"
)


def head_passages(lines: list[str]) -> Iterator[Passage]:
    """The values of the head that are words for readers and stand on one line."""
    offset = 0
    for line in lines:
        found = _HEAD_LINE.fullmatch(line.rstrip())
        if found:
            start, value, fixable = _scalar(found)
            if value:
                text = _masked(value)
                yield Passage("head", offset + start, text, found["key"], fixable)
        offset += len(line) + 1


def _scalar(found: re.Match[str]) -> tuple[int, str, bool]:
    """Where a YAML scalar's words begin, the words, and whether they may be changed in place."""
    value, start = found["value"], found.start("value")
    if value[0] in "\"'" and len(value) > 1 and value.endswith(value[0]):
        inner = value[1:-1]
        plain = value[0] not in inner and "\\" not in inner
        return start + 1, inner.replace('\\"', f'{MARK}"').replace("''", f"{MARK}'"), plain
    if value[0] in "\"'|>[{&*!%@`":
        return start, "", False
    words = value.partition(" #")[0].rstrip()
    return start, words, ": " not in words


# The text

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_PREFIX = re.compile(r"(?:[ \t]{0,12}>)*[ \t]*(?:[-*+][ \t]+)*(?:[-*+][ \t]*$)?")
_LIST_NUMBER = re.compile(rf"[ \t>]*\d{{1,9}}[.)][ \t]+(?!{german.MONTH})")
_BULLET = re.compile(r"[ \t>]*[-*+](?:[ \t]|$)")
_HEADING = re.compile(r"[ \t>]*#{1,6}(?:[ \t]+|$)")
_RULE = re.compile(r"[ \t>]*(?:[-_*=][ \t]*){3,}")
_NOTE = re.compile(r"[ \t>]*\[\^[^\]\s]{1,200}\]:[ \t]*")
_DEFINITION = re.compile(r"[ \t>]*\[[^\]]{1,500}\]:[ \t]*\S.*")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")


def text_passages(lines: list[str], offset: int) -> Iterator[Passage]:
    """The passages of a Markdown text that begins at ``offset`` of its file."""
    starts = _starts(lines, offset)
    group: list[int] = []
    fence = ""
    code = False
    after_list = False
    for number, line in enumerate([*lines, ""]):
        if fence:
            found = _FENCE.match(line)
            fence = "" if found and found[1].startswith(fence) else fence
            continue
        bare = line.strip(" \t>")
        found = _FENCE.match(line)
        indented = line.startswith(("    ", "\t")) and not group and not after_list
        code = bool(bare) and indented
        if found or code or not bare or _begins(line) or _DEFINITION.fullmatch(line):
            yield from _passages(lines, group, starts)
            group = []
        if found:
            fence = found[1]
        elif bare and not code and (_NOTE.match(line) or not _DEFINITION.fullmatch(line)):
            group.append(number)
            marked = _BULLET.match(line) or _LIST_NUMBER.match(line) or _NOTE.match(line)
            after_list = bool(marked) or (after_list and line.startswith((" ", "\t")))
        if _HEADING.match(line):
            yield from _passages(lines, group, starts)
            group = []


def _starts(lines: list[str], offset: int) -> list[int]:
    starts = [offset]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _begins(line: str) -> bool:
    """Whether a line begins a passage of its own."""
    return any(each.match(line) for each in (_HEADING, _BULLET, _LIST_NUMBER, _NOTE))


def _passages(lines: list[str], group: list[int], starts: list[int]) -> Iterator[Passage]:
    if not group:
        return
    if any("|" in lines[each] and _DELIMITERS.fullmatch(lines[each]) for each in group[:3]):
        for number in group:
            if not _DELIMITERS.fullmatch(lines[number]):
                yield from _cells(lines[number], starts[number])
        return
    kind: Kind = "heading" if _HEADING.match(lines[group[0]]) else "paragraph"
    pieces = [_without_prefix(lines[each]) for each in group if not _RULE.fullmatch(lines[each])]
    text = "\n".join(pieces)
    if len(pieces) == len(group) and len(text) <= LONGEST_PASSAGE and text.strip(f" \t\n{MARK}"):
        yield Passage(kind, starts[group[0]], _masked(text))
    elif len(pieces) < len(group):
        for number in group:
            if not _RULE.fullmatch(lines[number]):
                yield Passage(kind, starts[number], _masked(_without_prefix(lines[number])))


def _without_prefix(line: str) -> str:
    """A line with the marks of quotes, lists, headings and notes before its words masked."""
    prefix = _PREFIX.match(line)
    end = prefix.end() if prefix else 0
    for mark in (_HEADING, _NOTE):
        if found := mark.match(line):
            end = max(end, found.end())
    closing = re.search(r"[ \t]#+[ \t]*$", line[-40:]) if _HEADING.match(line) else None
    cut = len(line) - len(closing[0]) if closing else len(line)
    cut = max(cut, end)
    return MARK * end + line[end:cut] + MARK * (len(line) - cut)


def _cells(line: str, start: int) -> Iterator[Passage]:
    end = 0
    for bar in re.finditer(r"(?<!\\)\||$", line):
        words = line[end : bar.start()]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield Passage("cell", start + end + lead, _masked(words.strip()))
        end = bar.end()


# Inlines

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~]|(?=\n))")
_IMAGE = re.compile(r"!\[[^\[\]]{0,2000}\]\([^()\n]{0,2000}\)")
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{0,2000}|[^\s<>@]{1,200}@[^\s<>]{1,200})>"
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,500})?/?>")
_TARGET = re.compile(
    r"\]\((?:<[^<>\n]{0,2000}>|[^\s()]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,500}){0,4})"
    r"(?:[ \t\n]{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'))?[ \t\n]{0,9}\)"
    r"|\]\[[^\[\]]{0,500}\]"
)
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,200}\]")
_NAME = re.compile(
    r"(?<![\w.@/-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\."
    r"(?:de|com|org|net|eu|info|at|ch|berlin|bayern|saarland|pdf|docx?|xlsx?|pptx?|jpe?g|png|html?|php|zip|txt|csv)"
    r"(?:/[^\s<>\"„“”)\]]{0,500})?(?![\w-])"
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_DRESS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)|(?<=[!?.,;:“”)])\*+|\*{2,}")
_BRACKET = re.compile(r"\[(?=[^\[\]]{0,500}[\ue000])")


def _masked(text: str) -> str:
    """A passage's words with its inline marks and things masked, place by place."""
    text = _without_code(text)
    text = _ESCAPE.sub(lambda found: MARK + found[1] if found[1] else MARK, text)
    for pattern in (_IMAGE, _AUTOLINK, _TAG):
        text = pattern.sub(_as_thing, text)
    text = _TARGET.sub(_as_mark, text)
    text = _NOTE_MARK.sub(_as_mark, text)
    text = german.ADDRESS.sub(_as_thing, text)
    text = _NAME.sub(_as_thing, text)
    text = _ENTITY.sub(_entity, text)
    text = _DRESS.sub(lambda found: found[0] if _is_sign(found) else MARK * len(found[0]), text)
    return _BRACKET.sub(MARK, text)


def _as_thing(found: re.Match[str]) -> str:
    return "".join("\n" if sign == "\n" else THING for sign in found[0])


def _as_mark(found: re.Match[str]) -> str:
    return "".join("\n" if sign == "\n" else MARK for sign in found[0])


def _entity(found: re.Match[str]) -> str:
    first = german.NO_BREAK_SPACE if found[0] == "&nbsp;" else THING
    return first + MARK * (len(found[0]) - 1)


def _is_sign(found: re.Match[str]) -> bool:
    """Whether asterisks or low lines stand alone between blanks."""
    before = found.string[found.start() - 1 : found.start()] or " "
    after = found.string[found.end() : found.end() + 1] or " "
    return before.isspace() and after.isspace()


def _without_code(text: str) -> str:
    """Code between backticks masked; each run is closed by the next one of its length."""
    runs = list(re.finditer(r"`+", text))
    if not runs:
        return text
    following: dict[int, int] = {}
    closer: dict[int, int] = {}
    for position in range(len(runs) - 1, -1, -1):
        length = len(runs[position][0])
        if length in following:
            closer[position] = following[length]
        following[length] = position
    parts, end, position = [], 0, 0
    while position < len(runs):
        start = runs[position].start()
        escaped = text[start - 1 : start] == "\\"
        if position in closer and not escaped:
            stop = runs[closer[position]].end()
            parts += [text[end:start], re.sub(r"[^\n]", THING, text[start:stop])]
            end, position = stop, closer[position]
        position += 1
    return "".join((*parts, text[end:]))
