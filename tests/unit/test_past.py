"""Pages of past releases: every known field with its line, every other word kept or named."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.document import BulletList, Link, Paragraph, Text, nodes, plain
from presskit.errors import DraftError, PresskitError
from presskit.intake.found import Reading
from presskit.intake.labels import healed_phone, read_date
from presskit.intake.past import read_past

PAGE = """Sprungziele
Inhalt

P 309/2017 Az.: 047.43 / Statement zum Bewerbungsschluss "Quartier 2020" (31.07.2017)

PRESSEINFORMATION Geschäftsführendes\x20\x20
Vorstandsmitglied

Bearbeiterin
Christiane Conzen
\x20
E
christiane.conzen@staedtetag-bw.de
T 0711 22921-
48
F 0711 22921-42

Az
047.43; ST862 - P 309/2017 · Co

31.07.2017

Statement zum Wettbewerb

Stuttgart. Der Städtetag freut sich.

Kontakt: Simone Fischer, Fachberatung Inklusion, Telefon 0711 229 21-33 , E-Mail s.f@example.org

Dokumente:
"""


def read(page: str, encoding: str = "utf-8") -> Reading:
    return read_past(page.encode(encoding), "seite.txt")


def found(reading: Reading) -> dict[str, tuple[str, int]]:
    return {each.key: (each.value, each.line) for each in reading.found}


def rules(reading: Reading) -> set[str]:
    return {each.rule for each in reading.remarks}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_layout_of_2017_gives_each_field_with_its_line(encoding: str) -> None:
    reading = read(PAGE, encoding)
    values = found(reading)
    assert values["reference"] == ("P 309/2017", 4)
    assert [each.value for each in reading.values("file_reference")] == ["047.43", "ST862"]
    assert values["title_date"] == ("2017-07-31", 4)
    assert values["kind"] == ("Presseinformation", 6)
    assert values["contact.office"] == ("Geschäftsführendes Vorstandsmitglied", 6)
    assert values["contact.role_label"] == ("Bearbeiterin", 9)
    assert values["contact.name"] == ("Christiane Conzen", 10)
    assert values["contact.email"] == ("christiane.conzen@staedtetag-bw.de", 12)
    assert values["contact.phone"] == ("0711 22921-48", 14)
    assert values["contact.fax"] == ("0711 22921-42", 16)
    assert values["contact.initials"] == ("Co", 19)
    assert values["date"] == ("2017-07-31", 21)
    assert values["title"] == ("Statement zum Wettbewerb", 23)
    assert values["subject"][0] == 'Statement zum Bewerbungsschluss "Quartier 2020"'
    assert values["place"][0] == "Stuttgart"
    assert values["inquiries.0.name"][0] == "Simone Fischer"
    assert values["inquiries.0.phone"][0] == "0711 22921-33"
    assert values["inquiries.0.email"][0] == "s.f@example.org"
    assert reading.text.blocks == (Paragraph((Text("Der Städtetag freut sich."),)),)
    assert rules(reading) == {"left-out"}


def test_the_layout_of_2006() -> None:
    page = (
        "Pressemitteilung P 94/2006 / AZ: ST710 / Vorstand neu gewählt (11.12.2006)\n\n"
        "11.12.2006 – Az: ST 710 – P 94/2006 – St/H – 0711/22921-14 –\n\n"
        "Vorstand neu gewählt\n\nDer Vorstand hat sich konstituiert.\n"
    )
    values = found(read(page))
    assert values["reference"] == ("P 94/2006", 1)
    assert values["date"] == ("2006-12-11", 3)
    assert values["contact.initials"] == ("St/H", 3)
    assert values["contact.phone"] == ("0711 22921-14", 3)
    assert values["title"] == ("Vorstand neu gewählt", 5)


def test_a_joint_release_of_2021_has_a_kind_and_a_date() -> None:
    reading = read("GEMEINSAME PRESSEINFORMATION\n\n29. April 2021\n\nEin Titel\n\nDer Text.\n")
    assert found(reading)["kind"] == ("Gemeinsame Presseinformation", 1)
    assert found(reading)["date"] == ("2021-04-29", 3)
    assert "missing" in rules(reading)


def test_two_numbers_are_both_unsure_and_somebody_has_to_decide() -> None:
    reading = read(PAGE.replace("- P 309/2017 · Co", "- P 310/2017 · Co"))
    assert {(each.value, each.confidence) for each in reading.values("reference")} == {
        ("P 309/2017", "unsure"),
        ("P 310/2017", "unsure"),
    }
    assert next(each for each in reading.remarks if each.rule == "conflict").open


def test_a_date_that_differs_from_that_of_the_title_is_remarked() -> None:
    reading = read(PAGE.replace("\n31.07.2017\n", "\n28.07.2017\n"))
    assert found(reading)["date"][0] == "2017-07-28"
    assert "dates" in rules(reading)


@pytest.mark.parametrize("written", ["31.02.2017", "31.7.17", "7/31/2017", "31. Brachet 2017", ""])
def test_no_date_is_guessed(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "healed"),
    [
        ("0711 22921-48", "0711 22921-48"),
        ("0711 229 21-33", "0711 22921-33"),
        ("(0711) 229 21-0", "0711 22921-0"),
        ("0711/22921-14", "0711 22921-14"),
        ("+49 711 22921-48", "+49 711 22921-48"),
    ],
)
def test_phones_are_healed(written: str, healed: str) -> None:
    assert healed_phone(written) == healed


def test_a_page_of_many_statements_is_not_taken_for_one_release() -> None:
    page = "STIMMEN\n\nQR#2 | Wer, Ort (0:34 Min.)\n\nQR#1 | Anderer, Ort (1:10 Min.)\n"
    assert "several" in rules(read(page))


HTML = """<!doctype html><html><head><meta charset="utf-8"><title>x</title><script>bad()</script>
</head><body><nav>Startseite</nav><h1>P 309/2017 Az.: 047.43 / Kurz (31.07.2017)</h1>
<p>PRESSEINFORMATION</p><p>31.07.2017</p><p><b>Die Überschrift</b></p>
<p>Stuttgart. Ein Text mit <a href="https://example.org/a">Verweis</a>,
der umbricht.</p><ul><li>eins</li><li>zwei</li></ul></body></html>"""


def test_a_page_in_html_keeps_its_links_and_lists_and_leaves_scripts_out() -> None:
    reading = read(HTML)
    values = found(reading)
    assert values["reference"][0] == "P 309/2017"
    assert values["title"][0] == "Die Überschrift"
    paragraph, items = reading.text.blocks
    assert isinstance(paragraph, Paragraph)
    assert plain(paragraph.children) == "Ein Text mit Verweis, der umbricht."
    assert Link((Text("Verweis"),), "https://example.org/a") in paragraph.children
    assert isinstance(items, BulletList)
    assert len(items.items) == 2


def test_a_pdf_is_read_by_its_lines() -> None:
    import typst

    lines = [line.replace("@", "\\@").replace('"', "") for line in PAGE.split("\n")]
    source = "#set page(width: 20cm)\n" + "\\ \n".join(line or "~" for line in lines)
    content = typst.compile(source.encode(), format="pdf")
    assert isinstance(content, bytes)
    values = found(read_past(content, "seite.pdf"))
    assert values["reference"][0] == "P 309/2017"
    assert values["date"][0] == "2017-07-31"
    assert values["contact.phone"][0] == "0711 22921-48"


def _all_words(reading: Reading) -> set[str]:
    text = [each.content for each in nodes(reading.text) if isinstance(each, Text)]
    sources = [f"{each.source} {each.value}" for each in reading.found]
    remarks = [str(fact) for each in reading.remarks for fact in each.facts.values()]
    return set(re.findall(r"\w+", " ".join((*text, *sources, *remarks))))


_lines = st.lists(
    st.one_of(
        st.sampled_from(PAGE.split("\n")),
        st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=200)
@given(_lines)
def test_no_word_of_a_page_is_lost_whatever_its_lines(lines: list[str]) -> None:
    page = "\n".join(lines)
    try:
        reading = read(page)
    except PresskitError:
        return
    # Labels alone (``E``, ``Az``, ``Dokumente``) are spent without a value.
    labels = {"E", "T", "F", "Az", "Dokumente", "Kontakt", "Telefon", "Mail"}
    assert set(re.findall(r"\w+", page)) - _all_words(reading) <= labels


@settings(deadline=None, max_examples=100)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: f"<p>{t}".encode())))
def test_bytes_that_cannot_be_read_are_refused_with_a_remedy(content: bytes) -> None:
    try:
        read_past(content, "x")
    except DraftError as fault:
        refused = fault
    else:
        return
    assert refused.remedy


@given(
    st.integers(1, 999),
    st.dates(dt.date(1995, 1, 1), dt.date(2030, 1, 1)),
    st.lists(st.sampled_from(["047.43", "ST862", "ST 710", "103.2"]), min_size=1, unique=True),
)
def test_every_head_of_2017_comes_back(number: int, date: dt.date, numbers: list[str]) -> None:
    page = (
        f"PRESSEINFORMATION\n\nAz\n{'; '.join(numbers)} - P {number}/{date.year} · Xy\n\n"
        f"{date.day:02}.{date.month:02}.{date.year}\n\nTitel\n\nText.\n"
    )
    reading = read(page)
    assert found(reading)["reference"][0] == f"P {number}/{date.year}"
    assert found(reading)["date"][0] == date.isoformat()
    assert [each.value for each in reading.values("file_reference")] == numbers


def test_a_page_nested_too_deeply_is_refused_and_not_cut() -> None:
    assert "Text" in _all_words(read(f"<html><body>{'<div>' * 150}Der Text.{'</div>' * 150}"))
    with pytest.raises(DraftError, match="nested too deeply"):
        read(f"<html><body>Da.{'<div>' * 5000}Der Text.{'</div>' * 5000}")
