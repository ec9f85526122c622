"""The plain text of a release: nothing lost, nothing broken, nothing too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presskit.document import (
    Block,
    BulletList,
    CodeBlock,
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
    Table,
    Text,
    ThematicBreak,
)
from presskit.errors import UnsupportedError
from presskit.letterhead import Association
from presskit.newsletter import Issue, IssueItem
from presskit.render import text
from presskit.render.columns import columns
from presskit.render.house import House
from presskit.render.text import WIDTH, body_text
from presskit.testing import ASSOCIATION, sample_release
from tests.unit import mail_trees


def house(association: Association = ASSOCIATION) -> House:
    return House(association=association, letterhead=b"", letterhead_file="", templates={})


def paragraph(*children: Inline | str, line: int = 0) -> Paragraph:
    return Paragraph(
        tuple(Text(each) if isinstance(each, str) else each for each in children), line=line
    )


def item(*blocks: Block | str) -> ListItem:
    return ListItem(tuple(paragraph(each) if isinstance(each, str) else each for each in blocks))


def table(header: list[str], *rows: list[str]) -> Table:
    cells = [tuple((Text(cell),) for cell in row) for row in (header, *rows)]
    return Table(cells[0], tuple(cells[1:]), ("",) + ("right",) * (len(header) - 1))


def test_the_sample_release_reads_like_its_letterhead() -> None:
    written = text.render(sample_release(), house()).decode()
    assert written.startswith(
        "PRESSEINFORMATION\nStädtetag Baden-Württemberg\n\n"
        "Geschäftsführendes Vorstandsmitglied\nBearbeiterin\nChristiane Conzen\n"
        "E christiane.conzen@staedtetag-bw.de\nT 0711\xa022921‑48\nF 0711\xa022921‑42\n\n"
        "047.43 - P 309/2017 · Co\n31.07.2017\n\n"
        "Statement zum Bewerbungsschluss „Quartier 2020“\n"
        "===============================================\n\n"
        "Stuttgart. Der Städtetag freut sich über 147 Bewerbungen beim\n"
        "landesweiten Quartierswettbewerb.\n\n"
        "Mehr dazu: Inklusive Quartiere\xa0[1]\n"
    )
    assert "\n[1] https://www.inklusive-quartiere.de\n" in written
    assert written.endswith("\nhttps://www.staedtetag-bw.de\n")


def test_a_newsletter_shows_its_items_and_its_contact() -> None:
    issue = Issue((IssueItem(reference="P 309/2017", title="Quartier 2020"),))
    written = text.render(sample_release(issue=issue), house()).decode()
    assert "Bearbeiterin" in written
    assert "Quartier 2020\n-------------\n" in written


@given(mail_trees.blocks())
def test_no_word_is_lost_and_all_stand_in_order(blocks: tuple[Block, ...]) -> None:
    written = body_text(blocks)
    position = 0
    for word in mail_trees.words(blocks, alt=True):
        found = written.find(word, position)
        assert found >= 0, f"{word!r} is missing after {written[:position]!r}"
        position = found + len(word)


@given(mail_trees.blocks(tables=True))
def test_no_cell_of_a_table_is_lost(blocks: tuple[Block, ...]) -> None:
    written = body_text(blocks)
    assert all(word in written for word in mail_trees.words(blocks, alt=True))


@given(mail_trees.blocks(tables=True))
def test_lines_end_with_a_line_feed_and_never_with_blanks(blocks: tuple[Block, ...]) -> None:
    lines = body_text(blocks).split("\n")
    assert lines == "\n".join(lines).splitlines() or lines == [""]
    assert lines == [line.rstrip() for line in lines]


@given(mail_trees.blocks(tables=True, code=False))
def test_only_a_single_word_is_ever_too_wide(blocks: tuple[Block, ...]) -> None:
    for line in body_text(blocks).split("\n"):
        content = line.lstrip(" >-0123456789.⁰¹²³⁴⁵⁶⁷⁸⁹[]")
        assert columns(line) <= WIDTH or " " not in content


@given(st.lists(st.text("aß\xa0€漢😀", min_size=1, max_size=20), max_size=40), st.integers(10, 80))
def test_no_break_spaces_hold_in_any_width(glued: list[str], width: int) -> None:
    lines = body_text((paragraph(" ".join(glued)),), width).split("\n")
    words = [word.strip("\xa0") for line in lines for word in line.split(" ")]
    assert list(filter(None, words)) == list(filter(None, (each.strip("\xa0") for each in glued)))


def test_a_link_that_shows_its_address_gets_no_number() -> None:
    for words, target in (
        ("www.inklusive-quartiere.de", "https://www.inklusive-quartiere.de/"),
        ("simone.fischer@staedtetag-bw.de", "mailto:simone.fischer@staedtetag-bw.de"),
        ("0711\xa022921‑33", "tel:+497112292133"),
    ):
        assert body_text((paragraph(Link((Text(words),), target)),)) == words


def test_two_links_to_one_address_share_a_number() -> None:
    link = Link((Text("Programm"),), "https://example.org/programm")
    written = body_text((paragraph(link, " und ", link),))
    assert written.startswith("Programm\xa0[1] und Programm\xa0[1]\n")
    assert written.count("https://example.org/programm") == 1


def test_an_address_behind_words_is_listed_without_its_scheme_for_mail_and_phone() -> None:
    mail = Link((Text("Schreiben Sie uns"),), "mailto:post@example.org")
    phone = Link((Text("rufen Sie an"),), "tel:+497110")
    assert body_text((paragraph(mail, " oder ", phone),)).endswith(
        "\n\n[1] post@example.org\n[2] +497110"
    )


def test_an_address_is_never_broken() -> None:
    address = "https://example.org/" + "weit/" * 30
    written = body_text((paragraph("Siehe ", Link((Text("dort"),), address), "."),))
    assert f"[1] {address}" in written.split("\n")


def test_footnotes_stand_below_and_their_marks_cannot_be_mistaken() -> None:
    note = Footnote((paragraph("Stand Juli."), paragraph("Vorläufig.")))
    written = body_text((paragraph("Auf 20 m²", note, " mehr", Footnote((paragraph("So."),))),))
    assert written.startswith("Auf 20 m²\xa0¹ mehr²\n\n---")
    assert written.endswith("\n\n¹ Stand Juli.\n\n  Vorläufig.\n² So.")


def test_lists_hang_and_count_with_their_real_numbers() -> None:
    blocks = (
        OrderedList((item("neun"), item("zehn " * 20)), start=9),
        BulletList((item("außen", BulletList((item("innen"),))), item())),
    )
    assert body_text(blocks).split("\n") == [
        "9.  neun",
        "10. zehn zehn zehn zehn zehn zehn zehn zehn zehn zehn zehn zehn zehn",
        "    zehn zehn zehn zehn zehn zehn zehn",
        "",
        "- außen",
        "  - innen",
        "-",
    ]


def test_a_table_has_columns() -> None:
    written = body_text((table(["Stadt", "Bewerbungen"], ["Ulm", "5"], ["漢字", "12"]),))
    assert written.split("\n") == [
        "Stadt  Bewerbungen",
        "-----  -----------",
        "Ulm              5",
        "漢字            12",
    ]


def test_a_table_too_wide_for_columns_becomes_lines() -> None:
    written = body_text((table(["Stadt", "Ziel"], ["Ulm", "Wohnen " * 12], ["Aalen", "Pflege"]),))
    assert written.split("\n\n") == [
        "Stadt: Ulm\nZiel: " + " ".join(["Wohnen"] * 9) + "\n" + " ".join(["Wohnen"] * 3),
        "Stadt: Aalen\nZiel: Pflege",
    ]


def test_code_is_left_as_it_is() -> None:
    long = "x = 1    # " + "so " * 40
    assert body_text((CodeBlock(f"{long}\r\n\tende"),)) == f"{long.rstrip()}\n\tende"


def test_quotes_headings_and_breaks_are_marked() -> None:
    blocks = (
        Heading(2, (Text("Größe"),)),
        Quote((paragraph("Eins"), paragraph("zwei", LineBreak(), "drei"))),
        ThematicBreak(),
        Heading(3, (Text("Mehr"),)),
    )
    assert body_text(blocks) == "Größe\n-----\n\n> Eins\n>\n> zwei\n> drei\n\n* * *\n\nMehr\n~~~~"


def test_a_picture_is_shown_by_its_words_and_its_caption() -> None:
    blocks = (
        paragraph(Image("karte.png", "Karte der Städte", "Foto: Städtetag")),
        paragraph("Siehe ", Image("punkt.png", "roter Punkt"), "."),
    )
    assert body_text(blocks) == (
        "[Bild: Karte der Städte]\nFoto: Städtetag\n\nSiehe [Bild: roter Punkt]."
    )
    assert body_text(blocks, language="en").startswith("[Picture: Karte")


def test_a_control_character_is_refused_wherever_it_stands() -> None:
    with pytest.raises(UnsupportedError, match=r"line 3: .*U\+0008"):
        body_text((paragraph("Sta\bdt", line=3),))
    with pytest.raises(UnsupportedError, match=r"U\+0000"):
        text.render(sample_release(title="Null\0"), house())
