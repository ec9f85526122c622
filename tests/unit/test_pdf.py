"""The PDF: accessible, complete, the same bytes each time, on the letterhead's page."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import given, reject, settings
from PIL import Image as Pillow
from trees import documents

from presskit.document import (
    Block,
    Code,
    CodeBlock,
    Document,
    Footnote,
    Heading,
    Image,
    Link,
    Paragraph,
    Table,
    Text,
    from_json,
    nodes,
    to_json,
)
from presskit.errors import OfficeError, TemplateError, UnsupportedError
from presskit.pictures import Picture
from presskit.release import Embargo, Release
from presskit.render import pdf
from presskit.render.house import House
from presskit.testing import ASSOCIATION, BERLIN, sample_release

ROOT = Path(__file__).parents[2]


def house(**changes: Any) -> House:
    templates = ROOT / "templates"
    values = {
        "association": ASSOCIATION,
        "letterhead": (templates / "letterhead.docx").read_bytes(),
        "letterhead_file": "letterhead.docx",
        "templates": {"release.typ": (templates / "release.typ").read_text(encoding="utf-8")},
        "fonts": str(templates / "fonts"),
    }
    return House(**{**values, **changes})


HOUSE = house()


def drawn() -> Picture:
    buffer = io.BytesIO()
    Pillow.new("RGB", (300, 150), "teal").save(buffer, "PNG")
    return Picture(
        file_name="karte.png", format="png", width=300, height=150, content=buffer.getvalue()
    )


def made(*blocks: Block, **changes: Any) -> bytes:
    if blocks:
        changes["text"] = Document(blocks)
    return pdf.render(sample_release(**changes), HOUSE)


def page_texts(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def elements(content: bytes) -> list[Any]:
    """Every element of the structure tree, each before its children."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K"))
        elif isinstance(node, pikepdf.Array):
            for each in node:
                walk(each)

    with pikepdf.open(io.BytesIO(content)) as file:
        walk(file.Root.StructTreeRoot.K)
        return [(str(each.S), str(each.get("/Alt", "")), _attribute(each)) for each in found]


def _attribute(node: Any) -> str:
    return str(node.get("/A", ""))


def test_the_file_names_its_standards_its_title_and_its_language() -> None:
    with pikepdf.open(io.BytesIO(made())) as file:
        with file.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["pdfuaid:part"] == "1"
            assert "Quartier 2020" in metadata["dc:title"]
        assert str(file.Root.Lang) == "de-DE"
        assert file.Root.MarkInfo.Marked
        assert file.Root.ViewerPreferences.DisplayDocTitle


def test_every_font_is_within_the_file() -> None:
    with pikepdf.open(io.BytesIO(made(Paragraph((Text("ä"), Code("x")))))) as file:
        fonts = [each for each in file.objects if _is(each, "/Type", "/FontDescriptor")]
        assert len(fonts) >= 2
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)


def _is(node: Any, key: str, value: str) -> bool:
    return isinstance(node, pikepdf.Dictionary) and str(node.get(key, "")) == value


def test_headings_tables_and_pictures_are_marked_as_what_they_are() -> None:
    table = Table(((Text("Stadt"),),), (((Text("Ulm"),),),), ("left",))
    found = elements(
        made(
            Heading(2, (Text("Zwei"),)),
            Heading(4, (Text("Vier"),)),
            table,
            Paragraph((Image("karte.png", "Karte der Städte", "Die Städte"),)),
            Paragraph((Text("x"), Footnote((Paragraph((Text("Note"),)),)))),
            pictures={"karte.png": drawn()},
        )
    )
    kinds = [kind for kind, _, _ in found]
    assert [each for each in kinds if re.fullmatch("/H[1-6]", each)][:3] == ["/H1", "/H2", "/H3"]
    assert {"/TH", "/TD", "/Note", "/Figure", "/Link"} <= set(kinds)
    assert ("/Figure", "Karte der Städte") in [(kind, alt) for kind, alt, _ in found]
    assert any(kind == "/TH" and "/Column" in attribute for kind, _, attribute in found)


def test_number_and_embargo_stand_on_every_page() -> None:
    embargo = Embargo(until=sample_release().published_at)
    lines = tuple(Paragraph((Text(f"Absatz {number}. " + "Wort " * 80),)) for number in range(30))
    pages = page_texts(made(*lines, embargo=embargo))
    assert len(pages) > 2
    assert all("P 309/2017" in page and "Sperrfrist: 31. Juli 2017" in page for page in pages)
    assert f"Seite 2 von {len(pages)}" in pages[1]


def test_a_draft_is_marked_on_every_page() -> None:
    plain = sample_release(text=Document(tuple(Paragraph((Text("Wort " * 900),)) for _ in "ab")))
    marked = Release(
        draft=plain.draft,
        reference=plain.reference,
        published_at=plain.published_at,
        mark="Entwurf",
    )
    pages = page_texts(pdf.render(marked, HOUSE))
    assert len(pages) > 1
    assert all("Entwurf" in page for page in pages)
    assert not any("Entwurf" in page for page in page_texts(pdf.render(plain, HOUSE)))


_SHOWN = re.compile("[^ -~¡-¬®-ÿ„“‚‘–…]")


def shown(document: Document) -> Document:
    """The tree with characters that the fonts have, and links that can be followed."""

    def mended(value: Any) -> Any:
        if isinstance(value, list):
            return [mended(each) for each in value]
        if not isinstance(value, dict):
            return value
        content = {key: mended(each) for key, each in value.items()}
        if "content" in content:
            content["content"] = _SHOWN.sub("x", content["content"])
        if content["type"] == "Link":
            content["target"] = "https://example.org/"
        return content

    return from_json(mended(to_json(document)))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\x00]+", "", text)


@settings(max_examples=60, deadline=None)
@given(documents.map(shown))
def test_whatever_the_text_is_made_of_all_of_its_words_are_there(document: Document) -> None:
    try:
        content = pdf.render(sample_release(text=document, attachments=(), inquiries=()), HOUSE)
    except UnsupportedError as fault:
        # typst 0.15 fails on some tables within footnotes within tables; presskit says so.
        assert "too intricately" in str(fault)  # noqa: PT017
        reject()
    read = Counter(squeezed("".join(page_texts(content))))
    written = Counter(squeezed("".join(_words(document))))
    assert not written - read


def _words(document: Document) -> Iterator[str]:
    for node in nodes(document):
        match node:
            case Text(words) | Code(words) | CodeBlock(words):
                yield words


def test_a_text_is_read_in_its_order() -> None:
    words = [f"Wort{number}" for number in range(200)]
    blocks = [Paragraph((Text(" ".join(words[at : at + 10])),)) for at in range(0, 200, 10)]
    read = " ".join(page_texts(made(*blocks)))
    assert re.findall(r"Wort\d+", read) == words


def test_the_same_release_gives_the_same_bytes_in_every_process() -> None:
    script = (
        "import hashlib, sys; sys.path[:0] = ['tests/unit', 'tests']; import test_pdf;"
        "print(hashlib.sha256(test_pdf.made()).hexdigest())"
    )
    process = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == hashlib.sha256(made()).hexdigest()


def test_markup_in_the_text_stays_text() -> None:
    text = '#import "x" $x$ #panic() *fett* @preview `a`'
    assert squeezed(text) in squeezed(page_texts(made(Paragraph((Text(text),))))[0])


def test_a_sign_that_the_fonts_lack_is_refused_with_its_line() -> None:
    with pytest.raises(UnsupportedError, match="no sign for") as caught:
        made(Paragraph((Text("gut"),), line=3), Paragraph((Text("Das 中 hier"),), line=5))
    assert caught.value.place is not None
    assert caught.value.place.line == 5


def test_a_link_that_nobody_can_follow_is_refused_with_its_line() -> None:
    with pytest.raises(UnsupportedError, match="cannot be followed"):
        made(Paragraph((Link((Text("hier"),), "#oben"),), line=4))


def test_a_fault_in_the_template_is_named_with_its_line() -> None:
    bad = house(templates={"release.typ": "= Gut\n\n#fehlt\n"})
    with pytest.raises(TemplateError, match=r"release\.typ, line 3: .*unknown variable"):
        pdf.render(sample_release(), bad)


def test_a_template_reads_no_file_beside_it() -> None:
    bad = house(templates={"release.typ": '#read("/../../etc/passwd")'})
    with pytest.raises(TemplateError):
        pdf.render(sample_release(), bad)


def test_an_office_without_template_or_fonts_is_told_what_to_do() -> None:
    with pytest.raises(OfficeError, match="presskit init"):
        pdf.render(sample_release(), house(templates={}))
    with pytest.raises(OfficeError, match="no fonts"):
        pdf.render(sample_release(), house(fonts="/nowhere"))


def test_statement_of_place_and_time_are_those_of_the_release() -> None:
    release = sample_release()
    with pikepdf.open(io.BytesIO(pdf.render(release, HOUSE))) as file:
        assert str(file.docinfo["/CreationDate"]).startswith("D:20170731080000")
    assert release.published_at.tzinfo == BERLIN
