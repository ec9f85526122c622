"""Word files from outside: what is taken as every program writes it, and what is refused, and how.

The bounds are bounds of memory and of work, measured by tracemalloc and by what was unpacked.
"""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import DraftError, Place
from presskit.ooxml import zipped as bounds
from presskit.ooxml.faults import PackageError
from presskit.ooxml.package import Package, open_package, read_package
from presskit.ooxml.strangers import strangers
from presskit.ooxml.xml_parts import MOST_SIGNS
from tests.unit.letterheads import (
    MAIN,
    RELATION,
    SMALLEST,
    W,
    german_template,
    letterhead,
    letterhead_files,
    line,
    relationships,
    zipped,
)

MEGABYTE = 1024 * 1024
FILE = letterhead(*SMALLEST)
FILES = letterhead_files(*SMALLEST)


def rule(content: bytes) -> str:
    with pytest.raises(PackageError) as caught:
        open_package(content)
    assert caught.value.remedy
    assert "{" not in str(caught.value)
    return caught.value.rule


@contextlib.contextmanager
def memory_below(megabytes: int) -> Iterator[None]:
    """Fails where the block needs more at its height, whatever it lets go of again."""
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < megabytes * MEGABYTE
    finally:
        tracemalloc.stop()


def document(package: Package) -> str:
    return "".join(package.tree(package.main_part()).itertext())


# Files as all kinds of programs write them


def streamed() -> bytes:
    """Written to a pipe: sizes follow the members (data descriptors)."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in FILES.items():
            archive.writestr(name, content)
    return pipe.written


def with_large_headers() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in FILES.items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(content.encode() if isinstance(content, str) else content)
    return buffer.getvalue()


def renamed(change: Callable[[str], str]) -> bytes:
    return zipped({change(name): content for name, content in FILES.items()})


def with_root(target: str, **more: str) -> bytes:
    root = relationships(f"{RELATION}/officeDocument {target}")
    return zipped({**FILES, "_rels/.rels": root, **more})


def re_encoded(encoding: str) -> bytes:
    text = str(FILES["word/document.xml"]).replace("…", "ä")
    text = f'<?xml version="1.0" encoding="{encoding}"?>{text}'
    return zipped({**FILES, "word/document.xml": text.encode(encoding)})


def with_folders_and_twins() -> bytes:
    buffer = io.BytesIO(FILE)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/", "")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", FILES["word/document.xml"])
    return buffer.getvalue()


TYPES = str(FILES["[Content_Types].xml"])


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(FILE, id="plain"),
        pytest.param(german_template(), id="a template of a German Word"),
        pytest.param(streamed(), id="data descriptors"),
        pytest.param(with_large_headers(), id="zip64"),
        pytest.param(renamed(lambda name: name.replace("/", "\\")), id="backslashes"),
        pytest.param(renamed(lambda name: f"/{name}"), id="a slash before each name"),
        pytest.param(renamed(str.upper), id="capitals"),
        pytest.param(renamed(str.lower), id="small letters"),
        pytest.param(with_root("/word/document.xml"), id="absolute target"),
        pytest.param(with_root("./word/../word/document.xml"), id="roundabout target"),
        pytest.param(with_root("word\\document.xml"), id="target with a backslash"),
        pytest.param(with_root("Word/Document.xml"), id="target in other letters"),
        pytest.param(with_root("word%2Fdocument.xml"), id="target in per cent"),
        pytest.param(re_encoded("utf-16"), id="UTF-16"),
        pytest.param(re_encoded("iso-8859-1"), id="Latin 1"),
        pytest.param(
            zipped({**FILES, "word/document.xml": "\ufeff" + str(FILES["word/document.xml"])}),
            id="byte order mark",
        ),
        pytest.param(
            zipped(
                {
                    **FILES,
                    "[Content_Types].xml": TYPES.replace("<Default", "<!-- x --><Default", 1),
                    "word/document.xml": f"<!-- <!DOCTYPE x> -->{FILES['word/document.xml']}",
                }
            ),
            id="comments",
        ),
        pytest.param(
            zipped(
                {
                    **FILES,
                    "[Content_Types].xml": TYPES.replace(
                        "application/xml", MAIN.format("document"), 1
                    ),
                }
            ),
            id="the content type by the ending alone",
        ),
        pytest.param(b"From: x\r\n\r\n" + FILE, id="something before the ZIP"),
        pytest.param(FILE + bytes(200), id="something behind the ZIP"),
        pytest.param(with_folders_and_twins(), id="folders, and a part twice with one content"),
        pytest.param(
            letterhead(
                *SMALLEST,
                parts={
                    "word/_rels/document.xml.rels": relationships(
                        f"{RELATION}/image NULL", f"{RELATION}/styles missing.xml"
                    )
                },
            ),
            id="leftover relationships",
        ),
    ],
)
def test_a_file_of_any_program_is_taken(content: bytes) -> None:
    package = open_package(content)
    assert "Nr." in document(package) or "zum Abdruck frei" in document(package)
    package.check()


def test_leftover_relationships_lead_nowhere() -> None:
    parts = {"word/_rels/document.xml.rels": relationships(f"{RELATION}/styles missing.xml")}
    package = open_package(letterhead(*SMALLEST, parts=parts))
    assert package.related("word/document.xml", f"{RELATION}/styles") == []


def test_pictures_with_a_document_type_of_their_own_do_no_harm() -> None:
    picture = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://example.org/x.dtd"><svg/>'
    assert open_package(letterhead(*SMALLEST, parts={"word/media/image1.svg": picture}))


def test_a_table_of_ten_thousand_rows_can_be_read() -> None:
    cell = (
        '<w:tc><w:tcPr><w:tcW w:w="4606" w:type="dxa"/></w:tcPr><w:p w:rsidR="00A00001">'
        "<w:r><w:t>Zeile {}</w:t></w:r></w:p></w:tc>"
    )
    rows = "".join(f"<w:tr>{cell.format(n) * 4}</w:tr>" for n in range(10_000))
    package = open_package(letterhead(f"<w:tbl>{rows}</w:tbl>", *SMALLEST))
    assert "Zeile 9999" in document(package)


def test_a_very_long_line_can_be_read() -> None:
    words = "Wort " * (12 * MEGABYTE // 5)
    package = open_package(letterhead(line(f"<w:r><w:t>{words}</w:t></w:r>")))
    assert len(document(package)) == len(words)


# Files that are something else


def ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "".join(streams).encode("utf-16-le")


def package_of(main: str) -> bytes:
    return letterhead(*SMALLEST, main=main)


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty"),
        (bytes(600), "empty"),
        (b"\x0bAnna Muster" + bytes(150), "lock"),
        (ole("EncryptedPackage"), "password"),
        (ole("EncryptedPackage", "\tDRMContent"), "rights"),
        (ole("Root Entry", "WordDocument"), "old"),
        (FILE[: len(FILE) // 2], "cut"),
        (FILE[:-30], "cut"),
        (bytes([7, 200, 3]) * 99, "unknown"),
        (renamed(lambda name: name.replace("_rels/.rels", "_rels/x")), "no_document"),
        (with_root("word/other.xml"), "no_document"),
        (
            zipped(
                {
                    **FILES,
                    "_rels/.rels": relationships(
                        "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument "
                        "word/document.xml"
                    ),
                }
            ),
            "strict",
        ),
        (package_of("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (package_of("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"), "macros"),
        (letterhead(*SMALLEST, parts={"word/vbaProject.bin": "x"}), "macros"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_for_what_it_is(content: bytes, name: str) -> None:
    assert rule(content) == name


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"{\\rtf1\\ansi Text}", "rich text"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"<!DOCTYPE html><html><p>Text</html>", "a web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<html xmlns="x"/>', "a web page"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package/>', "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "a picture"),
        ("Stuttgart. Die Städte freuen sich.".encode(), "plain text"),
        ("Stuttgart. Die Städte freuen sich.".encode("cp1252"), "plain text"),
        (ole("Workbook"), "Excel"),
        (ole("nothing known"), "old format of Microsoft"),
        (zipped(ODT), "OpenDocument text"),
        (zipped({"mimetype": "application/epub+zip", "x.opf": ""}), "e-book"),
        (zipped({"Index/Document.iwa": "x"}), "Pages"),
        (zipped({"Brief.docx": FILE}), "ZIP archive"),
        (package_of(SPREADSHEET), "Excel"),
        (package_of(SLIDES), "PowerPoint"),
    ],
)
def test_a_file_of_another_program_is_named(content: bytes, what: str) -> None:
    with pytest.raises(PackageError, match=what) as caught:
        open_package(content)
    assert caught.value.rule == "other"
    assert caught.value.remedy


def test_an_archive_names_the_word_file_inside() -> None:
    with pytest.raises(PackageError, match=r"take the file inside: Brief\.docx"):
        open_package(zipped({"Brief.docx": FILE}))


def test_a_fault_becomes_the_error_of_whoever_reads() -> None:
    with pytest.raises(PackageError) as caught:
        open_package(b"%PDF-1.7")
    error = caught.value.about(DraftError, Place("alt.docx"))
    assert str(error).startswith("alt.docx: the file is a PDF, not a Word document (.docx). Ask")


# Damage


def with_a_wrong_checksum() -> bytes:
    place = FILE.index(b"word/document.xml") + len("word/document.xml") + 8
    return FILE[:place] + bytes([FILE[place] ^ 0x55]) + FILE[place + 1 :]


def encrypted() -> bytes:
    """The flag for a password in the list of contents of the ZIP."""
    place = FILE.index(b"PK\x01\x02") + 8
    return FILE[:place] + b"\x01" + FILE[place + 1 :]


def packed(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def twice() -> bytes:
    buffer = io.BytesIO(FILE)
    with (
        zipfile.ZipFile(buffer, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        archive.writestr("word/document.xml", "<other/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (with_a_wrong_checksum(), "damaged"),
        (encrypted(), "password"),
        (packed(zipfile.ZIP_LZMA), "packing"),
        (packed(zipfile.ZIP_BZIP2), "packing"),
        (twice(), "twice"),
        (zipped({**FILES, "WORD/document.xml": "<other/>"}), "twice"),
        (zipped({**FILES, "../../outside.xml": "<x/>"}), "name"),
        (zipped({**FILES, "word//x.xml": "<x/>"}), "name"),
        (letterhead("<w:p>"), "damaged"),
        (zipped({**FILES, "[Content_Types].xml": "<Types"}), "damaged"),
        (zipped({**FILES, "word/document.xml": b""}), "damaged"),
        (zipped({**FILES, "word/document.xml": b"\xff\xfe\x00<"}), "damaged"),
    ],
)
def test_damage_and_trickery_are_refused(content: bytes, name: str) -> None:
    assert rule(content) == name


ENTITIES = '<!DOCTYPE x [<!ENTITY a "{}">]>'


@pytest.mark.parametrize("name", ["word/document.xml", "[Content_Types].xml", "_rels/.rels"])
@pytest.mark.parametrize(
    "declaration",
    [
        ENTITIES.format("&#97;" * 10),
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        "<!-- a remark --><?stylesheet x?>\n<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_wherever_it_stands(
    name: str, declaration: str, encoding: str
) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{FILES[name]}'
    assert rule(zipped({**FILES, name: text.encode(encoding)})) == "doctype"


def test_an_encoding_that_could_hide_a_document_type_is_refused() -> None:
    text = '<?xml version="1.0" encoding="utf-7"?>' + "<!DOCTYPE x><x/>".encode("utf-7").decode()
    assert rule(zipped({**FILES, "word/styles.xml": text})) == "damaged"


def test_a_part_that_is_asked_for_later_is_guarded_too() -> None:
    package = Package({"word/odd.bin": b"<!DOCTYPE x><x/>"})
    with pytest.raises(PackageError, match=r"word/odd\.bin"):
        package.tree("word/odd.bin")


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_damage_gives_anything_but_a_clear_fault(data: st.DataObject) -> None:
    content = bytearray(german_template())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    for damaged in (bytes(content), bytes(content[:cut]), bytes(content[cut:])):
        with contextlib.suppress(PackageError):
            package = open_package(damaged)
            package.check()
            strangers(package)


# Bombs


def zeros(megabytes: int) -> bytes:
    """That many megabytes of zeros, deflated to a thousandth."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return once + again * (megabytes - 1) + packer.flush()


def bomb(megabytes: int, declared: int) -> bytes:
    """A Word file with a part of zeros that says it had ``declared`` bytes."""
    packed = zeros(megabytes)
    content = bytearray(zipped({**FILES, "word/media/image1.png": b"@" * 64}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        entries = [each for each in archive.infolist() if "image1" not in each.filename]
        members = [(each.filename, archive.read(each)) for each in entries]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, member in members:
            archive.writestr(name, member)
        entry = zipfile.ZipInfo("word/media/image1.png")
        archive.writestr(entry, packed)
        # The list of contents is written last, from these entries.
        entry.compress_type, entry.file_size, entry.CRC = zipfile.ZIP_DEFLATED, declared, 0
    written = buffer.getvalue()
    head = written.index(b"word/media/image1.png") - 30
    return written[: head + 8] + b"\x08\x00" + written[head + 10 :]


def test_the_bomb_is_one() -> None:
    assert zlib.decompress(zeros(3), -15) == bytes(3 * MEGABYTE)


def test_a_gigabyte_of_zeros_is_refused_without_unpacking_it() -> None:
    content = bomb(1024, 1024 * MEGABYTE)
    assert len(content) < 2 * MEGABYTE
    with memory_below(8):
        assert rule(content) == "bomb"


def test_a_gigabyte_that_says_it_is_small_is_not_unpacked_either() -> None:
    content = bomb(1024, MEGABYTE)
    with memory_below(8):
        assert rule(content) == "damaged"


def test_many_parts_share_one_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SMALLEST_ROOM", 4 * MEGABYTE)
    many = {f"word/media/image{number}.png": bytes(MEGABYTE) for number in range(40)}
    content = zipped({**FILES, **many})
    with memory_below(8):
        assert rule(content) == "bomb"


def test_a_file_with_more_parts_than_any_document_is_refused() -> None:
    many = {f"x{number}": b"" for number in range(bounds.MOST_PARTS + 1)}
    content = zipped({**FILES, **many})
    with memory_below(8):
        assert rule(content) == "parts"


def test_a_file_that_is_too_large_is_refused_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "LARGEST_FILE", 100)
    with pytest.raises(PackageError, match="Compress Pictures"):
        open_package(FILE)


def test_a_flood_of_elements_is_refused_before_it_becomes_a_tree() -> None:
    content = letterhead("<w:p/>" * (MOST_SIGNS + 1))
    with memory_below(240):
        assert rule(content) == "long"


def test_elements_within_one_another_without_end_are_refused() -> None:
    deep = 20_000
    assert rule(letterhead("<w:sdt>" * deep + "</w:sdt>" * deep)) == "damaged"


# What a file brings along


def brought(*entries: str, blocks: tuple[str, ...] = SMALLEST, **parts: str) -> list[str]:
    files = {"word/_rels/document.xml.rels": relationships(*entries), **parts}
    found = strangers(open_package(letterhead(*blocks, parts=files)))
    return [f"{each.kind} {each.name}" for each in found]


def test_objects_and_controls_are_named_as_their_programs_name_them() -> None:
    spaces = (
        'xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    shown = line(
        f'<w:object {spaces}><o:OLEObject ProgID="Equation.3" r:id="rId1"/></w:object>'
        f'<w:object {spaces}><w:control r:id="rId2" w:name="CommandButton1"/></w:object>'
    )
    assert brought(
        f"{RELATION}/oleObject embeddings/oleObject1.bin",
        f"{RELATION}/control activeX/activeX1.xml",
        blocks=(shown, *SMALLEST),
        **{"word/embeddings/oleObject1.bin": "x", "word/activeX/activeX1.xml": "<x/>"},
    ) == ["object Equation.3", "control CommandButton1"]


def test_what_lies_outside_is_named_and_never_fetched() -> None:
    assert brought(
        f"{RELATION}/image http://127.0.0.1:1/pixel.png External",
        f"{RELATION}/attachedTemplate file:///S:/Vorlagen/Brief.dotm External",
        f"{RELATION}/subDocument kapitel.docx External",
        f"{RELATION}/hyperlink https://example.org External",
    ) == [
        "picture http://127.0.0.1:1/pixel.png",
        "template file:///S:/Vorlagen/Brief.dotm",
        "insert kapitel.docx",
    ]


def test_a_letterhead_of_words_and_pictures_brings_nothing_along() -> None:
    assert strangers(open_package(german_template())) == ()


def test_other_packages_can_be_read_for_their_parts() -> None:
    assert f'xmlns:w="{W}"' in read_package(FILE).content("word/document.xml").decode()
