"""Word files read: what presskit wrote comes back, and what others wrote is not lost."""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import mammoth
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow

from presskit.document import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Image,
    Inline,
    LineBreak,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
    nodes,
)
from presskit.errors import DraftError, PresskitError
from presskit.intake.found import Reading
from presskit.intake.word import read_word
from presskit.pictures import Picture
from presskit.release import Embargo
from presskit.render import word
from presskit.render.house import House
from presskit.testing import ASSOCIATION, sample_release

LETTERHEAD = Path(__file__).parents[2] / "templates" / "letterhead.docx"
HOUSE = House(
    association=ASSOCIATION,
    letterhead=LETTERHEAD.read_bytes(),
    letterhead_file="letterhead.docx",
    templates={},
)


def drawn() -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", (30, 20), "teal").save(buffer, "PNG")
    return buffer.getvalue()


PICTURE = Picture(file_name="karte.png", format="png", width=30, height=20, content=drawn())
NOTHING: dict[str, Any] = {"place": "", "inquiries": (), "attachments": ()}


def returned(*blocks: Block) -> Reading:
    """What is read of a release with the given text."""
    release = sample_release(text=Document(blocks), pictures={"karte.png": PICTURE}, **NOTHING)
    return read_word(word.render(release, HOUSE), "release.docx")


# What presskit wrote comes back

words = st.from_regex(r"[A-Za-zÄÖÜäöüß„“–0-9‑§]{1,8}( [a-zäöü.,]{1,8}){0,3}", fullmatch=True)
texts = st.builds(Text, words)
leaves = st.one_of(
    texts,
    st.builds(Code, words),
    st.builds(lambda word: Strong((Text(word),)), words),
    st.builds(lambda word: Emphasis((Text(word),)), words),
    st.builds(lambda word: Strong((Emphasis((Text(word),)),)), words),
    st.builds(lambda word: Link((Text(word),), "https://example.org/a?b=c", ""), words),
    st.just(Image("karte.png", "Karte der Städte")),
)


def _apart(children: list[Inline]) -> tuple[Inline, ...]:
    """Inlines of which no two neighbours are alike, as no reader of Word can tell them apart."""
    apart: list[Inline] = []
    for child in children:
        if apart and (type(apart[-1]) is type(child) or isinstance(child, Link)):
            apart.append(Text(" und "))
        apart.append(child)
    merged: list[Inline] = []
    for child in apart:
        last = merged[-1] if merged else None
        if isinstance(child, Text) and isinstance(last, Text):
            merged[-1] = Text(last.content + child.content)
        elif isinstance(child, Strong) and isinstance(last, Strong):
            merged += [Text(" "), child]
        else:
            merged.append(child)
    return (
        (Text("Wort "), *merged, Text(" Ende"))
        if not isinstance(merged[0], Text)
        else tuple(merged)
    )


def _settled(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    joined: list[Inline] = []
    for child in children:
        last = joined[-1] if joined else None
        if isinstance(child, Text) and isinstance(last, Text):
            joined[-1] = Text(last.content + child.content)
        else:
            joined.append(child)
    return tuple(joined)


lines = st.lists(leaves, min_size=1, max_size=4).map(_apart).map(_settled)
paragraphs = st.builds(Paragraph, lines)
headings = st.builds(Heading, st.integers(2, 6), st.builds(lambda word: (Text(word),), words))
codes = st.builds(CodeBlock, st.lists(words, min_size=1, max_size=3).map("\n".join))
quotes = st.builds(lambda inner: Quote(tuple(inner)), st.lists(paragraphs, min_size=1, max_size=2))
figures = st.builds(lambda title: Paragraph((Image("karte.png", "Karte", title),)), words)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(2, 3))
    row = st.lists(st.builds(lambda word: (Text(word),), words), min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=2, max_size=3))
    kinds = st.sampled_from(("left", "center", "right"))
    aligned = draw(st.lists(kinds, min_size=width, max_size=width))
    return Table(tuple(rows[0]), tuple(tuple(each) for each in rows[1:]), tuple(aligned))


def _items(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(
        st.builds(lambda blocks: ListItem(tuple(blocks)), inner), min_size=1, max_size=3
    )


def _lists(depth: int) -> st.SearchStrategy[Block]:
    alone = st.lists(paragraphs, min_size=1, max_size=2)
    inner = alone
    if depth:
        below = st.builds(lambda first, last: [first, last], paragraphs, _lists(depth - 1))
        inner = st.one_of(alone, below)
    items = _items(inner).map(tuple)
    return st.one_of(
        st.builds(BulletList, items), st.builds(OrderedList, items, st.integers(1, 99))
    )


blocks = st.one_of(
    paragraphs, headings, codes, quotes, tables(), _lists(2), figures, st.just(ThematicBreak())
)


def _divided(found: list[Block]) -> tuple[Block, ...]:
    """Blocks of which no two of a kind touch: Word has no border between such neighbours."""
    apart: list[Block] = []
    for block in found:
        touching = isinstance(block, Quote | CodeBlock | BulletList | OrderedList)
        if touching and apart and not isinstance(apart[-1], Paragraph | Heading):
            apart.append(Paragraph((Text("Dazwischen"),)))
        apart.append(block)
    return tuple(apart)


documents = st.lists(blocks, min_size=1, max_size=6).map(_divided)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_the_tree_comes_back_from_word_as_it_was(written: tuple[Block, ...]) -> None:
    assert returned(*written).text == Document(written)


def test_footnotes_come_back_where_their_marks_stood() -> None:
    note = Footnote((Paragraph((Text("Eine Note mit "), Emphasis((Text("Schräg"),)))),))
    paragraph = Paragraph((Text("Vor"), note, Text(" nach")))
    assert returned(paragraph).text == Document((paragraph,))


def test_breaks_and_no_break_signs_come_back() -> None:
    inlines = (
        Text("0711\N{NO-BREAK SPACE}22921‑48"),
        LineBreak(),
        Text("Staats\N{SOFT HYPHEN}bank"),
    )
    assert returned(Paragraph(inlines)).text == Document((Paragraph(inlines),))


def test_the_head_comes_back_from_the_tags() -> None:
    release = sample_release(embargo=Embargo(until=sample_release().published_at), kicker="Dach")
    reading = read_word(word.render(release, HOUSE), "release.docx")
    found = {each.key: each.value for each in reading.found}
    assert found["reference"] == "P 309/2017"
    assert found["file_reference"] == "047.43"
    assert found["date"] == "2017-07-31"
    assert found["title"] == release.draft.title
    assert found["kicker"] == "Dach"
    assert found["embargo"] == "2017-07-31T10:00"
    assert found["contact.name"] == "Christiane Conzen"
    assert found["contact.phone"] == "0711 22921-48"
    assert found["contact.initials"] == "Co"
    assert found["place"] == "Stuttgart"
    assert found["inquiries.0.name"] == "Simone Fischer"
    assert found["inquiries.0.phone"] == "0711 22921-33"
    assert [each.value for each in reading.values("documents")]
    assert reading.text == release.draft.text
    assert reading.remarks == ()


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_mammoth_reads_the_same_words(written: tuple[Block, ...]) -> None:
    release = sample_release(text=Document(written), pictures={"karte.png": PICTURE}, **NOTHING)
    content = word.render(release, HOUSE)
    html = mammoth.convert_to_html(io.BytesIO(content)).value.partition('id="press_body"></a>')[2]
    ours = "".join(_words(read_word(content, "x").text))
    theirs = re.sub("<[^>]*>", "", html.replace("&lt;", "<").replace("&amp;", "&"))
    assert sorted("".join(ours.split())) == sorted("".join(theirs.split()))


def _words(document: Document) -> list[str]:
    found = []
    for node in nodes(document):
        match node:
            case Text(content) | Code(content) | CodeBlock(content):
                found.append(content)
            case Image(title=title):
                found.append(title)
    return found


# What others wrote

W = nsdecls("w")


def document_of(*elements: str) -> bytes:
    """A Word file as python-docx begins it, with the given elements as its body."""
    document = docx.Document()
    body = document.element.body
    for element in elements:
        body.insert(len(body) - 1, parse_xml(element))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def p(inner: str, properties: str = "") -> str:
    return f"<w:p {W}><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(*elements: str) -> Reading:
    return read_word(document_of(*elements), "fremd.docx")


def rules(reading: Reading) -> set[str]:
    return {each.rule for each in reading.remarks}


def test_insertions_are_kept_and_deletions_dropped_and_both_are_said() -> None:
    inserted = f'<w:ins w:id="1" w:author="x">{r("neu ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="x"><w:r><w:delText>alt</w:delText></w:r></w:del>'
    reading = read(p(r("Das ist ") + inserted + deleted + r("so.")))
    assert reading.text.blocks == (Paragraph((Text("Das ist neu so."),)),)
    remark = next(each for each in reading.remarks if each.rule == "tracked-change")
    assert remark.open
    assert remark.facts["count"] == 2


def test_split_runs_are_one_text() -> None:
    reading = read(p(r("Quar") + "<w:proofErr w:type='spellStart'/>" + r("tier")))
    assert reading.text.blocks == (Paragraph((Text("Quartier"),)),)


def test_text_in_controls_tags_and_alternate_content_is_kept_once() -> None:
    inner = f"<w:sdt><w:sdtContent>{r('drin ')}</w:sdtContent></w:sdt>"
    smart = f'<w:smartTag w:uri="x" w:element="y">{r("klug ")}</w:smartTag>'
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        f'2006"><mc:Choice Requires="wps">{r("neu")}</mc:Choice>'
        f"<mc:Fallback>{r('alt')}</mc:Fallback></mc:AlternateContent>"
    )
    block = f"<w:sdt {W}><w:sdtContent>{p(r('Block'))}</w:sdtContent></w:sdt>"
    reading = read(p(inner + smart + box), block)
    assert _words(reading.text) == ["drin klug neu", "Block"]


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org&quot; ">{run}</w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r>'
        '<w:r><w:instrText>LINK "https://example.org" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_links_made_by_fields_are_links(field: str) -> None:
    reading = read(p(field.format(run=r("hier"))))
    assert reading.text.blocks == (Paragraph((Link((Text("hier"),), "https://example.org"),)),)


def test_a_page_number_keeps_what_stood_there_and_its_code_is_no_text() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("01.01.2020")
    )
    reading = read(p(field + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'))
    assert _words(reading.text) == ["01.01.2020"]
    assert "date-field" in rules(reading)


def test_bold_lines_and_typed_lists_are_remarked_and_kept() -> None:
    reading = read(
        p(r("Eine Zwischenzeile", "<w:b/>")), p(r("- erstens")), p(r("2. zweitens")), p(r("Text."))
    )
    assert {"manual-heading", "manual-list"} <= rules(reading)
    assert _words(reading.text) == ["Eine Zwischenzeile", "- erstens", "2. zweitens", "Text."]


def test_a_layout_table_flows_and_a_table_of_data_stays() -> None:
    def cell(text: str) -> str:
        return f"<w:tc>{p(r(text))}</w:tc>"

    layout = f"<w:tbl {W}><w:tr>{cell('links')}{cell('rechts')}</w:tr></w:tbl>"
    merged = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(r("breit"))}</w:tc>'
    data = f"<w:tbl {W}><w:tr>{cell('A')}{cell('B')}</w:tr><w:tr>{merged}</w:tr></w:tbl>"
    reading = read(layout, data)
    assert reading.text.blocks == (
        Paragraph((Text("links"),)),
        Paragraph((Text("rechts"),)),
        Table(((Text("A"),), (Text("B"),)), (((Text("breit"),), ()),), ("", "")),
    )
    assert "merged-cells" in rules(reading)


def test_a_release_without_tags_is_known_by_its_labels() -> None:
    head = ("PRESSEINFORMATION", "Bearbeiterin", "Christiane Conzen", "T 0711 22921-", "48")
    rest = ("Az", "047.43 - P 309/2017 · Co", "31.07.2017")
    title = p(r("Die Überschrift"), '<w:pStyle w:val="Heading1"/>')
    reading = read(*(p(r(each)) for each in (*head, *rest)), title, p(r("Der Text.")))
    found = {each.key: each.value for each in reading.found}
    assert found == {
        "kind": "Presseinformation",
        "contact.role_label": "Bearbeiterin",
        "contact.name": "Christiane Conzen",
        "contact.phone": "0711 22921-48",
        "reference": "P 309/2017",
        "file_reference": "047.43",
        "contact.initials": "Co",
        "date": "2017-07-31",
        "title": "Die Überschrift",
    }
    assert _words(reading.text) == ["Der Text."]


def test_a_picture_outside_of_the_file_is_never_fetched() -> None:
    content = word.render(
        sample_release(
            text=Document((Paragraph((Image("karte.png", "Karte"),)),)),
            pictures={"karte.png": PICTURE},
            **NOTHING,
        ),
        HOUSE,
    )
    changed = _exchanged(
        content,
        "word/_rels/document.xml.rels",
        lambda xml: re.sub(
            rb'Target="/word/media/press-karte.png"',
            b'Target="http://192.0.2.1/a.png" TargetMode="External"',
            xml,
        ),
    )
    reading = read_word(changed, "x")
    assert "outside-picture" in rules(reading)
    assert reading.pictures == {}


def test_a_table_of_ten_thousand_rows_is_read() -> None:
    cell = f"<w:tc>{p(r('x'))}</w:tc>".replace(f" {W}", "")
    row = f"<w:tr>{cell}{cell}</w:tr>"
    reading = read(f"<w:tbl {W}>{row * 10_000}</w:tbl>")
    table = reading.text.blocks[0]
    assert isinstance(table, Table)
    assert len(table.rows) == 9_999


def _exchanged(content: bytes, name: str, change: Any) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            new.writestr(each, change(data) if each == name else data)
    return buffer.getvalue()


SAMPLE = word.render(sample_release(), HOUSE)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_file_never_ends_in_a_traceback(data: st.DataObject) -> None:
    names = ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"]
    name = data.draw(st.sampled_from(names))

    def damaged(xml: bytes) -> bytes:
        at = data.draw(st.integers(0, len(xml) - 1))
        length = data.draw(st.integers(0, 60))
        return xml[:at] + data.draw(st.binary(max_size=8)) + xml[at + length :]

    with contextlib.suppress(PresskitError):
        read_word(_exchanged(SAMPLE, name, damaged), "x")


def test_what_is_no_word_file_is_said_so() -> None:
    with pytest.raises(DraftError, match=r"no Word file|not a Word document"):
        read_word(b"Ein Text", "brief.docx")
