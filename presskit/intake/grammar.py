"""The Markdown that presskit reads: CommonMark with tables and footnotes, and nothing lost.

The rules here differ from the standard where German press text would suffer (``31. Juli`` is no
numbered list), and refuse what the standard drops in silence: footnotes and link targets that
nobody uses, cells without a heading, text nested deeper than any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.list import list_block
from markdown_it.rules_block.table import escapedSplit, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from presskit import german
from presskit.errors import DraftError
from presskit.wording import Language, word

_MOST_NESTED = 24
_LONGEST_PARAGRAPH = 50_000  # characters


class Refusal(Protocol):
    """Makes the error for a fault; ``line`` counts from 0 within the text."""

    def __call__(self, line: int, sentence: str, remedy: str, **facts: object) -> DraftError: ...


class _Definitions(dict[str, Any]):
    """The link targets defined in a text (``[name]: address``); remembers which are used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.used.add(label)
        return super().get(label, default)


def parse(text: str, language: Language, refuse: Refusal) -> list[Token]:
    """The tokens of a text; a fault is raised as the error that ``refuse`` makes of it."""
    return _parser(language).parse(text, {"refuse": refuse, "references": _Definitions()})


def parse_line(text: str, language: Language) -> str:
    """One line of plain text with the quotation marks of a language."""
    token = _line_parser(language).parseInline(text)[0]
    return "".join(child.content for child in token.children or ())


@cache
def _parser(language: Language) -> MarkdownIt:
    options = {
        "typographer": True,
        "quotes": word("quote_marks", language),
        "html": False,
        "maxNesting": _MOST_NESTED + 6,  # markdown-it drops what is deeper; ours is refused before
    }
    parser = MarkdownIt("commonmark", options).enable(["table", "smartquotes"])
    parser.use(footnote_plugin, inline=False)
    block, core = parser.block.ruler, parser.core.ruler
    block.at("list", _list_unless_ordinal, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("table", _table_with_all_cells, {"alt": ["paragraph", "reference"]})
    core.after("normalize", "mask_dates", _mask_dates)
    core.after("block", "unmask_dates", _unmask_dates)
    core.after("unmask_dates", "check_sizes", _check_sizes)
    core.before("footnote_tail", "check_definitions", _check_definitions)
    core.before("footnote_tail", "check_notes", _check_notes)
    core.before("smartquotes", "hide_addresses", _hide_addresses)
    core.after("smartquotes", "mend_quotes", _mend_quotes)
    return parser


@cache
def _line_parser(language: Language) -> MarkdownIt:
    options = {"typographer": True, "quotes": word("quote_marks", language)}
    parser = MarkdownIt("zero", options).enable("smartquotes")
    parser.core.ruler.before("smartquotes", "hide_addresses", _hide_addresses)
    parser.core.ruler.after("smartquotes", "mend_quotes", _mend_quotes)
    return parser


# Dates and ordinals at a line's beginning are no lists

_MASK = "\ufdd0"  # stands for the blank of “31. Juli”; a draft cannot hold this character
_DATE_LINE = re.compile(
    # a quote’s or list’s marks, the day, its blank, and ahead the month
    rf"^([ \t>*+-]*(?:\d{{1,9}}[.)][ \t][ \t>*+-]*)*[0-3]?\d\.) (?= *{german.MONTH})",
    re.MULTILINE,
)


def _mask_dates(state: StateCore) -> None:
    state.src = _DATE_LINE.sub(rf"\1{_MASK}", state.src)


def _unmask_dates(state: StateCore) -> None:
    for token in state.tokens:
        token.content = token.content.replace(_MASK, " ")
        token.info = token.info.replace(_MASK, " ")
    for target in state.env["references"].values():
        target["title"] = target["title"].replace(_MASK, " ")


_LIST_NUMBER = re.compile(r"(\d{1,9})\. ")
_LINES_TO_LOOK_AT = 50


def _list_unless_ordinal(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's list rule, but ``25. Hauptversammlung`` opens a sentence: no item 26 follows.

    In the middle of a paragraph even ``1. Vorsitzende`` is text, unless an item 2 follows.
    """
    found = _LIST_NUMBER.match(_line(state, start))
    interrupts = silent and state.sCount[start] >= state.blkIndent
    if found and (interrupts or (not silent and int(found[1]) > 1)):
        number = int(found[1])
        following = (f"{number + 1}. ", *((found[0],) if number <= 1 else ()))
        lines = range(start + 1, min(end, start + _LINES_TO_LOOK_AT))
        if not _is_followed(state, following, lines, within_paragraph=interrupts):
            return False
    return list_block(state, start, end, silent)


def _is_followed(
    state: StateBlock, following: tuple[str, ...], lines: range, *, within_paragraph: bool
) -> bool:
    after_blank = False
    for number in lines:
        line = _line(state, number)
        if line.startswith(following):
            return True
        if within_paragraph and after_blank and line:
            return False
        after_blank = not line
    return False


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


# Nothing is dropped in silence


def _table_with_all_cells(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Markdown's table rule, which would drop cells that stand beyond the last heading."""
    known = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    rows = [token for token in state.tokens[known:] if token.type == "tr_open"]
    columns = [len(_cells(_line(state, row.map[0]))) for row in rows if row.map]
    for row, count in zip(rows, columns, strict=True):
        if count > columns[0]:
            raise state.env["refuse"](
                row.map[0] if row.map else start,
                "this row has {count} cells, but the table has {columns} headings.",
                r"Give each column a heading; write “\|” for a bar in the text.",
                count=count,
                columns=columns[0],
            )
    return True


def _cells(line: str) -> list[str]:
    cells = escapedSplit(line.strip())
    first = 1 if cells[0] == "" else 0
    last = len(cells) - (cells[-1] == "")
    return cells[first:last]


def _check_sizes(state: StateCore) -> None:
    for token in state.tokens:
        line = token.map[0] if token.map else 0
        if token.level > _MOST_NESTED:
            raise state.env["refuse"](line, "the text is nested too deeply.", "Write it flatter.")
        if token.type == "inline" and len(token.content) > _LONGEST_PARAGRAPH:
            remedy = "Part it with empty lines."
            raise state.env["refuse"](line, "this paragraph is far too long.", remedy)


def _check_definitions(state: StateCore) -> None:
    definitions = state.env["references"]
    doubled = state.env.get("duplicate_refs", [])
    for each in doubled:
        raise state.env["refuse"](
            each["map"][0],
            "the address of {label!r} is given twice.",
            "Keep one of them.",
            label=each["label"].lower(),
        )
    for label, target in definitions.items():
        if label not in definitions.used:
            raise state.env["refuse"](
                target["map"][0],
                "this line would be lost: it gives {label!r} an address, but nothing refers to it.",
                r"Remove it; if it is text, begin it with “\[”.",
                label=label.lower(),
            )


_UNDEFINED_MARK = re.compile(r"\[\^[^\]\s]+\]")


def _check_notes(state: StateCore) -> None:
    """Footnotes: each mark has its note, each note a mark in the text, and none has notes."""
    lines: dict[str, int] = {}
    used: set[str] = set()
    within: str | None = None
    line = 0
    for token in state.tokens:
        line = token.map[0] if token.map else line
        if token.type == "footnote_reference_open":
            _check_definition(state, token, lines, within)
            within = token.meta["label"]
            lines[within] = line
        elif token.type == "footnote_reference_close":
            within = None
        for mark in _marks(state, token, line):
            if within is not None:
                sentence = "a footnote stands inside the footnote {label!r}."
                remedy = "Write it into the note itself."
                raise state.env["refuse"](line, sentence, remedy, label=within)
            used.add(mark)
    _refuse_unused(state, lines, used)


def _check_definition(
    state: StateCore, token: Token, lines: MutableMapping[str, int], within: str | None
) -> None:
    label = token.meta["label"]
    line = token.map[0] if token.map else 0
    if label in lines:
        sentence = "the footnote {label!r} is written twice."
        raise state.env["refuse"](line, sentence, "Give one of them another mark.", label=label)
    if within is not None:
        sentence = "the footnote {label!r} stands inside another one."
        raise state.env["refuse"](line, sentence, "Begin it at the line’s beginning.", label=label)


def _refuse_unused(state: StateCore, lines: MutableMapping[str, int], used: set[str]) -> None:
    for label, line in lines.items():
        if label not in used:
            raise state.env["refuse"](
                line,
                "the footnote {label!r} is written but nothing refers to it.",
                "Set “[^{label}]” where it belongs, or remove it.",
                label=label,
            )


def _marks(state: StateCore, token: Token, line: int) -> Iterator[str]:
    """The labels of the footnote marks in a paragraph."""
    for child in _inlines(token.children or ()):
        if child.level > _MOST_NESTED:
            raise state.env["refuse"](line, "the text is nested too deeply.", "Write it flatter.")
        if child.type == "footnote_ref":
            yield child.meta["label"]
        elif child.type == "text" and (found := _UNDEFINED_MARK.search(child.content)):
            raise state.env["refuse"](
                line,
                "there is no footnote for the mark {mark!r}.",
                "Write the note as a paragraph of its own: “{mark}: …”.",
                mark=found[0],
            )
        elif any(each.type == "footnote_ref" for each in _inlines(child.children or ())):
            remedy = "Set it behind the picture."
            raise state.env["refuse"](line, "a footnote stands in a picture’s words.", remedy)


def _inlines(children: Sequence[Token]) -> Iterator[Token]:
    for child in children:
        yield child
        yield from _inlines(child.children or ())


# Quotation marks


def _hide_addresses(state: StateCore) -> None:
    """Keep the rule for quotation marks off web and mail addresses."""
    for token in state.tokens:
        children: list[Token] = []
        for child in token.children or ():
            before = children[-1] if children else child
            automatic = before.type == "link_open" and before.info == "auto"
            children += [child] if child.type != "text" else _parted(child, automatic)
        if token.children:
            token.children = children


def _parted(text: Token, whole: bool) -> list[Token]:
    """A text token cut into running text and addresses; ``whole`` where all of it is one."""
    found = [match.span() for match in german.ADDRESS.finditer(text.content)]
    spans = [(0, len(text.content))] if whole else found
    parts: list[Token] = []
    end = 0
    for start, stop in (*spans, (len(text.content), len(text.content))):
        parts += (_part("text", text, end, start), _part("text_special", text, start, stop))
        end = stop
    return [part for part in parts if part.content]


def _part(kind: str, text: Token, start: int, stop: int) -> Token:
    return Token(kind, "", 0, content=text.content[start:stop], level=text.level)


def _mend_quotes(state: StateCore) -> None:
    """Close ``„Inklusive Quartiere"`` rightly, as it comes out of many keyboards."""
    opening, closing = state.md.options["quotes"][:2]
    for token in state.tokens:
        quoted = False
        for child in token.children or ():
            if child.type == "text":
                child.content, quoted = _closed(child.content, quoted, opening, closing)


def _closed(text: str, quoted: bool, opening: str, closing: str) -> tuple[str, bool]:
    if opening not in text and not quoted:
        return text, quoted
    signs = []
    for sign in text:
        if sign == '"' and quoted:
            sign = closing
        quoted = sign == opening or (quoted and sign != closing)
        signs.append(sign)
    return "".join(signs), quoted
