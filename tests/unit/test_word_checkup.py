"""``presskit letterhead check``: each fault of a letterhead is found, named and placed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.cli import presskit
from presskit.errors import LetterheadError
from presskit.letterhead import BODY, FIELDS
from presskit.render.word.checkup import RULES, check_letterhead
from presskit.render.word.finding import Finding
from presskit.render.word.letterhead import open_letterhead
from tests.unit.letterheads import (
    BODY as BODY_CONTROL,
)
from tests.unit.letterheads import (
    DATE,
    PART,
    REFERENCE,
    RELATION,
    SMALLEST,
    TITLE,
    W,
    field,
    german_template,
    letterhead,
    line,
    relationships,
)

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "templates" / "letterhead.docx"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def found(content: bytes, rule: str = "") -> list[Finding]:
    findings = check_letterhead(content).findings
    return [each for each in findings if rule in ("", each.rule)]


def one(content: bytes, rule: str) -> Finding:
    (finding,) = found(content, rule)
    assert finding.message.endswith(".")
    assert finding.advice
    return finding


def with_parts(*entries: str, blocks: tuple[str, ...] = SMALLEST, **parts: str) -> bytes:
    """A letterhead whose document points to parts; each is named by its file without ``.xml``."""
    files = {f"word/{name}.xml": content for name, content in parts.items()}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{PART.format(name.rstrip("12"))}"/>'
        for name in parts
    )
    links = {"word/_rels/document.xml.rels": relationships(*entries)}
    return letterhead(*blocks, parts={**files, **links}, types=types)


def with_settings(inner: str) -> bytes:
    return with_parts(
        f"{RELATION}/settings settings.xml",
        settings=f'<w:settings xmlns:w="{W}">{inner}</w:settings>',
    )


def with_styles(inner: str, *blocks: str) -> bytes:
    return with_parts(
        f"{RELATION}/styles styles.xml",
        blocks=blocks or SMALLEST,
        styles=f'<w:styles xmlns:w="{W}">{inner}</w:styles>',
    )


def with_header(inner: str, *blocks: str, pages: str = "default", section: str = "") -> bytes:
    end = (
        f'<w:sectPr><w:headerReference xmlns:r="{RELATION}" w:type="{pages}" r:id="rId1"/>'
        f"{section}</w:sectPr>"
    )
    return with_parts(
        f"{RELATION}/header header1.xml",
        blocks=(*(blocks or SMALLEST), end),
        header1=f'<w:hdr xmlns:w="{W}">{inner}</w:hdr>',
    )


def control(tag: str, properties: str) -> str:
    return line(
        f"<w:sdt><w:sdtPr>{tag and f'<w:tag w:val={tag!r}/>'}{properties}</w:sdtPr>"
        "<w:sdtContent><w:r><w:t>…</w:t></w:r></w:sdtContent></w:sdt>"
    )


def picture(properties: str) -> str:
    return line(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}">{properties}'
        f'<a:graphic xmlns:a="{A}"><a:blip/></a:graphic></wp:inline></w:drawing></w:r>'
    )


def coded(code: str) -> str:
    return line(f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>')


def page(size: str = 'w:w="11906" w:h="16838"', edges: str = 'w:left="1417" w:right="1134"') -> str:
    return f"<w:sectPr><w:pgSz {size}/><w:pgMar {edges}/></w:sectPr>"


BOX = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
EMBARGO = line(field("press.embargo"))
HEADING = '<w:style w:type="paragraph" w:styleId="h"><w:name w:val="heading 1"/></w:style>'
LANG = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{}"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
)


# Letterheads that are fine


def test_the_shipped_letterhead_has_nothing_to_find() -> None:
    assert [each.message for each in found(SHIPPED.read_bytes())] == []


def test_a_template_of_a_german_word_can_be_used_and_gets_hints_alone() -> None:
    checked = check_letterhead(german_template())
    assert checked.usable
    assert {each.severity for each in checked.findings} == {"hint"}


def test_each_field_is_listed_with_the_places_where_it_stands() -> None:
    places = dict(check_letterhead(german_template()).places)
    assert places["press.kind"] == ("text box on the page",)
    assert places["press.reference"] == ("page", "header of the later pages")
    assert places["press.association.name"] == ("footer of the first page",)
    assert places[BODY] == ("page",)
    assert "press.kicker" not in places


# What a letterhead is refused for


REFUSED = [
    pytest.param(letterhead(DATE, REFERENCE, BODY_CONTROL), "missing-field", id="no title"),
    pytest.param(
        letterhead(*SMALLEST, line(field("press.contact.fone"))), "unknown-field", id="unknown"
    ),
    pytest.param(letterhead(*SMALLEST, BODY_CONTROL), "body-twice", id="two places of the text"),
    pytest.param(
        with_header(BODY_CONTROL, TITLE, DATE, REFERENCE), "body-place", id="text in a header"
    ),
    pytest.param(
        letterhead(TITLE, DATE, REFERENCE, line(BOX.format(BODY_CONTROL))),
        "body-place",
        id="text in a text box",
    ),
    pytest.param(
        letterhead(TITLE, DATE, REFERENCE, line(field(BODY), "<w:r><w:t>Ende</w:t></w:r>")),
        "body-place",
        id="text beside other words",
    ),
    pytest.param(
        letterhead(TITLE, DATE, line(field("press.reference"), field(BODY))),
        "body-place",
        id="text beside a field",
    ),
    pytest.param(
        with_parts(f"{RELATION}/oleObject oleObject1.xml", oleObject1="<x/>"),
        "objects",
        id="an object",
    ),
    pytest.param(
        with_parts(f"{RELATION}/control activeX1.xml", activeX1="<x/>"), "objects", id="ActiveX"
    ),
    pytest.param(b"{\\rtf1}", "file-other", id="no Word file"),
]


@pytest.mark.parametrize(("content", "rule"), REFUSED)
def test_what_a_release_would_be_refused_for_is_an_error(content: bytes, rule: str) -> None:
    assert one(content, rule).severity == "error"
    assert not check_letterhead(content).usable
    with pytest.raises(LetterheadError):
        open_letterhead(content, "letterhead.docx")


@settings(deadline=None, max_examples=40)
@given(
    tags=st.lists(st.sampled_from([*FIELDS, BODY, "press.other", "else"]), max_size=6),
    boxed=st.booleans(),
)
def test_a_check_and_the_writer_refuse_the_same_letterheads(tags: list[str], boxed: bool) -> None:
    blocks = [line(field(tag)) for tag in tags]
    content = letterhead(*SMALLEST[: 3 + boxed], *blocks)
    try:
        open_letterhead(content, "letterhead.docx")
        taken = True
    except LetterheadError:
        taken = False
    assert check_letterhead(content).usable == taken


def test_all_faults_are_told_at_once() -> None:
    content = letterhead(DATE, line(field("press.titel")), line(field("press.datum")))
    rules = [each.rule for each in found(content) if each.severity == "error"]
    assert rules == ["unknown-field", "unknown-field", "missing-field"]


def test_the_nearest_tag_is_named() -> None:
    finding = one(letterhead(*SMALLEST, line(field("press.embrago"))), "unknown-field")
    assert "'press.embargo'" in finding.advice


def test_a_file_whose_controls_another_program_dropped_says_so() -> None:
    assert "LibreOffice and Google Docs" in one(letterhead(line()), "missing-field").advice
    assert "LibreOffice" not in one(letterhead(DATE, TITLE), "missing-field").advice


# Warnings and hints

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
SAID = [
    (letterhead(*SMALLEST, control("", '<w:alias w:val="press.kicker"/>')), "near-field", "page"),
    (letterhead(*SMALLEST, line(field("Press_Kicker"))), "near-field", "page"),
    (letterhead(*SMALLEST, TITLE), "repeated-field", "page"),
    (
        letterhead(*SMALLEST, control("press.kind", f'<w14:checkbox xmlns:w14="{W14}"/>')),
        "wrong-kind",
        "page",
    ),
    (letterhead(*SMALLEST, control("press.kind", "<w:date/>")), "wrong-kind", "page"),
    (letterhead(*SMALLEST, control("press.kind", "<w:temporary/>")), "vanishing-field", "page"),
    (
        letterhead(*SMALLEST, control("press.kind", '<w:lock w:val="sdtContentLocked"/>')),
        "locked-field",
        "page",
    ),
    (
        letterhead(
            *SMALLEST,
            control("press.kind", '<w:dataBinding w:xpath="/x" w:storeItemID="{A}"/>'),
        ),
        "lost-binding",
        "page",
    ),
    (letterhead(*SMALLEST), "title-heading", "page"),
    (with_header(EMBARGO), "only-in-headers", ""),
    (letterhead(*SMALLEST, line(BOX.format(EMBARGO))), "only-in-headers", ""),
    (with_header(EMBARGO, pages="even"), "unused-header", "header of the even pages"),
    (with_header(EMBARGO, pages="first"), "unused-header", "header of the first page"),
    (
        with_header(picture('<wp:docPr id="1" name="Logo"/>')),
        "alt-text",
        "header of every page",
    ),
    (
        letterhead(
            *SMALLEST,
            line(
                '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata/>'
                "</v:shape></w:pict></w:r>"
            ),
        ),
        "alt-text",
        "page",
    ),
    (letterhead(line(), *SMALLEST), "empty-paragraphs", "page"),
    (with_styles(LANG.format("en-US")), "language", ""),
    (letterhead(*SMALLEST), "language", ""),
    (
        letterhead(*SMALLEST, line(field("press.kind", look='<w:lang w:val="en-GB"/>'))),
        "foreign-words",
        "page",
    ),
    (with_styles(HEADING), "missing-styles", ""),
    (letterhead(*SMALLEST, line(field("press.kicker", look="<w:b/>"))), "look-by-hand", "page"),
    (
        letterhead(*SMALLEST, line(field("press.kind", look='<w:rFonts w:ascii="Amtsschrift"/>'))),
        "font",
        "",
    ),
    (letterhead(*SMALLEST, page(size='w:w="12240" w:h="15840"')), "paper", ""),
    (letterhead(*SMALLEST, page(size='w:w="16838" w:h="11906"')), "paper", ""),
    (letterhead(*SMALLEST, "<w:sectPr/>"), "paper", ""),
    (letterhead(*SMALLEST, page(edges='w:left="1985" w:right="1134"')), "margins", ""),
    (letterhead(*SMALLEST, coded(r"DATE \@ dd.MM.yyyy")), "moving-field", "page"),
    (with_header(coded("mergefield Name")), "moving-field", "header of every page"),
    (letterhead(*SMALLEST, line("<w:ins><w:r/></w:ins>")), "tracked-changes", "page"),
    (with_settings("<w:trackRevisions/>"), "tracked-changes", ""),
    (
        with_parts(
            f"{RELATION}/comments comments.xml",
            comments=f'<w:comments xmlns:w="{W}"><w:comment w:id="1"/></w:comments>',
        ),
        "comments",
        "",
    ),
    (with_settings("<w:mailMerge/>"), "mail-merge", ""),
    (with_parts(f"{RELATION}/image http://127.0.0.1:1/x.png External"), "outside-picture", "page"),
    (
        with_parts(f"{RELATION}/attachedTemplate file:///S:/Brief.dotm External"),
        "outside-template",
        "page",
    ),
    (with_parts(f"{RELATION}/aFChunk chunk1.xml", chunk1="<x/>"), "outside-insert", "page"),
    (with_parts(f"{RELATION}/video film.mp4 External"), "outside-file", "page"),
    (
        with_settings('<w:documentProtection w:edit="forms" w:enforcement="1"/>'),
        "protection",
        "",
    ),
    (letterhead(*SMALLEST), "old-mode", ""),
    (
        letterhead(
            *SMALLEST,
            parts={
                "_rels/.rels": relationships(
                    f"{RELATION}/officeDocument word/document.xml",
                    f"{RELATION}/extended-properties docProps/app.xml",
                ),
                "docProps/app.xml": "<Properties xmlns='http://schemas.openxmlformats.org/"
                "officeDocument/2006/extended-properties'><Company>Amt 13</Company></Properties>",
            },
        ),
        "personal-data",
        "",
    ),
]


@pytest.mark.parametrize(
    ("content", "rule", "place"), SAID, ids=[f"{n} {rule}" for n, (_, rule, _) in enumerate(SAID)]
)
def test_a_fault_is_found_and_placed(content: bytes, rule: str, place: str) -> None:
    finding = one(content, rule)
    assert finding.place == place
    assert finding.severity in ("warning", "hint")
    assert check_letterhead(content).usable


def test_every_rule_finds_something_somewhere() -> None:
    silent = []
    contents = [each[0] for each in SAID] + [each.values[0] for each in REFUSED[:-1]]
    for rule in RULES:
        if not any(list(rule(_sheet(content))) for content in contents):
            silent.append(rule.__name__)
    assert silent == []


def _sheet(content: bytes):  # type: ignore[no-untyped-def]
    from presskit.render.word.letterhead import read_letterhead

    return read_letterhead(content).sheet


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (with_styles(LANG.format("de-AT")), "language"),
        (letterhead(*SMALLEST, page(edges='w:left="1367" w:right="1134"')), "margins"),
        (letterhead(*SMALLEST, page(size='w:w="11907" w:h="16839"')), "paper"),
        (letterhead(*SMALLEST, coded("PAGE")), "moving-field"),
        (letterhead(*SMALLEST, coded('HYPERLINK "https://example.org/DATE"')), "moving-field"),
        (letterhead(*SMALLEST, picture('<wp:docPr id="1" name="x" descr="Wappen"/>')), "alt-text"),
        (
            letterhead(
                *SMALLEST,
                picture(
                    '<wp:docPr id="1" name="x"><d:decorative xmlns:d="http://schemas.microsoft.com'
                    '/office/drawing/2017/decorative" val="1"/></wp:docPr>'
                ),
            ),
            "alt-text",
        ),
        (letterhead(*SMALLEST, "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"), "empty"),
        (with_header(EMBARGO, pages="first", section="<w:titlePg/>"), "unused-header"),
        (with_header(REFERENCE), "only-in-headers"),
        (letterhead(*SMALLEST, line(field("stadt.wappen"))), "near-field"),
    ],
)
def test_what_is_right_is_not_found(content: bytes, rule: str) -> None:
    assert found(content, rule) == []


@pytest.mark.parametrize(
    "styles",
    [
        HEADING.replace('"h"', '"berschrift1"'),
        '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="Press Title"/>'
        '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>',
        HEADING + '<w:style w:type="paragraph" w:styleId="berschrift1">'
        '<w:name w:val="Amtstitel"/><w:basedOn w:val="h"/></w:style>',
    ],
)
def test_a_headline_is_a_heading_by_name_by_level_or_by_what_it_builds_on(styles: str) -> None:
    title = line('<w:pPr><w:pStyle w:val="berschrift1"/></w:pPr>', field("press.title"))
    content = with_styles(styles, title, DATE, REFERENCE, BODY_CONTROL)
    assert found(content, "title-heading") == []


def test_styles_that_build_on_one_another_in_a_circle_do_no_harm() -> None:
    circle = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:name w:val="{a}"/>'
        f'<w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    title = line('<w:pPr><w:pStyle w:val="x"/></w:pPr>', field("press.title"))
    assert one(with_styles(circle, title, DATE, REFERENCE, BODY_CONTROL), "title-heading")


def test_a_date_field_in_pieces_is_found_and_its_remedy_is_the_content_control() -> None:
    runs = "".join(
        f"<w:r>{each}</w:r>"
        for each in (
            '<w:fldChar w:fldCharType="begin"/>',
            "<w:instrText> DA</w:instrText>",
            "<w:instrText>TE </w:instrText>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    finding = one(letterhead(*SMALLEST, line(runs)), "moving-field")
    assert "the day on which somebody opens the file" in finding.message
    assert "press.date" in finding.advice


def test_hostile_words_are_shown_as_they_are() -> None:
    content = letterhead(*SMALLEST, line(field("press.{0.__class__}")))
    assert "'press.{0.__class__}'" in one(content, "unknown-field").message


# The command


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(presskit, ["letterhead", "check", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def office(folder: Path, content: bytes) -> Path:
    (folder / "templates").mkdir()
    shutil.copy(ROOT / "presskit.toml", folder)
    (folder / "templates" / "letterhead.docx").write_bytes(content)
    return folder


def test_the_command_looks_at_a_file(tmp_path: Path) -> None:
    file = tmp_path / "brief.dotx"
    file.write_bytes(german_template())
    code, said = run(str(file))
    assert code == 0
    assert "press.reference         page, header of the later pages" in said
    assert said.rstrip().endswith("findings.")
    assert f"{file} can be used" in said


def test_the_command_ends_with_1_where_no_release_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "brief.docx"
    file.write_bytes(letterhead(TITLE))
    code, said = run(str(file))
    assert code == 1
    assert "error: the letterhead has no content control tagged press.date" in said
    assert "cannot be used: 1 error," in said


def test_the_command_looks_at_the_office_s_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office(tmp_path, SHIPPED.read_bytes()))
    assert run()[0] == 0
    assert "templates/letterhead.docx can be used, 0 findings." in run()[1]
    (tmp_path / "templates" / "letterhead.docx").rename(tmp_path / "templates" / "letterhead.dotx")
    assert "templates/letterhead.dotx can be used, 0 findings." in run()[1]


def test_the_command_answers_programs_in_json(tmp_path: Path) -> None:
    file = tmp_path / "brief.docx"
    file.write_bytes(with_header(EMBARGO))
    code, said = run(str(file), "--json")
    answer = json.loads(said)
    assert code == 0
    assert answer["usable"] is True
    assert {"tag": "press.embargo", "places": ["header of every page"]} in answer["fields"]
    assert {"rule", "severity", "sentence", "remedy", "place"} == set(answer["findings"][0])
    assert "press.kicker" in answer["absent"]


@pytest.mark.parametrize(
    "make", [lambda path: None, lambda path: path.mkdir()], ids=["missing", "a folder"]
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "brief.docx")
    with pytest.raises(LetterheadError, match=r"brief\.docx: this file cannot be read"):
        run(str(tmp_path / "brief.docx"))
