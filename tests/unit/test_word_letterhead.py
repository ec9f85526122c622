"""Letterheads as offices make them: complete, incomplete, bound to data, damaged."""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import re
import zipfile
from pathlib import Path

import docx
import mammoth
import openxml_audit
import pytest
from hypothesis import given, settings

from presskit.document import (
    BulletList,
    Code,
    CodeBlock,
    Document,
    Footnote,
    Heading,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
)
from presskit.errors import LetterheadError
from presskit.release import Release
from presskit.render.house import House
from presskit.render.word import render
from presskit.testing import ASSOCIATION, CONZEN, sample_release
from tests.unit.letterheads import (
    BODY,
    DATE,
    MAIN,
    OFFICE,
    REFERENCE,
    TITLE,
    W,
    field,
    german_template,
    letterhead,
    line,
    relationships,
)
from tests.unit.trees import documents

ROOT = Path(__file__).parents[2]
LETTERHEAD = ROOT / "templates" / "letterhead.docx"


def house(content: bytes) -> House:
    return House(
        association=ASSOCIATION,
        letterhead=content,
        letterhead_file="templates/letterhead.docx",
        templates={},
    )


def written(*blocks: str, release: Release | None = None, **more: object) -> str:
    """The document part after a release was put on a letterhead of these blocks."""
    content = render(release or sample_release(), house(letterhead(*blocks, **more)))  # type: ignore[arg-type]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def words(xml: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", xml).split())


# Letterheads that can be used


def test_a_letterhead_may_be_a_word_template() -> None:
    content = render(
        sample_release(),
        house(letterhead(TITLE, DATE, REFERENCE, BODY, main=MAIN.format("template"))),
    )
    assert "P 309/2017" in mammoth.extract_raw_text(io.BytesIO(content)).value
    assert docx.Document(io.BytesIO(content)).paragraphs


def test_the_place_of_the_text_may_be_a_control_within_a_paragraph() -> None:
    page = words(written(TITLE, DATE, REFERENCE, line(field("press.body", "hier")), line("")))
    assert "hier" not in page
    assert "Der Städtetag freut sich" in page


def test_the_place_of_the_text_may_be_a_cell() -> None:
    cell = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{BODY}<w:p/></w:tc></w:tr></w:tbl>"
    assert "Der Städtetag freut sich" in words(written(TITLE, DATE, REFERENCE, cell))


def test_a_field_keeps_its_look_and_loses_its_prompt() -> None:
    prompt = '<w:showingPlcHdr/><w:placeholder><w:docPart w:val="x"/></w:placeholder>'
    title = line(field("press.title", "Klicken Sie hier", look="<w:b/>", extra=prompt))
    document = written(title, DATE, REFERENCE, BODY)
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">Statement' in document
    assert "showingPlcHdr" not in document
    assert "Klicken" not in document


def test_a_field_stands_in_several_places() -> None:
    assert words(written(TITLE, DATE, REFERENCE, REFERENCE, BODY)).count("Nr. P 309/2017") == 2


def test_a_field_may_be_a_paragraph_or_a_cell_of_its_own() -> None:
    run = "<w:r><w:rPr><w:i/></w:rPr><w:t>…</w:t></w:r>"
    control = '<w:sdt><w:sdtPr><w:tag w:val="{}"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    title = control.format("press.title", f"<w:p>{run}</w:p><w:p>{run}</w:p>")
    cell = control.format("press.date", f"<w:tc><w:tcPr/><w:p>{run}</w:p></w:tc>")
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cell}</w:tr></w:tbl>"
    document = written(title, table, REFERENCE, BODY)
    assert words(document).startswith("Statement zum Bewerbungsschluss „Quartier 2020“ 31.07.2017")
    assert "…" not in document


def test_a_paragraph_whose_fields_are_all_empty_disappears() -> None:
    fax = line("<w:r><w:t>Telefax </w:t></w:r>", field("press.contact.fax"))
    mixed = line(
        "<w:r><w:t>Durchwahl </w:t></w:r>", field("press.contact.phone"), field("press.contact.fax")
    )
    cell = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{fax}</w:tc></w:tr></w:tbl>"
    release = sample_release(contact=dataclasses.replace(CONZEN, fax=""))
    document = written(TITLE, fax, mixed, cell, DATE, REFERENCE, BODY, release=release)
    assert "Telefax" not in document
    assert "Durchwahl" in document
    assert "<w:tc><w:p/></w:tc>" in document


def test_a_bound_field_is_written_into_its_data_too() -> None:
    binding = (
        '<w:dataBinding w:prefixMappings="xmlns:p=\'urn:press\'" w:xpath="/p:press/p:date" '
        'w:storeItemID="{A-1}"/>'
    )
    parts = {
        "word/_rels/document.xml.rels": relationships(
            f"{OFFICE}/relationships/customXml ../customXml/item1.xml"
        ),
        "customXml/item1.xml": '<press xmlns="urn:press"><date>alt</date></press>',
        "customXml/_rels/item1.xml.rels": relationships(
            f"{OFFICE}/relationships/customXmlProps itemProps1.xml"
        ),
        "customXml/itemProps1.xml": f'<ds:datastoreItem ds:itemID="{{a-1}}" '
        f'xmlns:ds="{OFFICE}/customXml"/>',
    }
    date = line(field("press.date", extra=binding))
    lost = line(field("press.kind", extra='<w:dataBinding w:xpath="/x" w:storeItemID="{B}"/>'))
    content = render(
        sample_release(), house(letterhead(TITLE, date, lost, REFERENCE, BODY, parts=parts))
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<date>31.07.2017</date>" in archive.read("customXml/item1.xml")
        assert archive.read("word/document.xml").count(b"w:dataBinding") == 1


def test_styles_the_letterhead_lacks_are_added() -> None:
    note = Footnote((Paragraph((Text("Anmerkung"),)),))
    text = Document(
        (
            Heading(2, (Text("Zwei"),)),
            Quote((Paragraph((Text("Zitat"), Code("x"), note)),)),
            BulletList((ListItem((Paragraph((Text("Punkt"),)),)),)),
            Table(((Text("Kopf"),),), (), ("",)),
            CodeBlock("x = 1"),
        )
    )
    content = render(
        sample_release(text=text, place=""), house(letterhead(TITLE, DATE, REFERENCE, BODY))
    )
    names = {each.name for each in docx.Document(io.BytesIO(content)).styles}
    assert {"Heading 2", "Quote", "List Paragraph", "Press Table", "HTML Preformatted"} <= names
    assert {"Hyperlink", "HTML Code", "footnote text", "footnote reference"} <= names


def test_styles_are_found_by_name_in_a_german_word() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="berschrift2">'
        '<w:name w:val="Heading 2"/></w:style></w:styles>'
    )
    parts = {
        "word/_rels/document.xml.rels": relationships(f"{OFFICE}/relationships/styles styles.xml"),
        "word/styles.xml": styles,
    }
    assert 'w:pStyle w:val="berschrift2"' in written(TITLE, DATE, REFERENCE, BODY, parts=parts)


def test_drawings_are_numbered_through_the_whole_file() -> None:
    drawing = (
        '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        'wordprocessingDrawing" id="1" name="Wappen"/></w:drawing></w:r>'
    )
    document = written(TITLE, line(drawing), line(drawing), DATE, REFERENCE, BODY)
    assert re.findall(r'docPr [^>]*?id="(\d+)"', document) == ["1", "2"]


@settings(deadline=None, max_examples=15)
@given(document=documents)
def test_any_text_can_be_read_on_the_smallest_letterhead(document: Document) -> None:
    content = render(sample_release(text=document), house(letterhead(TITLE, DATE, REFERENCE, BODY)))
    assert docx.Document(io.BytesIO(content)).paragraphs


def test_the_script_makes_the_shipped_letterhead_byte_for_byte() -> None:
    script = ROOT / "docs" / "letterhead" / "make_letterhead.py"
    spec = importlib.util.spec_from_file_location("make_letterhead", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.make() == LETTERHEAD.read_bytes()


@pytest.mark.parametrize(
    ("content", "name"), [(LETTERHEAD.read_bytes(), "a.docx"), (german_template(), "b.dotx")]
)
def test_the_letterheads_are_valid_by_word_s_own_rules(
    content: bytes, name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert [str(each) for each in openxml_audit.OpenXmlValidator().validate(str(file)).errors] == []


def test_the_shipped_letterhead_is_built_as_its_description_says() -> None:
    with zipfile.ZipFile(LETTERHEAD) as archive:
        document = archive.read("word/document.xml").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "<w:txbxContent" not in everything
    assert "<w:framePr" not in everything
    assert "<w:p/>" not in everything
    assert re.findall(r"<w:gridCol w:w=\"(\d+)", document)[0] == "5670"  # 100 mm from the margin
    assert 'w:left="1417"' in document
    assert "<w:titlePg/>" in document


def test_a_template_of_a_german_word_keeps_all_that_is_its_own() -> None:
    content = render(sample_release(), house(german_template()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        document = archive.read("word/document.xml").decode()
        assert "P 309/2017" in archive.read("word/header1.xml").decode()
        assert "Wappen der Stadt" in archive.read("word/header2.xml").decode()
        assert "<kind>Presseinformation</kind>" in archive.read("customXml/item1.xml").decode()
        assert {"word/media/image1.png", "word/glossary/document.xml"} <= set(archive.namelist())
    assert 'w:pStyle w:val="berschrift1"' in document
    assert words(document).count("Presseinformation") == 2
    assert "Der Text ist zum Abdruck frei." in document
    assert "Presseinfo<" not in document


# Letterheads that cannot


@pytest.mark.parametrize(
    ("blocks", "missing"),
    [
        ((DATE, REFERENCE, BODY), "press.title"),
        ((TITLE, BODY), "press.date, press.reference or press.reference_line"),
        ((TITLE, DATE, REFERENCE), "press.body"),
    ],
)
def test_a_missing_field_is_named_with_the_way_to_add_it(
    blocks: tuple[str, ...], missing: str
) -> None:
    with pytest.raises(LetterheadError) as caught:
        written(*blocks)
    sentence = str(caught.value)
    assert f"letterhead.docx: the letterhead has no content control tagged {missing}." in sentence
    assert "Developer" in sentence


def test_an_unknown_tag_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(LetterheadError, match=r"'press.contact.fone'.*'press.contact.phone'"):
        written(TITLE, DATE, REFERENCE, line(field("press.contact.fone")), BODY)


def test_tags_of_others_are_left_alone() -> None:
    assert "Wappen" in written(TITLE, DATE, REFERENCE, line(field("stadt.wappen", "Wappen")), BODY)


def test_the_text_has_one_place() -> None:
    with pytest.raises(LetterheadError, match=r"2 content controls tagged press\.body"):
        written(TITLE, DATE, REFERENCE, BODY, BODY)


def test_a_letterhead_with_macros_is_refused() -> None:
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    with pytest.raises(LetterheadError, match="macros"):
        written(TITLE, DATE, REFERENCE, BODY, main=macros)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "is empty", id="nothing"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old format", id="an old file"),
        pytest.param(LETTERHEAD.read_bytes()[:3000], "is cut off", id="cut off"),
        pytest.param(letterhead("<w:p>"), "is damaged (word/document.xml)", id="broken XML"),
        pytest.param(
            letterhead(parts={"word/styles.xml": "<w:styles"}),
            "is damaged (word/styles.xml)",
            id="a broken part that is needed later",
        ),
        pytest.param(
            letterhead(parts={"_rels/.rels": relationships()}), "without a document", id="no main"
        ),
        pytest.param(
            letterhead(parts={"word/document.xml": "<other/>"}), "without a document", id="other"
        ),
    ],
)
def test_a_file_that_is_no_letterhead_is_refused_with_the_reason(content: bytes, why: str) -> None:
    with pytest.raises(LetterheadError) as caught:
        render(sample_release(), house(content))
    assert str(caught.value).startswith("templates/letterhead.docx: the file")
    assert why in str(caught.value)
    assert caught.value.remedy
