"""Markdown -> tree: nothing is lost, nothing hangs, the lines are right."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.document import (
    Block,
    Document,
    Heading,
    Image,
    Link,
    OrderedList,
    Paragraph,
    Quote,
    Text,
    nodes,
    plain,
)
from presskit.errors import DraftError
from presskit.intake.markdown import read_markdown
from tests.unit.trees import words


def read(text: str) -> Document:
    return read_markdown(text, file="a.md")


def only(text: str) -> Block:
    (block,) = read(text).blocks
    return block


WORDS = ("Stadt", "31. Juli", "1. Mai", "§ 5", "z.B.", "(c)", "'ne", "geht's", "25. Sitzung", "Az")
plain_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
dressed = st.one_of(
    plain_words,
    plain_words.map(lambda text: f"**{text}**"),
    plain_words.map(lambda text: f"*{text}*"),
    plain_words.map(lambda text: f'"{text}"'),
    plain_words.map(lambda text: f"[{text}](https://example.org)"),
    plain_words.map(lambda text: f"{text}\n{text}"),
)
paragraphs = st.lists(dressed, min_size=1, max_size=4).map(" ".join)


def _bare(text: str) -> list[str]:
    """The words of Markdown or of the tree: letters and numbers only."""
    return re.findall(r"\w+", re.sub(r"\(https://example\.org\)", "", text))


@given(st.lists(paragraphs, min_size=1, max_size=3), st.sampled_from(("", "> ", "- ", "1. ")))
@settings(deadline=None, max_examples=200)
def test_every_word_of_a_paragraph_is_in_the_tree(texts: list[str], mark: str) -> None:
    blank = re.sub(r"\S", " ", mark) if mark != "> " else mark
    lines = [
        (mark if n == 0 else blank) + line for n, line in enumerate("\n\n".join(texts).split("\n"))
    ]
    source = "\n".join(lines)
    listed = _bare(source)[1:] if mark == "1. " else _bare(source)
    assert "".join(_bare("".join(words(read(source))))) == "".join(listed)


SIGNS = "*_`[]()!<>\"'#-+=|:~^\\&; \n\t1.ax"


@given(st.text(SIGNS, max_size=60))
@settings(deadline=None, max_examples=500)
def test_any_text_is_read_or_refused_with_its_line(text: str) -> None:
    try:
        tree = read(text)
    except DraftError as error:
        assert error.place is not None  # noqa: PT017
        assert 1 <= (error.place.line or 0) <= text.count("\n") + 1  # noqa: PT017
        return
    found = [node.content for node in nodes(tree) if isinstance(node, Text)]
    assert all("\n" not in each and "\ufdd0" not in each for each in found)


TABLE = "| a | b |\n|---|---|\n"
REFUSED = (
    ("# Titel", 1, "level 1"),
    ("Text\n\n- # Titel", 3, "level 1"),
    ("a[^1] b[^2]\n\n[^1]: eins", 1, "no footnote for the mark '[^2]'"),
    ("a[^1]\n\n[^1]: eins\n\n[^2]: zwei", 5, "'2' is written but nothing refers"),
    ("a[^1]\n\n[^1]: eins\n\n[^1]: zwei", 5, "written twice"),
    ("a[^1] [^2]\n\n[^1]: eins[^2]\n[^2]: zwei", 3, "stands inside the footnote '1'"),
    ("a[^1]\n\n[^1]: eins\n\n    [^2]: zwei", 5, "stands inside another one"),
    ("![Bild[^1]](x.png)\n\n[^1]: eins", 1, "a picture’s words"),
    ("a\n\n[b]: c", 3, "gives 'b' an address"),
    ("[b]\n\n[b]: c\n[B]: d", 4, "given twice"),
    ("> [b]: c", 1, "gives 'b' an address"),
    ("[](https://example.org)", 1, "a link has no text"),
    (TABLE + "| 1 | 2 | 3 |", 3, "3 cells, but the table has 2"),
    ("> " + TABLE.replace("\n", "\n> ") + "| 1 | 2 | 3 |", 3, "3 cells, but the table has 2"),
    ("1. a\n\n3. b", 3, "3 stands where 2 should"),
    ("1. a\n2. b\n2. c", 3, "2 stands where 3 should"),
    ("> " * 40 + "a", 1, "nested too deeply"),
    ("*" * 200 + "a" + "*" * 200, 1, "nested too deeply"),
    ("a " * 60_000, 1, "far too long"),
)


@pytest.mark.parametrize(("text", "line", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_would_be_lost_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    with pytest.raises(DraftError) as caught:
        read(text)
    assert str(caught.value).startswith(f"a.md, line {line}: ")
    assert said in str(caught.value)
    assert caught.value.remedy


def test_a_paragraph_of_blanks_is_none() -> None:
    assert read("a\n\n\N{NO-BREAK SPACE}\n\nb").blocks == (
        Paragraph((Text("a"),)),
        Paragraph((Text("b"),)),
    )


def test_an_escaped_mark_is_text() -> None:
    assert only("x\\[^1]") == Paragraph((Text("x[^1]"),))


@pytest.mark.parametrize("target", ["javascript:x", "JavaScript:x", "vbscript:x", "file:///etc"])
def test_a_dangerous_link_stays_text(target: str) -> None:
    assert only(f"[a]({target})") == Paragraph((Text(f"[a]({target})"),))


@pytest.mark.parametrize("html", ["<b>x</b>", "<!-- x -->", "<script>x</script>", "<br/>"])
def test_raw_html_is_text(html: str) -> None:
    assert only(html) == Paragraph((Text(html),))


def test_line_ends_out_of_entities_are_blanks() -> None:
    assert only("a&#10;b&#13;c") == Paragraph((Text("a b c"),))
    assert only("![a&#10;b](x 't\nu')") == Paragraph((Image("x", "a b", "t u"),))


def test_an_automatic_link_is_shown_as_typed() -> None:
    link = Link((Text("https://x.de/it's--..."),), "https://x.de/it's--...")
    assert only("<https://x.de/it's--...>") == Paragraph((link,))
    assert plain(read('<https://x.de> "so"').blocks[0].children) == "https://x.de „so“"  # type: ignore[union-attr, arg-type]


def test_a_lone_ordinal_is_text_and_a_list_is_a_list() -> None:
    assert isinstance(only("25. Sitzung"), Paragraph)
    assert isinstance(only("25. Sitzung\n25. Sitzung"), Paragraph)
    assert isinstance(only("1. a\n1. b"), OrderedList)
    assert isinstance(only("25. Sitzung\n26. Sitzung"), OrderedList)
    assert isinstance(only("1. Punkt"), OrderedList)
    assert isinstance(only("Der\n1. Vorsitzende"), Paragraph)
    assert isinstance(read("Der\n1. a\n\n2. b").blocks[1], OrderedList)
    assert isinstance(only("> 31. Juli"), Quote)


def test_the_lines_of_blocks_are_those_of_the_file() -> None:
    tree = read_markdown("a\n\n## b\n\n- c\n- d\n\n> e", file="a.md", first_line=10)
    assert [block.line for block in tree.blocks] == [10, 12, 14, 17]
    assert isinstance(tree.blocks[1], Heading)


HOSTILE = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 3000 + "](a)" * 3000,
    "backticks": " ".join("`" * n for n in range(300)),
    "ordinals": "".join(f"{n}. \n\n" for n in range(2, 6000, 2)),
    "blanks": "1. " + " " * 49_000,
    "angles": "<a:" * 15_000,
    "mail": "a" * 49_000 + "@",
    "quotes": '"a" ' * 5000,
    "dashes": " - " * 16_000,
    "links": "[a](<b" * 8000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_makes_the_reader_hang(name: str) -> None:
    begun = time.monotonic()
    read(HOSTILE[name])
    assert time.monotonic() - begun < 5
