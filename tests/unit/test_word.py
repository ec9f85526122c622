"""A release as a Word file: the text on the office's own letterhead, seen by other readers."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
import io
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import docx
import mammoth
import openxml_audit
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from PIL import Image as Pillow

from presskit.document import (
    BulletList,
    Code,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Image,
    Link,
    ListItem,
    OrderedList,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    ThematicBreak,
)
from presskit.errors import UnsupportedError
from presskit.pictures import Picture
from presskit.release import Embargo, Release
from presskit.render.house import House
from presskit.render.word import render
from presskit.testing import ASSOCIATION, BERLIN, CONZEN, sample_release
from tests.unit.trees import documents, words

ROOT = Path(__file__).parents[2]
LETTERHEAD = ROOT / "templates" / "letterhead.docx"
HOUSE = House(
    association=ASSOCIATION,
    letterhead=LETTERHEAD.read_bytes(),
    letterhead_file="templates/letterhead.docx",
    templates={},
)


def text(*words: str) -> tuple[Text, ...]:
    return tuple(Text(each) for each in words)


def paragraph(*words: str) -> Paragraph:
    return Paragraph(text(*words))


def item(*blocks: object) -> ListItem:
    return ListItem(blocks)  # type: ignore[arg-type]


def bare(*blocks: object, **changes: object) -> Release:
    """A release with nothing below its title but the given blocks."""
    nothing = {"place": "", "inquiries": (), "attachments": ()}
    return sample_release(text=Document(blocks), **{**nothing, **changes})  # type: ignore[arg-type]


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def opened(release: Release) -> docx.document.Document:
    return docx.Document(io.BytesIO(render(release, HOUSE)))


def body_paragraphs(release: Release) -> list[docx.text.paragraph.Paragraph]:
    """The paragraphs below the title."""
    paragraphs = opened(release).paragraphs
    names = [each.style.name for each in paragraphs]
    return paragraphs[names.index("Heading 1") + 1 :]


def shown(release: Release) -> str:
    """All text of the page, as mammoth reads it."""
    return str(mammoth.extract_raw_text(io.BytesIO(render(release, HOUSE))).value)


def as_html(release: Release) -> str:
    html = str(mammoth.convert_to_html(io.BytesIO(render(release, HOUSE))).value)
    return html.partition('<a id="press_body"></a>')[2]


def problems(content: bytes, folder: Path) -> list[str]:
    file = folder / "release.docx"
    file.write_bytes(content)
    # A validator that is used again mixes up the parts of two files.
    return [str(each) for each in openxml_audit.OpenXmlValidator().validate(str(file)).errors]


def header_words(release: Release) -> list[str]:
    return shown(release).partition("Statement")[0].split()


# The letterhead


def test_the_letterhead_shows_the_lines_of_the_real_one_in_their_order() -> None:
    head = shown(sample_release()).partition("Stuttgart.")[0]
    assert [" ".join(line.split()) for line in head.split("\n") if line] == [
        "Städtetag Baden-Württemberg",
        "Presseinformation",
        "Geschäftsführendes Vorstandsmitglied",
        "Bearbeiterin",
        "Christiane Conzen",
        "E christiane.conzen@staedtetag-bw.de",
        "T 0711 22921‑48",
        "F 0711 22921‑42",
        "Az",
        "047.43 - P 309/2017 · Co",
        "31.07.2017",
        "Statement zum Bewerbungsschluss „Quartier 2020“",
    ]


def test_the_reference_line_stands_on_the_letterhead() -> None:
    assert "047.43 - P 309/2017 · Co" in shown(sample_release())


def test_a_contact_without_fax_has_no_line_for_it() -> None:
    release = sample_release(contact=dataclasses.replace(CONZEN, fax=""))
    assert "F" not in header_words(release)
    assert "F" in header_words(sample_release())


def test_without_a_file_reference_nothing_is_called_one() -> None:
    assert "Az" not in header_words(sample_release(file_references=()))
    assert "Az" in header_words(sample_release())


def test_an_embargo_and_a_kicker_stand_above_the_title() -> None:
    embargo = Embargo(until=dt.datetime(2017, 7, 31, 10, tzinfo=BERLIN))
    page = shown(sample_release(embargo=embargo, kicker="Quartiersentwicklung"))
    assert page.index("Sperrfrist: 31. Juli 2017") < page.index("Quartiersentwicklung")
    assert page.index("Quartiersentwicklung") < page.index("Statement zum")


def test_later_pages_bear_name_number_date_and_page() -> None:
    header = part(render(sample_release(), HOUSE), "word/header1.xml")
    words = re.findall(r">([^<]+)</w:t>", header)
    assert "".join(words) == "Städtetag Baden-WürttembergP 309/2017 · 31.07.2017 · Seite 1 von 1"
    assert re.findall(r'w:instr=" (\w+) "', header) == ["PAGE", "NUMPAGES"]


def test_later_pages_repeat_an_embargo() -> None:
    embargo = Embargo(until=dt.datetime(2017, 7, 31, 10, 0, tzinfo=BERLIN))
    header = part(render(sample_release(embargo=embargo), HOUSE), "word/header1.xml")
    assert ">Sperrfrist: 31" in header
    assert "Sperrfrist" not in part(render(sample_release(), HOUSE), "word/header1.xml")


@pytest.mark.parametrize("hostile", ["<&>\"'", "Ä 😀 „“", "x" * 300, "eins\r\nzwei", "a\x00\x0bb"])
def test_hostile_text_in_a_field_stays_text(hostile: str, tmp_path: Path) -> None:
    contact = dataclasses.replace(CONZEN, name=hostile, email=hostile)
    content = render(sample_release(title=hostile, contact=contact), HOUSE)
    assert problems(content, tmp_path) == []
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    read = unescape(re.sub(r"<[^>]*>", " ", html)).split()
    for word in hostile.replace("\x00", " ").replace("\x0b", " ").split():
        assert read.count(word) >= 2


def test_a_release_without_contact_or_text_has_no_empty_paragraphs() -> None:
    page = shown(bare(contact=None))
    assert [line.strip() for line in page.split("\n") if line.strip()][-3:] == [
        "047.43 - P 309/2017",
        "31.07.2017",
        "Statement zum Bewerbungsschluss „Quartier 2020“",
    ]


# The text


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents)
def test_any_text_gives_a_valid_file_with_all_its_words(
    document: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = render(bare(*document.blocks), HOUSE)
    assert problems(content, tmp_path_factory.mktemp("word")) == []
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    assert sorted(_characters_of(html)) == sorted("".join(words(document)))


def _characters_of(html: str) -> str:
    """The characters of the text and its notes, without what mammoth adds for notes."""
    text = html.partition('<a id="press_body"></a>')[2]
    text = re.sub(r'<a href="#footnote[^>]*>[^<]*</a>', "", text)
    return "".join(unescape(re.sub(r"<[^>]*>", "", text)).split())


def test_headings_are_headings_and_skip_no_level_below_the_title() -> None:
    written = body_paragraphs(bare(Heading(2, text("Zwei")), Heading(3, text("Drei"))))
    assert [(each.style.name, each.text) for each in written] == [
        ("Heading 2", "Zwei"),
        ("Heading 3", "Drei"),
    ]


def test_emphasis_strength_code_and_links_keep_their_dress() -> None:
    both = Strong((Emphasis(text("beides")),))
    link = Link(text("Quartiere"), "https://example.org/a b", "Mehr dazu")
    written = body_paragraphs(bare(Paragraph((both, Code("x"), link))))[0]
    first, code = written.runs
    assert (first.bold, first.italic, code.style.name) == (True, True, "HTML Code")
    [hyperlink] = written.hyperlinks
    assert (hyperlink.text, hyperlink.address) == ("Quartiere", "https://example.org/a%20b")
    assert hyperlink.runs[0].style.name == "Hyperlink"


def test_a_phone_number_does_not_break_at_its_hyphen() -> None:
    document = part(render(bare(paragraph("22921‑48")), HOUSE), "word/document.xml")
    assert ">22921</w:t><w:noBreakHyphen/><w:t" in document


def test_lists_in_lists_stay_nested() -> None:
    inner = OrderedList((item(paragraph("innen")),))
    html = as_html(bare(BulletList((item(paragraph("außen"), inner), item(paragraph("zwei"))))))
    assert html == "<ul><li>außen<ol><li>innen</li></ol></li><li>zwei</li></ul>"


def test_every_numbered_list_counts_anew_from_its_own_start() -> None:
    lists = (OrderedList((item(paragraph("a")), item(paragraph("b"))), start) for start in (1, 7))
    release = bare(*lists)
    numbers = [each._p.pPr.numPr.numId.val for each in body_paragraphs(release)]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = opened(release).part.numbering_part.element
    starts = {
        num.numId: num.find(".//" + qn("w:startOverride")).get(qn("w:val"))
        for num in numbering.num_lst
    }
    assert [starts[number] for number in (numbers[0], numbers[2])] == ["1", "7"]


def test_an_item_of_several_paragraphs_has_one_mark() -> None:
    written = body_paragraphs(bare(BulletList((item(paragraph("eins"), paragraph("zwei")),))))
    assert [each._p.pPr.numPr is not None for each in written] == [True, False]
    assert (
        written[1].paragraph_format.left_indent
        == written[0].part.document.styles["List Paragraph"].paragraph_format.left_indent
    )


def test_a_table_tells_its_header_and_its_alignment() -> None:
    rows = ((text("Ulm"), text("126.405")),)
    release = bare(Table((text("Stadt"), text("Einwohner")), rows, ("", "right")))
    table = opened(release).tables[1]
    assert table.style.name == "Press Table"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [None, 2]
    assert "<thead><tr><th>" in as_html(release)


def test_two_tables_stay_two() -> None:
    one = Table((text("a"),), (), ("",))
    assert as_html(bare(one, one)).count("<table>") == 2


def test_quotes_breaks_and_code_have_styles_of_their_own() -> None:
    quote = Quote((paragraph("gesagt"), Quote((paragraph("darin"),))))
    written = body_paragraphs(bare(quote, ThematicBreak()))
    assert [each.style.name for each in written] == ["Quote", "Quote", "Press Rule"]
    first, second = (each.paragraph_format.left_indent for each in written[:2])
    assert first is None
    assert second == 2 * written[0].style.paragraph_format.left_indent


def test_a_footnote_stands_in_its_own_part_with_its_links() -> None:
    note = Footnote((Paragraph((Link(text("Quelle"), "https://example.org"),)),))
    release = bare(Paragraph((Text("Satz."), note)))
    content = render(release, HOUSE)
    assert "Quelle" in part(content, "word/footnotes.xml")
    assert "https://example.org" in part(content, "word/_rels/footnotes.xml.rels")
    assert '<a href="https://example.org">Quelle</a>' in as_html(release)


def test_paragraphs_without_words_leave_no_empty_lines() -> None:
    assert [each.text for each in body_paragraphs(bare(paragraph(" "), paragraph("da")))] == ["da"]


# Pictures


def drawn(name: str) -> Picture:
    buffer = io.BytesIO()
    Pillow.new("RGB", (3000, 1500), "teal").save(buffer, "PNG")
    return Picture(file_name=name, format="png", width=3000, height=1500, content=buffer.getvalue())


PICTURES = {"karte.png": drawn("karte.png"), "b/karte.png": drawn("karte-2.png")}


def illustrated() -> Release:
    image = Image("karte.png", "Karte der Städte")
    table = Table(((image,), (Text("x"),)), (), ("", ""))
    note = Footnote(
        (
            Paragraph(
                (Text("n "), Image("b/karte.png", "In der Note")),
            ),
        )
    )
    return bare(
        Paragraph((Image("karte.png", "Karte der Städte", "Die Städte"),)),
        Quote((BulletList((item(Paragraph((Text("Da: "), image))),)),)),
        Paragraph((Link((image,), "https://example.org"), note)),
        table,
        pictures=PICTURES,
    )


def test_pictures_stand_wherever_text_may_and_the_file_is_valid(tmp_path: Path) -> None:
    content = render(illustrated(), HOUSE)
    assert problems(content, tmp_path) == []
    html = mammoth.convert_to_html(io.BytesIO(content)).value
    assert html.count('alt="Karte der Städte"') == 4
    assert html.count('alt="In der Note"') == 1


def test_a_picture_shown_often_is_kept_once_with_its_own_bytes() -> None:
    with zipfile.ZipFile(io.BytesIO(render(illustrated(), HOUSE))) as archive:
        media = [name for name in archive.namelist() if name.startswith("word/media/press-")]
        assert media == ["word/media/press-karte-2.png", "word/media/press-karte.png"]
        assert archive.read(media[1]) == PICTURES["karte.png"].content


def test_every_drawing_has_a_number_of_its_own_and_fits_its_place() -> None:
    content = render(illustrated(), HOUSE)
    xml = part(content, "word/document.xml") + part(content, "word/footnotes.xml")
    numbers = re.findall(r'<wp:docPr id="(\d+)"', xml)
    assert len(numbers) == len(set(numbers)) == 5
    widths = [int(each) / 12_700 for each in re.findall(r'<wp:extent cx="(\d+)"', xml)]
    assert max(widths) <= 468
    assert min(widths) < 300


def test_a_caption_stands_below_its_picture_in_a_style_of_its_own() -> None:
    written = body_paragraphs(illustrated())
    assert (written[1].style.name, written[1].text) == ("Caption", "Die Städte")


# What Word cannot carry


def test_a_picture_that_did_not_come_with_the_draft_is_refused_with_its_line() -> None:
    picture = Paragraph((Image("karte.png", "Karte"),), line=12)
    with pytest.raises(UnsupportedError, match=r"line 12: the picture 'karte.png' did not come"):
        render(bare(BulletList((item(picture),), line=10)), HOUSE)


def test_a_note_in_a_note_a_link_in_a_link_and_a_tenth_level_are_refused() -> None:
    note = Footnote((paragraph("a"),))
    link = Link(text("a"), "https://example.org")
    lists = functools.reduce(lambda inner, _: BulletList((item(inner),)), range(10), paragraph("a"))
    nested = (
        Paragraph((Footnote((Paragraph((note,)),)),)),
        Paragraph((Link((Emphasis((link,)),), "https://example.org"),)),
        lists,
    )
    for block in nested:
        with pytest.raises(UnsupportedError, match="cannot carry"):
            render(bare(block), HOUSE)


# The file


def test_the_text_stands_in_a_bookmark() -> None:
    document = part(render(bare(paragraph("Nur das.")), HOUSE), "word/document.xml")
    between = re.search(r'<w:bookmarkStart [^>]*"press_body"/>(.*)<w:bookmarkEnd', document)
    assert between is not None
    assert re.sub("<[^>]*>", "", between[1]) == "Nur das."


def test_the_file_says_whose_it_is() -> None:
    properties = opened(sample_release()).core_properties
    assert properties.title == "Statement zum Bewerbungsschluss „Quartier 2020“"
    assert properties.author == properties.last_modified_by == "Städtetag Baden-Württemberg"
    assert properties.keywords == "P 309/2017; 047.43"
    assert properties.created == dt.datetime(2017, 7, 31, 8, 0, tzinfo=dt.UTC)
    assert (properties.revision, properties.language) == (1, "de-DE")


@pytest.mark.parametrize(("language", "tag"), [("de", "de-DE"), ("en", "en-GB")])
def test_the_file_knows_its_language(language: str, tag: str) -> None:
    styles = part(render(sample_release(language=language), HOUSE), "word/styles.xml")
    assert re.findall(r'<w:lang w:val="([^"]*)"', styles) == [tag]


def test_the_same_release_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib, pathlib, sys\n"
        "from presskit.render.house import House\n"
        "from presskit.render.word import render\n"
        "from presskit.testing import ASSOCIATION, sample_release\n"
        "house = House(association=ASSOCIATION, letterhead=pathlib.Path(sys.argv[1]).read_bytes(),"
        " letterhead_file='', templates={})\n"
        "print(hashlib.sha256(render(sample_release(), house)).hexdigest())\n"
    )
    command = [sys.executable, "-c", program, str(LETTERHEAD)]
    other = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    own = hashlib.sha256(render(sample_release(), HOUSE)).hexdigest()
    assert other.stdout.strip() == own


@pytest.mark.libreoffice
def test_libreoffice_shows_the_lines_of_the_letterhead_in_order(tmp_path: Path) -> None:
    office, reader = shutil.which("soffice"), shutil.which("pdftotext")
    if office is None or reader is None:
        pytest.skip("needs LibreOffice (soffice) and poppler-utils (pdftotext)")
    note = Footnote((paragraph("Die Anmerkung."),))
    release = sample_release(text=Document((Paragraph((Text("Ein Satz."), note)),)))
    (tmp_path / "release.docx").write_bytes(render(release, HOUSE))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [office, profile, "--headless", "--convert-to", "pdf", "release.docx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    read = [reader, "-layout", "release.pdf", "-"]
    page = subprocess.run(read, cwd=tmp_path, check=True, capture_output=True, timeout=60).stdout
    lines = " ".join(page.decode().replace("‑", "-").split())
    places = [lines.index(each) for each in _SEED_LINES]
    assert places == sorted(places)


_SEED_LINES = (
    *("PRESSEINFORMATION", "Geschäftsführendes Vorstandsmitglied", "Bearbeiterin"),
    *("Christiane Conzen", "E christiane.conzen@staedtetag-bw.de", "T 0711 22921-48"),
    *("F 0711 22921-42", "Az", "047.43 - P 309/2017 · Co", "31.07.2017", "Statement zum"),
    *("Ein Satz.", "Die Anmerkung."),
)
