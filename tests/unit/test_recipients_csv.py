"""Lists as CSV files, in all the ways programs write them."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from presskit.errors import RecipientsError
from presskit.people import Gender, Recipient, salutation
from presskit.recipients.columns import read_gender, read_language
from presskit.recipients.csv_file import ListEntry, Problem, read_csv
from presskit.wording import Language

TABLE = [
    ["E-Mail", "Anrede", "Titel", "Vorname", "Nachname", "Organisation", "Fach"],
    ["a@example.org", "Frau", "Dr.", "Käthe", "Müller-Weiß", 'Verlag "Süd"; Nord, Ost', "Bau"],
    ["b@example.org", "Herr", "", "Jörg", "Groß", "Zeile 1\nZeile 2", ""],
]
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")


def written(rows: list[list[str]], delimiter: str = ";", line_end: str = "\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def read(content: str | bytes) -> tuple[list[Recipient], list[str]]:
    found = list(read_csv(content.encode() if isinstance(content, str) else content, "l.csv"))
    people = [each.recipient for each in found if isinstance(each, ListEntry)]
    return people, [str(each) for each in found if isinstance(each, Problem)]


def refusal(content: str | bytes) -> str:
    with pytest.raises(RecipientsError) as caught:
        read(content)
    assert len(str(caught.value).splitlines()) == 1
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_program_s_csv_gives_the_same_people(
    encoding: str, delimiter: str, line_end: str
) -> None:
    people, problems = read(written(TABLE, delimiter, line_end).encode(encoding))
    assert problems == []
    assert people == [
        Recipient(
            address="a@example.org",
            gender="f",
            title="Dr.",
            first_name="Käthe",
            last_name="Müller-Weiß",
            organisation='Verlag "Süd"; Nord, Ost',
            more={"Fach": "Bau"},
        ),
        Recipient(
            address="b@example.org",
            gender="m",
            first_name="Jörg",
            last_name="Groß",
            organisation="Zeile 1 Zeile 2",
            more={"Fach": ""},
        ),
    ]


HEADINGS = {
    "address": ("E-Mail", "email", "E-MAIL-ADRESSE", "Mail", "E-mail Address", "e_mail"),
    "first_name": ("Vorname", "First Name", "given_name"),
    "last_name": ("Nachname", "Familienname", "Last name", "SURNAME"),
    "name": ("Name", "Ansprechpartner/in", "Full Name", "Ansprechpartnerin"),
    "organisation": ("Organisation", "Behörde", "BEHOERDE", "Company", "Firma"),
    "city": ("Stadt", "Ort", "City"),
    "office": ("Funktion", "Position", "Amt"),
    "title": ("Titel", "Title", "akad. Titel"),
    "gender": ("Anrede", "Geschlecht", "Gender"),
}


@pytest.mark.parametrize(
    ("field", "heading"), [(key, each) for key, all_ in HEADINGS.items() for each in all_]
)
def test_german_and_english_headings_are_known(field: str, heading: str) -> None:
    value = {"address": "a@example.org", "gender": "Frau"}.get(field, "Wert")
    other = "" if field == "address" else "E-Mail;"
    people, _ = read(f"{other}{heading}\n{'a@example.org;' if other else ''}{value}\n")
    if heading == "akad. Titel":
        assert people[0].more == {heading: value}
    else:
        assert getattr(people[0], field) == {"Frau": "f"}.get(value, value)


def test_a_name_with_a_comma_stays_as_it_is() -> None:
    people, _ = read('E-Mail,Name\na@example.org,"Müller, Erika"\n')
    assert people[0].full_name == "Müller, Erika"


@pytest.mark.parametrize("first", ["sep=;", "sep=,", '"sep=;"', "SEP=|", "sep=\t"])
def test_excel_s_own_line_names_the_delimiter(first: str) -> None:
    sign = first.strip('"')[-1]
    people, problems = read(f"{first}\r\nE-Mail{sign}Name\r\na@example.org{sign}A\r\nb\r\n")
    assert [each.name for each in people] == ["A"]
    assert problems[0].startswith("l.csv, line 4: 'b' is no e-mail address")


def test_faults_of_rows_name_the_line_on_which_the_row_begins() -> None:
    _, problems = read(
        'E-Mail;Name\n\na@example.org;"x\ny\n"\n  \nkein\nb@example.org;B;zu viel\n;C\n'
        "c@example.org;\x00\nd@\N{CYRILLIC SMALL LETTER A}..de;D\n"
    )
    assert [each.split(":")[0] for each in problems] == [
        f"l.csv, line {n}" for n in (7, 8, 9, 10, 11)
    ]
    assert "3 cells, the headings are 2" in problems[1]
    assert "there is no e-mail address" in problems[2]
    assert "control character" in problems[3]


def test_a_short_row_and_empty_cells_at_the_end_are_fine() -> None:
    people, problems = read("E-Mail;Name;Ort\na@example.org\nb@example.org;B;;;;\n")
    assert [each.name for each in people] == ["", "B"]
    assert problems == []


def test_addresses_are_compared_without_capitals_and_written_for_the_server() -> None:
    entries = list(read_csv("email\nRedaktion@Exämple.ORG\n".encode(), "l.csv"))
    assert isinstance(entries[0], ListEntry)
    assert entries[0].recipient.address == "Redaktion@xn--exmple-cua.org"
    assert entries[0].key == "redaktion@xn--exmple-cua.org"


INJECTIONS = (
    '"a@example.org\nBcc: b@example.org"',
    "a@example.org>",
    "A <a@example.org>",
    "a@example.org b@example.org",
    "a@example.org\x0bBcc:",
    '"""a\r\n""@example.org"',
    "müller@example.org",
    "a@b@example.org",
    "a@localhost",
    "@example.org",
    "a@[127.0.0.1]",
    "x" * 70 + "@example.org",
)


@pytest.mark.parametrize("cell", INJECTIONS)
def test_what_is_no_address_gets_no_mail(cell: str) -> None:
    people, problems = read(f"E-Mail;Name\n{cell};A\n")
    assert people == []
    assert len(problems) == 1
    assert len(problems[0].splitlines()) == 1


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
@settings(deadline=None, max_examples=200)
def test_what_is_read_holds_no_line_ends_and_no_controls(name: str) -> None:
    text = written([["E-Mail", "Name"], ["a@example.org", name]])
    people, problems = read(text)
    assert len(people) + len(problems) == 1
    for person in people:
        assert person.name == " ".join(name.split())
        assert person.name.isprintable() or not any(each < " " for each in person.name)
        assert len(f"a{person.name}b".splitlines()) == 1


def test_long_names_and_emoji_stay_whole() -> None:
    name = "Bürgermeisterin 😀 " + "x" * 300
    assert read(written([["email", "name"], ["a@example.org", name]]))[0][0].name == name


REFUSED = (
    (b"", "is empty"),
    (b"\r\n\r\n;;;\r\n", "is empty"),
    (b"Name;Ort\nA;B\n", "line 1: no column holds the e-mail addresses"),
    (b"\n\nE-Mail;Mail\n", "line 3: two columns mean the same: 'E-Mail', 'Mail'"),
    (b"E-Mail;Fach;Fach\n", "line 1: two columns mean the same"),
    (b'E-Mail;Name\na@example.org;"x\n\n\nb@example.org;B\n', "line 2: the row that begins here"),
    (b'E-Mail;Name\na@example.org;"x"y\n', "line 2: the row that begins here"),
    (b'E-Mail;Name\na@example.org;"' + b"x" * 140_000 + b'"\n', "line 2: the row that begins here"),
    ("E-Mail;Name\na@example.org;Ä\n".encode() + b"b@example.org;\xe4\n", "line 3: the file mixes"),
    (b"\xef\xbb\xbfE-Mail\r\n\r\n\xff", "line 3: the file mixes"),
    (b"E-Mail;Name\ra@example.org;\x81\r", "line 2: the file mixes"),
    ("E-Mail\nä\n".encode("utf-16") + b"\x00", "line 3: the file mixes"),
    (b"PK\x03\x04\x81\x9d", "line 1: the file mixes"),
)


@pytest.mark.parametrize(("content", "said"), REFUSED, ids=range(len(REFUSED)))
def test_a_broken_file_is_refused_with_its_line(content: bytes, said: str) -> None:
    assert said in refusal(content)


@given(st.one_of(st.binary(max_size=200), st.binary().map(lambda tail: b"E-Mail;Name\n" + tail)))
@settings(deadline=None, max_examples=300)
def test_nothing_but_a_recipients_error_leaves_the_reader(content: bytes) -> None:
    try:
        _, problems = read(content)
    except RecipientsError as error:
        problems = [str(error)]
    assert all(len(each.splitlines()) == 1 for each in problems)


# How people are addressed

GENDERS: dict[str, Gender | None] = {
    **dict.fromkeys(("Frau", "FRAU", " frau ", "w", "F", "weiblich", "Ms.", "Mrs", "Fr."), "f"),
    **dict.fromkeys(("Herr", "Herrn", "m", "männlich", "Mr.", "male"), "m"),
    **dict.fromkeys(("divers", "d", "X"), "d"),
    "": "",
    **dict.fromkeys(("Familie", "Herr und Frau", "Frau Dr.", "-", "Sehr geehrte Frau"), None),
}


@pytest.mark.parametrize("cell", GENDERS)
def test_a_gender_is_read_and_never_guessed(cell: str) -> None:
    assert read_gender(cell) == GENDERS[cell]


def test_an_unknown_form_of_address_is_told_and_greeted_neutrally() -> None:
    people, problems = read("E-Mail;Anrede;Name\na@example.org;Familie;Müller\n")
    assert salutation(people[0], "de") == "Guten Tag Müller"
    assert "'Familie' is no known form of address" in problems[0]


LANGUAGES: dict[str, Language | None] = {
    **dict.fromkeys(("de", "Deutsch", "de-AT", "German"), "de"),
    **dict.fromkeys(("EN", "Englisch", "en_GB"), "en"),
    **dict.fromkeys(("", "fr", "Dänisch"), None),
}


@pytest.mark.parametrize("cell", LANGUAGES)
def test_a_language_is_read(cell: str) -> None:
    assert read_language(cell) == LANGUAGES[cell]


def test_a_language_presskit_does_not_write_is_told() -> None:
    people, problems = read("E-Mail;Sprache\na@example.org;fr\n")
    assert people[0].language is None
    assert "does not write 'fr'" in problems[0]


# (gender, title, last name, name) -> German, English
GREETINGS: dict[tuple[Gender, str, str, str], tuple[str, str]] = {
    ("f", "", "Müller", ""): ("Sehr geehrte Frau Müller", "Dear Ms Müller"),
    ("f", "Dr.", "Müller", ""): ("Sehr geehrte Frau Dr. Müller", "Dear Ms Dr. Müller"),
    ("f", "Dr.", "Dr. Müller", ""): ("Sehr geehrte Frau Dr. Müller", "Dear Ms Dr. Müller"),
    ("m", "Prof. Dr.", "Groß", ""): (
        "Sehr geehrter Herr Prof. Dr. Groß",
        "Dear Mr Prof. Dr. Groß",
    ),
    ("m", "", "", "Jörg Groß"): ("Guten Tag Jörg Groß", "Dear Jörg Groß"),
    ("f", "", "", ""): ("Sehr geehrte Damen und Herren", "Dear Sir or Madam"),
    ("d", "Dr.", "Groß", ""): ("Guten Tag Dr. Kim Groß", "Dear Dr. Kim Groß"),
    ("", "", "Groß", ""): ("Guten Tag Kim Groß", "Dear Kim Groß"),
    ("", "Dr.", "", "Dr. Kim Groß"): ("Guten Tag Dr. Kim Groß", "Dear Dr. Kim Groß"),
    ("", "", "", ""): ("Sehr geehrte Damen und Herren", "Dear Sir or Madam"),
    ("m", "Dr.", "", ""): ("Sehr geehrte Damen und Herren", "Dear Sir or Madam"),
}


@pytest.mark.parametrize("person", GREETINGS)
def test_everybody_is_greeted_rightly(person: tuple[Gender, str, str, str]) -> None:
    gender, title, last_name, name = person
    recipient = Recipient(
        address="a@example.org",
        gender=gender,
        title=title,
        first_name="Kim" if last_name else "",
        last_name=last_name,
        name=name,
    )
    assert (salutation(recipient, "de"), salutation(recipient, "en")) == GREETINGS[person]


def test_a_greeting_of_one_s_own_wins() -> None:
    recipient = Recipient(address="a@example.org", gender="f", last_name="M", salutation="Liebe M,")
    assert salutation(recipient, "de") == "Liebe M"
