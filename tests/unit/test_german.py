"""Typography, dates, phone numbers and folding."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit import german
from presskit.german import typography
from presskit.intake.markdown import set_line

PIECES = (
    *(
        "z.B.",
        " ",
        "-",
        "--",
        "§",
        "5",
        "%",
        "Uhr",
        "'",
        '"',
        "…",
        "..",
        "...",
        "31.",
        "Juli",
        "147",
    ),
    *("000", "www.x.de", "a@b.de", "\xa0", "–", "Dr.", "a", ".", "P 309/2017", "047.43", "e. V."),
    *("Mio.", "ff.", "„", "“", "’", "geht's", "Abs. 1", "https://x.de/a--b...'c", "10-12"),
)
texts = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
languages = st.sampled_from(("de", "en"))


def folded(text: str) -> str:
    """The words without blanks, dashes, quotation marks; an ellipsis is three dots."""
    return re.sub(r"[\s–\-'’‘‚„“”\"]", "", text).replace("…", "...")


@given(texts, languages)
@settings(deadline=None, max_examples=300)
def test_typography_never_changes_the_words(text: str, language: str) -> None:
    assert folded(typography(text, language)) == folded(text)


@given(texts, languages)
@settings(deadline=None, max_examples=300)
def test_typography_is_done_once(text: str, language: str) -> None:
    once = typography(text, language)
    assert typography(once, language) == once


@given(texts, languages)
@settings(deadline=None, max_examples=200)
def test_a_headline_keeps_its_words(text: str, language: str) -> None:
    line = " ".join(text.replace("\0", "").split())
    assert folded(set_line(line, language)) == folded(line)  # type: ignore[arg-type]


SET = {
    "z.B. z. B. Z.B.": "z.~B. z.~B. Z.~B.",
    "OBM a.D., d.h. i.d.R. der e.V.": "OBM a.~D., d.~h. i.~d.~R. der e.~V.",
    "§ 5, §§ 5 ff.": "§~5, §§~5~ff.",
    "Art. 6 Abs. 1": "Art.~6 Abs.~1",
    "80 % bis 10 Uhr": "80~% bis 10~Uhr",
    "3,5 Mio. Euro": "3,5~Mio.~Euro",
    "147 000 und 1 147 000 Menschen": "147~000 und 1~147~000 Menschen",
    "Dr. Müller, Prof. Dr. Meier": "Dr.~Müller, Prof.~Dr.~Meier",
    "am 31. Juli 2017": "am 31.~Juli 2017",
    "Wort - Wort -- Wort – Wort": "Wort~– Wort~– Wort~– Wort",
    "a - - b": "a~–~– b",
    " - nach fetter Schrift": "~– nach fetter Schrift",
    "10--12": "10–12",
    "warten ...": "warten …",
    "'ne Frage": "’ne Frage",
}


@pytest.mark.parametrize("written", SET)
def test_german_is_set_rightly(written: str) -> None:
    assert typography(written) == SET[written].replace("~", "\xa0")


@pytest.mark.parametrize(
    "written",
    [
        *("047.43 - P 309/2017 · Co", "ST 710 - P 94/2006", "0711 22921-48", "0711 229 21-33"),
        *(
            "10-12",
            "§\xa03 (c)",
            "(c) (r) (tm)",
            "https://x.de/a--b...c?d='e'",
            "www.x.de/z.B./5--6",
        ),
        *("a.d.-5--6@example.org", "2017 147 Städte", "Quartiersplanung und -Strategien", "...."),
        *("0:34", "030 227 210", "P–309–2017", "1.5"),
    ],
)
def test_these_are_not_touched(written: str) -> None:
    assert typography(written) == written


def test_english_is_set_rightly() -> None:
    assert typography("Dr. Smith - 31 July, No. 5 z.B.", "en") == (
        "Dr.\xa0Smith\xa0– 31\xa0July, No.\xa05 z.B."
    )


QUOTED = {
    ('"Quartier 2020" geht\'s an', "de"): "„Quartier 2020“ geht’s an",
    ("\"sagte 'er' es\"", "de"): "„sagte ‚er‘ es“",
    ('„Inklusive Quartiere" und "Quartier"', "de"): "„Inklusive Quartiere“ und „Quartier“",
    ('"siehe www.x.de/a\'b"', "de"): "„siehe www.x.de/a'b“",
    ("\"say 'it'\" it's", "en"): "“say ‘it’” it’s",
}


@pytest.mark.parametrize(("written", "language"), QUOTED)
def test_quotation_marks_follow_the_language(written: str, language: str) -> None:
    assert set_line(written, language) == QUOTED[written, language]  # type: ignore[arg-type]


def test_dates_are_written_as_in_letters() -> None:
    date = dt.date(2017, 7, 1)
    assert german.short_date(date) == "01.07.2017"
    assert german.long_date(date) == "1. Juli 2017"
    assert german.long_date(date, "en") == "1 July 2017"


def test_phone_numbers_do_not_break_and_can_be_dialled() -> None:
    assert german.phone_number("0711  22921-48") == "0711\xa022921\u201148"
    assert german.phone_uri("0711 22921-48") == "tel:+497112292148"
    assert german.phone_uri("+49 (0)711 22921-48") == "tel:+497112292148"
    assert german.phone_uri("0049 711 2292148") == "tel:+497112292148"


@pytest.mark.parametrize("written", ["Städtetag", "Staedtetag", "STÄDTETAG", "Sta\u0308dtetag"])
def test_look_ups_do_not_mind_umlauts_and_capitals(written: str) -> None:
    assert german.fold(written) == "staedtetag"


@given(st.text(max_size=40))
@settings(deadline=None)
def test_every_file_name_can_be_spelled_in_ascii(name: str) -> None:
    spelled = german.ascii_name(name)
    assert re.fullmatch(r"[A-Za-z0-9._-]+", spelled)
    assert not spelled.startswith((".", "-"))
    assert german.ascii_name(spelled) == spelled


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Übersicht Städte.pdf", "Uebersicht-Staedte.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("…", "file"),
        ("ß" * 200 + ".pdf", "s" * 100 + ".pdf"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_file_name_in_ascii_suits_every_system(name: str, expected: str) -> None:
    assert german.ascii_name(name) == expected
