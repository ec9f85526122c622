"""The YAML head of a draft, read so that every value stays as it was typed.

YAML 1.1 would turn ``047.43`` into a float, ``0:34`` into 34 and stumble over a date that does not
exist; here every scalar is text and the form that asks for it decides what it means.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from presskit.errors import DraftError, Place
from presskit.forms import Sheet
from presskit.toml_lines import Path

FENCE = "---"
_MOST_NESTED = 8
_LONGEST_HEAD = 100_000
_HASHTAG = re.compile(r"[ \t]+#\w")


@dataclass(frozen=True)
class Split:
    """A draft's two parts; ``first_line`` is the line of the file on which the text begins."""

    head: Sheet
    text: str
    first_line: int

    def with_text(self, text: str) -> Split:
        """The same head over another text."""
        return dataclasses.replace(self, text=text)

    def with_head(self, values: Mapping[str, Any]) -> Split:
        """The same text under other values."""
        return dataclasses.replace(self, head=dataclasses.replace(self.head, values=values))


def split_draft(content: str, file: str) -> Split:
    """Take the head between two ``---`` lines off a draft."""
    lines = content.split("\n")
    if lines[0].rstrip() != FENCE:
        raise DraftError(
            "the draft has no head.",
            remedy="Begin it with a line “---”, the keys such as “title: …”, and a second “---”.",
            place=Place(file, 1),
        )
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() in (FENCE, "..."):
            head = read_sheet("\n".join(lines[1:number]), file, first_line=2)
            return Split(head, "\n".join(lines[number + 1 :]), number + 2)
    raise DraftError(
        "the head of the draft has no end.",
        remedy="Close it with a second line “---”.",
        place=Place(file, 1),
    )


def read_sheet(text: str, file: str, first_line: int = 1) -> Sheet:
    """YAML text as a sheet of plain strings, lists and tables.

    Anchors, aliases and tags are refused: in a head they are text that wants quotation marks.
    """
    if len(text) > _LONGEST_HEAD:
        remedy = "Write the text below the head, or close the head with a line “---”."
        raise DraftError("the head is too long.", remedy=remedy, place=Place(file, first_line))
    reader = _Reader(file, first_line, text)
    try:
        reader.check(yaml.parse(text, Loader=yaml.BaseLoader))
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DraftError(
            "the head is not valid YAML: {fault}.",
            remedy="Put a value with signs such as : * & # in it into single quotes.",
            place=Place(file, mark.line + first_line if mark else None),
            fault=error.problem or "it cannot be understood",
        ) from None
    except yaml.YAMLError as error:
        raise DraftError(
            "the head is not valid YAML: {fault}.",
            remedy="Remove the character it names.",
            place=Place(file, first_line),
            fault=" ".join(str(error).split()),
        ) from None
    if node is None:
        return Sheet(file, {}, {})
    if not isinstance(node, yaml.MappingNode):
        raise reader.refuse(node, "the head has no keys.", "Write lines such as “title: …”.")
    return Sheet(file, reader.table(node, ()), reader.lines)


class _Reader:
    """Turns YAML nodes into plain values and notes the line of each."""

    def __init__(self, file: str, first_line: int, text: str) -> None:
        self._file = file
        self._first_line = first_line
        self._rows = text.split("\n")
        self.lines: dict[Path, int] = {}

    def refuse(
        self, found: yaml.Node | yaml.Event, sentence: str, remedy: str, **facts: object
    ) -> DraftError:
        line = (found.start_mark.line if found.start_mark else 0) + self._first_line
        return DraftError(sentence, remedy=remedy, place=Place(self._file, line), **facts)

    def check(self, events: Iterable[yaml.Event]) -> None:
        """Refuse what a head has no use for, before anything is built from it."""
        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _MOST_NESTED:
                raise self.refuse(event, "the head is nested too deeply.", "Write it flatter.")
            if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
                remedy = "Put the value into single quotes."
                raise self.refuse(event, "a value begins with &, * or !.", remedy)
            if isinstance(event, yaml.ScalarEvent) and self._loses_a_hashtag(event):
                sentence = "what follows “#” would be taken for a remark and be lost."
                raise self.refuse(event, sentence, "Put the value into single quotes.")

    def _loses_a_hashtag(self, event: yaml.ScalarEvent) -> bool:
        """Whether ``title: Wir sind #dabei`` would be cut; ``# `` with a blank is a remark."""
        end = event.end_mark
        if event.style is not None or end is None or end.line >= len(self._rows):
            return False
        return _HASHTAG.match(self._rows[end.line], end.column) is not None

    def value(self, node: yaml.Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + self._first_line)
        if isinstance(node, yaml.MappingNode):
            return self.table(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return node.value

    def table(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                raise self.refuse(key_node, "a key must be a word.", "Write “key: value”.")
            if key in values:
                raise self.refuse(
                    key_node, "the key {key!r} stands there twice.", "Keep one of them.", key=key
                )
            self.lines[*path, key] = key_node.start_mark.line + self._first_line
            values[key] = self.value(value_node, (*path, key))
        return values
