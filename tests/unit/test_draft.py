"""Drafts: what is read, and that every fault is one sentence with file, line and remedy."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.document import Paragraph, Text
from presskit.errors import DraftError
from presskit.intake.draft import Surroundings, read_draft
from presskit.intake.head import read_sheet
from presskit.release import Draft
from presskit.settings import read_settings

SETTINGS = read_settings(
    """
[association]
name = "Städtetag"
[series.P]
[series.QR]
kind = "statement"
pattern = "QR#{number}"
[series.NL]
kind = "newsletter"
[contacts.conzen]
name = "Christiane Conzen"
[contacts.fischer]
name = "Simone Fischer"
[mail]
from = "presse@example.org"
"""
)
FILES = {"plan.pdf": b"%PDF", "Plan.pdf": b"%PDF-2", "leer.pdf": b""}


def read_file(path: str) -> bytes:
    if path not in FILES:
        raise FileNotFoundError(2, "No such file or directory", path)
    return FILES[path]


AROUND = Surroundings(settings=SETTINGS, lists=("press", "cities"), read_file=read_file)

GOOD = """\
---
title: Ein "Titel" - z.B.
date: 2017-07-31
file_reference: [047.43, ST862]
contact: conzen
inquiries:
  - fischer
  - name: Iris Mann
    phone: 0711 1
lists:
  - press
  - cities
attachments:
  - plan.pdf
embargo: 2017-07-31T10:00
---
Der erste Satz.

Der zweite Satz.
"""


def read(text: str | bytes) -> Draft:
    content = text.encode() if isinstance(text, str) else text
    return read_draft(content, "drafts/a.md", AROUND)


def refusal(text: str | bytes) -> DraftError:
    with pytest.raises(DraftError) as caught:
        read(text)
    message = str(caught.value)
    assert message.startswith("drafts/a.md")
    assert len(message.splitlines()) == 1
    assert len(message) < 1000
    assert caught.value.remedy
    return caught.value


def test_a_good_draft_is_read() -> None:
    draft = read(GOOD)
    assert draft.title == "Ein „Titel“\xa0– z.\xa0B."
    assert draft.date == dt.date(2017, 7, 31)
    assert [str(each) for each in draft.file_references] == ["047.43", "ST862"]
    assert [each.name for each in draft.inquiries] == ["Simone Fischer", "Iris Mann"]
    assert draft.embargo is not None
    assert draft.embargo.until is not None
    assert draft.embargo.until.isoformat() == "2017-07-31T10:00:00+02:00"
    assert [block.line for block in draft.text.blocks] == [17, 19]


@pytest.mark.parametrize(
    "typed", ["047.43", "0:34", "2017", "yes", "null", "~", "1e3", "0x1f", "2017-07-31", "1_000"]
)
def test_a_value_stays_as_it_was_typed(typed: str) -> None:
    assert read(GOOD.replace('Ein "Titel" - z.B.', typed)).title == typed


@pytest.mark.parametrize("marked", ["\ufeff", ""])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_byte_order_marks_and_line_ends_do_not_matter(marked: str, line_end: str) -> None:
    assert read(marked + GOOD.replace("\n", line_end)) == read(GOOD)


def test_decomposed_letters_are_composed() -> None:
    draft = read(GOOD.replace("Der erste", "Die Sta\u0308dte"))
    assert draft.text.blocks[0] == Paragraph((Text("Die Städte Satz."),))


def test_a_remark_in_the_head_is_no_text() -> None:
    assert read(GOOD.replace("contact: conzen", "contact: conzen   # sie")).contact is not None


# what is written instead of what, the line the message must name, what it must say
FAULTS = (
    ("title:", "titel:", 2, "Did you mean 'title'?"),
    ('title: Ein "Titel" - z.B.\n', "", 1, "'title': this is missing"),
    ('Ein "Titel" - z.B.', '"   "', 2, "'title': this is missing"),
    ('Ein "Titel" - z.B.', "[a]", 2, "must be text"),
    ('Ein "Titel" - z.B.', "Wir sind #dabei", 2, "be lost"),
    ('Ein "Titel" - z.B.', "*wichtig* heute", 2, "YAML"),
    ('Ein "Titel" - z.B.', "!wichtig heute", 2, "begins with"),
    ('Ein "Titel" - z.B.', "&Co heute", 2, "begins with"),
    ('Ein "Titel" - z.B.', '"Anfang" und Ende', 2, "YAML"),
    ('Ein "Titel" - z.B.', "a: b", 2, "YAML"),
    ('Ein "Titel" - z.B.', "@alle", 2, "YAML"),
    ('Ein "Titel" - z.B.', r'"\x00"', 2, "control character"),
    ('Ein "Titel" - z.B.', r'"\ud800"', 2, "control character"),
    ("date: 2017-07-31", "date: 2017-02-30", 3, "not a date of the calendar"),
    ("date: 2017-07-31", "date: 31.07.2017", 3, "not a date of the calendar"),
    ("date: 2017-07-31", "date: 0017-07-31", 3, "not a date of our time"),
    ("date: 2017-07-31", "date: ２０１７-07-31", 3, "not a date of the calendar"),
    ("date: 2017-07-31\n", "", 1, "'date': this is missing"),
    ("date: 2017-07-31", "date: 2017-07-31\ndate: 2017-08-01", 4, "stands there twice"),
    ("date: 2017-07-31", "date: 2017-07-31\n\tx: 1", 4, "YAML"),
    ("[047.43, ST862]", '[047.43, ""]', 4, "entry of the list is empty"),
    ("contact: conzen", "contact: conze", 5, "not among the contacts"),
    ("contact: conzen", "contact: [conzen, fischer]", 5, "room for one contact"),
    ("contact: conzen", "contact: {name: A, fon: 1}", 5, "unknown key"),
    ("contact: conzen\n", "", 1, "'contact': this is missing"),
    ("  - fischer", "  - fisher", 7, "not among the contacts"),
    ("    phone:", "    fon:", 9, "'inquiries.fon'"),
    ("  - cities", "  - town", 12, "no list 'town'"),
    ("plan.pdf", "plam.pdf", 14, "cannot be read"),
    ("plan.pdf", "leer.pdf", 14, "is empty"),
    ("  - plan.pdf", "  - plan.pdf\n  - Plan.pdf", 15, "two attachments"),
    ("  - plan.pdf", "  - {title: Plan}", 14, "'attachments.file': this is missing"),
    ("T10:00", "", 15, "no moment"),
    ("2017-07-31T10:00", "2017-03-26T02:30", 15, "no moment"),
    ("2017-07-31T10:00", "0001-01-01T00:00", 15, "no moment"),
    ("2017-07-31T10:00", "{until: x, event: y}", 15, "either a moment or an event"),
    ("embargo:", "series: X\nembargo:", 15, "is not one of P, QR, NL"),
    ("embargo:", "? [a]\n: b\nembargo:", 15, "a key must be a word"),
    ("Der erste", "\x07Der erste", 17, "U+0007"),
    ("Der zweite", "Der\u2028zweite", 19, "U+2028"),
    ("Der zweite", "# Der zweite", 19, "level 1"),
    ("Der zweite Satz.", "[^1]: Note", 19, "nothing refers to it"),
    ("Der erste Satz.\n\nDer zweite Satz.\n", "", 17, "has no text"),
    ("---\nDer", "Der", 1, "no end"),
    ("---\ntitle", "title", 1, "no head"),
    (GOOD, "", 1, "no head"),
    (GOOD, "---\n---\n", 1, "missing"),
    (GOOD, "---\nnur Text\n---\nText", 2, "no keys"),
    (GOOD, "---\n- a\n---\nText", 2, "no keys"),
    ("contact:", "x" * 100_000 + ": 1\ncontact:", 1, "head is too long"),
    ("contact:", "x" * 1000 + ": 1\ncontact:", 5, "unknown key"),
)


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    message = str(refusal(GOOD.replace(old, new, 1)))
    assert said in message
    if said != "head is too long":
        assert message.startswith(f"drafts/a.md, line {line}")


def test_another_encoding_is_named_with_its_line() -> None:
    for line_end in ("\n", "\r\n", "\r"):
        content = GOOD.replace("zweite", "größte").replace("\n", line_end).encode("cp1252")
        assert "line 19: the draft is not in UTF-8" in str(refusal(content))
    assert "line 1: the draft is not in UTF-8" in str(refusal(b"\xef\xbb\xbf---\xff\n---\n"))
    assert "line 2: the draft is not in UTF-8" in str(refusal(b"\xef\xbb\xbf-\n\xff"))


TOWER = "---\na: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
HOSTILE = {
    "billion laughs": TOWER + "---\nText",
    "a list of itself": "---\ntitle: &a [*a]\n---\nText",
    "deep lists": "---\ntitle: " + "[" * 20_000 + "\n---\nText",
    "deep tables": "---\n" + "".join(" " * n + "a:\n" for n in range(300)) + "---\nText",
    "one line": GOOD.replace("Der erste", "Der erste " * 100_000),
    "long word": GOOD.replace("Der erste", "x" * 250_000),
    "quotes": GOOD.replace("Der erste", '" ' * 40_000),
    "stars": GOOD.replace("Der erste", "*" * 20_000 + "a" + "*" * 20_000),
    "deep quotes": GOOD.replace("Der erste", ">" * 5000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_draft_is_refused_fast(name: str) -> None:
    begun = time.monotonic()
    refusal(HOSTILE[name])
    assert time.monotonic() - begun < 5


@given(st.one_of(st.binary(), st.text().map(lambda text: f"---\n{text}\n---\n{text}".encode())))
@settings(deadline=None, max_examples=200)
def test_nothing_but_a_draft_error_leaves_the_reader(content: bytes) -> None:
    try:
        read(content)
    except DraftError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017


PIECES = (
    *("[^1]", "[^1]: ", "[a]", "[a]: b", "> ", "- ", "1. ", "31. Juli", "|", "|--|", "```", "    "),
    *("\n", "\n\n", "*", "**", "_", "`", "\\", "![", "](", ")", "<", ">", "&#0;", "&amp;", "# "),
    *('"', "'", "---\n", ": ", "[", "{", "]", "}", "#", "&x ", "*x", "!x ", "\t", "\0", "é", "“"),
)
mutations = st.tuples(
    st.integers(0, len(GOOD)),
    st.integers(0, 12),
    st.lists(st.sampled_from(PIECES), max_size=8).map("".join),
)


@given(mutations, mutations)
@settings(deadline=None, max_examples=400)
def test_a_draft_with_slips_is_read_or_refused(
    first: tuple[int, int, str], second: tuple[int, int, str]
) -> None:
    text = GOOD
    for start, length, new in (first, second):
        text = text[:start] + new + text[start + length :]
    try:
        read(text)
    except DraftError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017
        assert error.place is not None  # noqa: PT017
        assert 1 <= (error.place.line or 1) <= text.count("\n") + 1  # noqa: PT017


def test_a_statement_takes_its_title_from_its_facts() -> None:
    draft = read(
        "---\nseries: QR\nperson: Stefan Schmutz\noffice: Bürgermeister\ncity: Stadt Ladenburg\n"
        "duration: 0:34\ndate: 2017-08-01\n---\n"
    )
    assert draft.title == "Stefan Schmutz, Bürgermeister, Stadt Ladenburg (0:34 Min.)"


def test_a_newsletter_lists_its_items() -> None:
    draft = read(
        "---\nseries: NL\ntitle: Neues\ndate: 2017-08-01\nitems:\n  - P 309/2017\n"
        "  - {reference: QR#10, teaser: Eine Stimme}\n---\n"
    )
    assert draft.issue is not None
    assert [each.reference for each in draft.issue.items] == ["P 309/2017", "QR#10"]


def test_a_joint_release_needs_no_contact() -> None:
    draft = read(GOOD.replace("contact: conzen", "issuers: [Städtetag, Landkreistag]"))
    assert draft.contact is None
    assert draft.issuers == ("Städtetag", "Landkreistag")


def test_the_line_of_every_key_and_entry_is_known() -> None:
    sheet = read_sheet("a: 1\nb:\n  - x\n  - y: 2\n    z: 3", "f", first_line=2)
    assert sheet.values == {"a": "1", "b": ["x", {"y": "2", "z": "3"}]}
    assert sheet.lines == {
        ("a",): 2,
        ("b",): 3,
        ("b", 0): 4,
        ("b", 1): 5,
        ("b", 1, "y"): 5,
        ("b", 1, "z"): 6,
    }
