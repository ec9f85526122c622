"""The tree as JSON, and its own rules."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from presskit.document import (
    Code,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Image,
    LineBreak,
    Link,
    Paragraph,
    Table,
    Text,
    from_json,
    nodes,
    plain,
    to_json,
)
from tests.unit.trees import documents


@given(documents)
@settings(deadline=None, max_examples=80)
def test_json_gives_the_same_tree_back(document: Document) -> None:
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_the_line_of_a_block_does_not_make_it_another_one() -> None:
    assert Paragraph((Text("a"),), line=1) == Paragraph((Text("a"),), line=9)


@pytest.mark.parametrize("level", [0, 1, 7])
def test_a_heading_has_a_level_from_2_to_6(level: int) -> None:
    with pytest.raises(ValueError, match="level 2 to 6"):
        Heading(level, ())


def test_every_row_of_a_table_has_one_cell_a_column() -> None:
    with pytest.raises(ValueError, match="one cell a column"):
        Table(((), ()), (((),),), ("", ""))


def test_plain_words_leave_out_dress_notes_and_pictures() -> None:
    line = (
        *(Text("a "), Emphasis((Text("b "), Code("c"))), LineBreak()),
        *(Link((Text("d"),), "x"), Image("p.png", "alt"), Footnote((Paragraph((Text("n"),)),))),
    )
    assert plain(line) == "a b c\nd"


def test_nodes_come_in_reading_order() -> None:
    text = Text("n")
    note = Footnote((Paragraph((text,)),))
    paragraph = Paragraph((Text("a"), note))
    assert list(nodes(Document((paragraph,)))) == [paragraph, Text("a"), note, *note.children, text]
